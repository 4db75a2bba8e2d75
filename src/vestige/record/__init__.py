"""A record on disk: ledger, archive and index. The only room that writes.

`Record.create`, `Record.open`, `Record.append`; `Record.index` answers queries; `verify_record` checks everything.
"""

from vestige.entries import files_of
from vestige.record._cosigning import COSIGNED, add_cosignatures, is_cosigned
from vestige.record._entry import Entry, Receipt
from vestige.record._errors import KeyFileError, LockHeldError, RecordError
from vestige.record._exposure import Exposure, exposures, told_of
from vestige.record._keys import load_key, make_key, protect_key, prove_possession, proven_public, public_text
from vestige.record._lock import writer_lock
from vestige.record._published import note_published
from vestige.record._reader import RecordReader
from vestige.record._record import Record, rebuild_index
from vestige.record._refill import Restored, refill
from vestige.record._still import still
from vestige.record.index._index import Index
from vestige.record.index._words import fold
from vestige.record.receipts._check import ReceiptReport, check_receipt
from vestige.record.receipts._proved import LARGEST as LARGEST_RECEIPT
from vestige.record.receipts._proved import Proved, is_receipt, prove_entry, read_receipt, write_receipt
from vestige.record.rules._judge import judge_alone
from vestige.record.rules._policy import log_verifiers
from vestige.record.rules._void import Void
from vestige.record.verify._bodies import BodySource
from vestige.record.verify._cosigned import cosigned_of, seen_by
from vestige.record.verify._entries import EntriesCheck
from vestige.record.verify._foreign import is_left_by_systems
from vestige.record.verify._known import Known, forget, recall, recall_all, remember
from vestige.record.verify._line_ends import ONLY_LINE_ENDS, with_line_feeds
from vestige.record.verify._record import verify_record
from vestige.record.verify._report import Discrepancy, Report, Signer
from vestige.record.verify._since import NotACheckpointError, OtherKeyError, TwoHistoriesError, verify_since

__all__ = [
    "COSIGNED",
    "LARGEST_RECEIPT",
    "ONLY_LINE_ENDS",
    "BodySource",
    "Discrepancy",
    "EntriesCheck",
    "Entry",
    "Exposure",
    "Index",
    "KeyFileError",
    "Known",
    "LockHeldError",
    "NotACheckpointError",
    "OtherKeyError",
    "Proved",
    "Receipt",
    "ReceiptReport",
    "Record",
    "RecordError",
    "RecordReader",
    "Report",
    "Restored",
    "Signer",
    "TwoHistoriesError",
    "Void",
    "add_cosignatures",
    "check_receipt",
    "cosigned_of",
    "exposures",
    "files_of",
    "fold",
    "forget",
    "is_cosigned",
    "is_left_by_systems",
    "is_receipt",
    "judge_alone",
    "load_key",
    "log_verifiers",
    "make_key",
    "note_published",
    "protect_key",
    "prove_entry",
    "prove_possession",
    "proven_public",
    "public_text",
    "read_receipt",
    "rebuild_index",
    "recall",
    "recall_all",
    "refill",
    "remember",
    "seen_by",
    "still",
    "told_of",
    "verify_record",
    "verify_since",
    "with_line_feeds",
    "write_receipt",
    "writer_lock",
]
