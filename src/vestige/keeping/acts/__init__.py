"""What a keeper does with acts: enter them from a file, count calls again, plan visits, table dialogues, count readers."""

from vestige.keeping.acts._calls import CallCount, count_call
from vestige.keeping.acts._dialogues import PartiesTable, Progress, parties_table, progress_of, undertaking_state
from vestige.keeping.acts._enter import EnteredAct, enter_act
from vestige.keeping.acts._readers import count_readers, find_mentions, month_of

__all__ = [
    "CallCount",
    "EnteredAct",
    "PartiesTable",
    "Progress",
    "count_call",
    "count_readers",
    "enter_act",
    "find_mentions",
    "month_of",
    "parties_table",
    "progress_of",
    "undertaking_state",
]
