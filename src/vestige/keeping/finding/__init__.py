"""Finding things of a record by what people type, and showing what hangs together."""

from vestige.keeping.finding._errors import SeveralFitError
from vestige.keeping.finding._listed import (
    Linked,
    Row,
    Step,
    fields_of,
    found_rows,
    history,
    linked_rows,
    named_by,
    row_of,
    rows,
)
from vestige.keeping.finding._lookup import (
    described,
    find_entry,
    find_evidence,
    find_site,
    find_source,
    find_statement,
    find_thing,
    record_folder,
    standing,
    title_of,
)

__all__ = [
    "Linked",
    "Row",
    "SeveralFitError",
    "Step",
    "described",
    "fields_of",
    "find_entry",
    "find_evidence",
    "find_site",
    "find_source",
    "find_statement",
    "find_thing",
    "found_rows",
    "history",
    "linked_rows",
    "named_by",
    "record_folder",
    "row_of",
    "rows",
    "standing",
    "title_of",
]
