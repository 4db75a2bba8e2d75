"""Finding things of a record by what people type."""

from vestige.keeping.finding._lookup import (
    find_entry,
    find_evidence,
    find_site,
    find_source,
    find_statement,
    record_folder,
    title_of,
)

__all__ = ["find_entry", "find_evidence", "find_site", "find_source", "find_statement", "record_folder", "title_of"]
