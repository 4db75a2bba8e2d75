"""What a keeper does with acts: enter them from a file, count calls again, plan visits, table dialogues, count readers."""

from vestige.keeping.acts._call_receipts import Looked
from vestige.keeping.acts._calls import CallCount, Counts, count_call
from vestige.keeping.acts._dialogues import PartiesTable, parties_table, undertaking_state
from vestige.keeping.acts._drafts import calendar_of, draft_invitation
from vestige.keeping.acts._enter import EnteredAct, enter_act
from vestige.keeping.acts._readers import count_readers, find_mentions, month_of
from vestige.keeping.acts._replies import Answered, answer_invitation

__all__ = [
    "Answered",
    "CallCount",
    "Counts",
    "EnteredAct",
    "Looked",
    "PartiesTable",
    "answer_invitation",
    "calendar_of",
    "count_call",
    "count_readers",
    "draft_invitation",
    "enter_act",
    "find_mentions",
    "month_of",
    "parties_table",
    "undertaking_state",
]
