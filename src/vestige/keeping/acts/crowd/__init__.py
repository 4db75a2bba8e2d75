"""A call's crowd as its keeper takes it in: mails from a mailbox, sheets and tables from what they said, endings. No server and no form."""

from vestige.keeping.acts.crowd._collect import Collected, collect, collection_of, counted_call
from vestige.keeping.acts.crowd._collector import Collector
from vestige.keeping.acts.crowd._destroy import (
    Destruction,
    Overdue,
    destroy_collection,
    overdue_collections,
    plan_destruction,
)
from vestige.keeping.acts.crowd._domain_keys import domain_keys
from vestige.keeping.acts.crowd._end import end_signatures
from vestige.keeping.acts.crowd._tally import Told, tally

__all__ = [
    "Collected",
    "Collector",
    "Destruction",
    "Overdue",
    "Told",
    "collect",
    "collection_of",
    "counted_call",
    "destroy_collection",
    "domain_keys",
    "end_signatures",
    "overdue_collections",
    "plan_destruction",
    "tally",
]
