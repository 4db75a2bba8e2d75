"""Any kind of entry by its types: entered from a file, corrected field by field, described by a schema."""

from vestige.keeping.typed._correct import Corrected, correct, read_changes
from vestige.keeping.typed._enter import enter_file
from vestige.keeping.typed._policy import first_policy, set_policy
from vestige.keeping.typed._schema import schema_files, schemas

__all__ = [
    "Corrected",
    "correct",
    "enter_file",
    "first_policy",
    "read_changes",
    "schema_files",
    "schemas",
    "set_policy",
]
