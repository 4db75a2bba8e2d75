"""What the overview of the ledger shows: its keys and its withdrawals."""

from typing import Any

from vestige.entries import Policy, fingerprint, load_public_key
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector
from vestige.record import Index


def listed_keys(index: Index) -> list[dict[str, Any]]:
    """Give every key that a policy has listed, as its newest policy lists it."""
    keys: dict[str, dict[str, Any]] = {}
    for entry in index.entries("policy"):
        if isinstance(entry.body, Policy):
            for key in entry.body.keys:
                name = fingerprint(load_public_key(key.public))
                keys[name] = {
                    "handle": key.handle,
                    "person": key.holder,
                    "role": key.role,
                    "fingerprint": name,
                    "public": key.public,
                    "retired": key.retired,
                }
    return list(keys.values())


def withdrawals(collector: Collector) -> list[partials.EntryLine]:
    """Give the entries that were withdrawn, each with the reason."""
    lines = []
    for entry in collector.index.entries("withdrawal"):
        ended = collector.index.entry(entry.envelope.cites[0])
        if ended:
            lines.append(partials.EntryLine(entry=collector.ref(ended), reason=getattr(entry.body, "reason", None)))
    return lines
