"""Crowds that join a call: sheets of salted commitments, tables by the k-step rule, audits, and a stranger's recount. No I/O.

This room knows entries and numbers; it opens no record, no mailbox and no network. Who reads files hands their bytes in.
"""

from vestige.calling._bounds import at_most, projected, sample_positions, sample_seed
from vestige.calling._leaf import Signature, leaf_of, sealed, unsealed
from vestige.calling._mailbox_names import one_mailbox, tag_of
from vestige.calling._recount import Audited, Finding, Recount, Step, bounds_of, recount
from vestige.calling._sheets import SheetError, as_sheet, doubled_across, ends_of, prefixes, read_sheet
from vestige.calling._steps import Table, breaches, next_table

__all__ = [
    "Audited",
    "Finding",
    "Recount",
    "SheetError",
    "Signature",
    "Step",
    "Table",
    "as_sheet",
    "at_most",
    "bounds_of",
    "breaches",
    "doubled_across",
    "ends_of",
    "leaf_of",
    "next_table",
    "one_mailbox",
    "prefixes",
    "projected",
    "read_sheet",
    "recount",
    "sample_positions",
    "sample_seed",
    "sealed",
    "tag_of",
    "unsealed",
]
