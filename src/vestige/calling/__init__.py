"""Crowds that join a call: sheets of salted commitments, tables by the k-step rule, audits, and a stranger's recount. No I/O.

This room knows entries and numbers; it opens no record, no mailbox and no network. Who reads files hands their bytes in.
"""

from vestige.calling._bounds import at_most, positions_file, projected, sample_positions, sample_seed
from vestige.calling._findings import Audited, Finding, Step
from vestige.calling._leaf import (
    Opening,
    Signature,
    SignatureReceipt,
    committed,
    leaf_of,
    read_signature_receipt,
    seal,
    sealed,
    unsealed,
)
from vestige.calling._mailbox_names import one_mailbox, tag_of
from vestige.calling._recount import Recount, recount
from vestige.calling._recount_audit import bounds_of
from vestige.calling._sheets import (
    LEAF,
    Sheet,
    SheetError,
    as_sheet,
    doubled_across,
    ends_of,
    prefixes,
    read_sheet,
    standing_at,
)
from vestige.calling._steps import Table, breaches, next_table

__all__ = [
    "LEAF",
    "Audited",
    "Finding",
    "Opening",
    "Recount",
    "Sheet",
    "SheetError",
    "Signature",
    "SignatureReceipt",
    "Step",
    "Table",
    "as_sheet",
    "at_most",
    "bounds_of",
    "breaches",
    "committed",
    "doubled_across",
    "ends_of",
    "leaf_of",
    "next_table",
    "one_mailbox",
    "positions_file",
    "prefixes",
    "projected",
    "read_sheet",
    "read_signature_receipt",
    "recount",
    "sample_positions",
    "sample_seed",
    "seal",
    "sealed",
    "standing_at",
    "tag_of",
    "unsealed",
]
