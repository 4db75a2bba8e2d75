"""Whether an entry counts, by its body: for whoever has the body."""

import json

from vestige.entries import (
    KINDS,
    Body,
    Envelope,
    InvalidBodyError,
    Opening,
    Policy,
    Statement,
    Withdrawal,
    canonical_json,
    decode_body,
    is_written,
    thing_id,
)
from vestige.errors import NOT_JSON
from vestige.record.rules._policy import PolicyInForce
from vestige.record.rules._void import MALFORMED, NOT_ALLOWED, UNSIGNED, Void

MOST_NESTED = 100
"""Lists and objects within each other, the body itself among them."""


def read_body(kind: str, data: bytes) -> tuple[Body | None, Void | None]:
    """Read the body of an entry; None and no rule broken when this version does not know the kind."""
    if kind not in KINDS:
        return None, None if _is_canonical(data) else _not_canonical()
    try:
        body = decode_body(kind, data)
    except InvalidBodyError as error:
        return None, _not_canonical() if not _is_canonical(data) else Void(MALFORMED, "fields", str(error))
    return (body, None) if is_written(body, data) or _is_canonical(data) else (None, _not_canonical())


def _not_canonical() -> Void:
    return Void(MALFORMED, "body", "the body is not one object in canonical JSON (RFC 8785)")


def _is_canonical(data: bytes) -> bool:
    try:
        value = json.loads(data)
        return isinstance(value, dict) and canonical_json(value) == data and _is_shallow(value)
    except (*NOT_JSON, ValueError, InvalidBodyError):
        return False


def _is_shallow(value: object) -> bool:
    """Whether no list or object lies deeper than every reader follows; what nests deeper ends one reader's stack and not another's."""
    layer = [value]
    for _ in range(MOST_NESTED):
        layer = [
            held
            for one in layer
            for held in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(held, dict | list)
        ]
        if not layer:
            return True
    return False


def judge_body(envelope: Envelope, body: Body | None, rules: PolicyInForce) -> Void | None:
    """Give the rule that an entry breaks by its body, or None when it counts. A policy, a withdrawal or an opening needs its body."""
    key = rules.key_of(envelope.by)
    if isinstance(body, Statement) and body.status != "candidate" and key is not None and key.role == "contributor":
        return Void(
            NOT_ALLOWED, "status", f"a contributor key may sign candidate statements only, not {body.status} ones"
        )
    if isinstance(body, Withdrawal | Opening) and envelope.cites != (body.entry,):
        return Void(MALFORMED, body.KIND, f"the body names {body.entry}, which is not what the envelope cites")
    if isinstance(body, Policy) and rules.policy is not None and (why := rules.refuses(body)):
        return Void(NOT_ALLOWED, "policy", why)
    return None


def judge_first(envelope: Envelope, body: Body | None) -> Void | None:
    """Ask whether the first entry is a public policy by a keeper that it lists itself."""
    rules = PolicyInForce(body) if isinstance(body, Policy) else None
    key = rules.key_of(envelope.by) if rules else None
    form = (envelope.visibility, envelope.replaces, envelope.cites, envelope.about)
    if (
        form == ("public", None, (), thing_id(envelope.kind, envelope.body))
        and key is not None
        and key.role == "keeper"
        and not key.retired
    ):
        return None
    return Void(UNSIGNED, "first", "the first entry is not a public policy signed by a keeper that it lists")
