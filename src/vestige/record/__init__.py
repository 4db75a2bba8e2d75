"""A record on disk: ledger, archive and index. The only room that writes.

`Record.create`, `Record.open`, `Record.append`; `Record.index` answers queries; `verify_record` checks everything.
"""

from vestige.entries import files_of
from vestige.record._entry import Entry, Receipt
from vestige.record._errors import KeyFileError, LockHeldError, RecordError
from vestige.record._keys import load_key, make_key, protect_key, prove_possession, proven_public, public_text
from vestige.record._reader import RecordReader
from vestige.record._record import Record, rebuild_index
from vestige.record.index._index import Index
from vestige.record.index._words import fold
from vestige.record.rules._policy import log_verifiers
from vestige.record.rules._void import Void
from vestige.record.verify._bodies import BodySource
from vestige.record.verify._entries import EntriesCheck
from vestige.record.verify._foreign import is_left_by_systems
from vestige.record.verify._record import verify_record
from vestige.record.verify._report import Discrepancy, Report, Signer
from vestige.record.verify._since import NotACheckpointError, TwoHistoriesError, verify_since

__all__ = [
    "BodySource",
    "Discrepancy",
    "EntriesCheck",
    "Entry",
    "Index",
    "KeyFileError",
    "LockHeldError",
    "NotACheckpointError",
    "Receipt",
    "Record",
    "RecordError",
    "RecordReader",
    "Report",
    "Signer",
    "TwoHistoriesError",
    "Void",
    "files_of",
    "fold",
    "is_left_by_systems",
    "load_key",
    "log_verifiers",
    "make_key",
    "protect_key",
    "prove_possession",
    "proven_public",
    "public_text",
    "rebuild_index",
    "verify_record",
    "verify_since",
]
