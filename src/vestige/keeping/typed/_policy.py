"""What a record says of itself, set anew as a policy that replaces the one in force."""

import msgspec

from vestige.entries import Draft, Policy, canonical_json, decode_body
from vestige.errors import InputError
from vestige.keeping.typed._correct import set_fields
from vestige.keeping.typed._fields import names_of, shape_of
from vestige.record import Receipt, Record

_ELSEWHERE = {"keys": "vestige key", "origin": "it never changes"}


def set_policy(record: Record, changes: dict[str, list[str]]) -> tuple[Receipt | None, tuple[str, ...]]:
    """Set fields of the policy, and give the receipt and the fields that differ; without a receipt, none did.

    Raises InputError for a field that a policy does not have, or that is not set so, and what entering raises.
    """
    for path in changes:
        hint = _ELSEWHERE.get(path.partition(".")[0])
        if hint:
            raise InputError("expected another field of the policy", where=f"--{path}", hint=hint)
    before = msgspec.to_builtins(record.policy)
    body = decode_body("policy", canonical_json(set_fields(shape_of(Policy), dict(before), changes)))
    now = msgspec.to_builtins(body)
    changed = tuple(name for name in names_of(shape_of(Policy)) if now.get(name) != before.get(name))
    if not changed:
        return None, ()
    current = record.policy_entry
    (receipt,) = record.append(Draft(body, about=current.about, replaces=current.hash))
    return receipt, changed
