"""A record on disk: ledger, archive and index. The only room that writes.

`Record.create`, `Record.open`, `Record.append`; `Record.index` answers queries; `verify_record` checks everything.
"""

from vestige.record._entry import Entry, Receipt
from vestige.record._errors import KeyFileError, LockHeldError, RecordError
from vestige.record._index import Index
from vestige.record._keys import load_key, make_key, public_text
from vestige.record._record import Record, rebuild_index
from vestige.record._schema import files_of, fold

__all__ = [
    "Entry",
    "Index",
    "KeyFileError",
    "LockHeldError",
    "Receipt",
    "Record",
    "RecordError",
    "files_of",
    "fold",
    "load_key",
    "make_key",
    "public_text",
    "rebuild_index",
]
