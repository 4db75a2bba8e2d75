"""A record on disk: ledger, archive and index. The only room that writes.

`Record.create`, `Record.open`, `Record.append`; `Record.index` answers queries; `verify_record` checks everything.
"""

from vestige.record._entry import Entry, Receipt
from vestige.record._errors import KeyFileError, LockHeldError, RecordError
from vestige.record._index import Index
from vestige.record._keys import load_key, make_key, public_text
from vestige.record._reader import RecordReader
from vestige.record._record import Record, rebuild_index
from vestige.record._report import Discrepancy, Report
from vestige.record._schema import files_of, fold
from vestige.record._verify import verify_record, verify_since
from vestige.record._verify_entries import BodySource, EntriesCheck

__all__ = [
    "BodySource",
    "Discrepancy",
    "EntriesCheck",
    "Entry",
    "Index",
    "KeyFileError",
    "LockHeldError",
    "Receipt",
    "Record",
    "RecordError",
    "RecordReader",
    "Report",
    "files_of",
    "fold",
    "load_key",
    "make_key",
    "public_text",
    "rebuild_index",
    "verify_record",
    "verify_since",
]
