"""Whether an entry counts, by its envelope and the policy in force: the rules of ``docs/format.md``, "Void entries", in their order.

Signatures are asked before (`vestige.record.rules._ledger`), bodies after (`vestige.record.rules._bodies`).
"""

from vestige.entries import Envelope, Policy, thing_id, verify_signature
from vestige.errors import an
from vestige.record.rules._history import History, Known
from vestige.record.rules._policy import ListedKey, PolicyInForce, keys_of
from vestige.record.rules._roles import (
    ALWAYS_PUBLIC,
    NEVER_WITHDRAWN,
    may_replace,
    may_sign,
    may_withdraw,
)
from vestige.record.rules._void import MALFORMED, NOT_ALLOWED, UNSIGNED, Void


def judge(envelope: Envelope, rules: PolicyInForce, history: History) -> Void | None:
    """Give the first rule that an entry breaks, or None when it counts."""
    key = rules.key_of(envelope.by)
    void = judge_signer(envelope, key)
    if void is not None or key is None:
        return void
    return (
        _judge_role(envelope, key)
        or _judge_about(envelope, history)
        or _judge_cites(envelope, history)
        or _judge_replacement(envelope, key, history)
        or _judge_ending(envelope, key, rules, history)
    )


def judge_alone(envelope: Envelope, policy: Policy) -> Void | None:
    """Ask what can be asked of an entry apart from its ledger: whether a policy lets its key sign its kind, and whether the signature fits."""
    key = keys_of(policy).get(envelope.by)
    void = judge_signer(envelope, key)
    if void is not None or key is None:
        return void
    if not verify_signature(envelope, key.public, policy.origin):
        return Void(UNSIGNED, "signature", "the signature does not fit the entry")
    return _judge_role(envelope, key)


def judge_signer(envelope: Envelope, key: ListedKey | None) -> Void | None:
    """Ask whether the policy in force lets the key sign anything."""
    if key is None:
        return Void(UNSIGNED, "key", f"signed by a key that the policy does not list: {envelope.by}")
    if key.retired:
        return Void(UNSIGNED, "key", f"signed by a key that was retired before: {envelope.by}")
    return None


def _judge_role(envelope: Envelope, key: ListedKey) -> Void | None:
    if not may_sign(key.role, envelope.kind):
        return Void(NOT_ALLOWED, "role", f"{an(key.role)} key may not sign {an(envelope.kind)}")
    if envelope.kind in ALWAYS_PUBLIC and envelope.visibility != "public":
        return Void(MALFORMED, "visibility", f"{an(envelope.kind)} is always public, and this one is withheld")
    return None


def _judge_about(envelope: Envelope, history: History) -> Void | None:
    if (
        envelope.about == thing_id(envelope.kind, envelope.body)
        or history.beginner(envelope.about) is not None
        or not history.complete
    ):
        return None
    return Void(MALFORMED, "about", f"the id {envelope.about} is neither its own nor that of an earlier entry")


def _judge_cites(envelope: Envelope, history: History) -> Void | None:
    if envelope.kind in {"withdrawal", "opening"} and len(envelope.cites) != 1:
        return Void(MALFORMED, "cites", f"{an(envelope.kind)} cites exactly one entry, this one {len(envelope.cites)}")
    for name in envelope.cites:
        if history.entry(name) is None and history.complete:
            return Void(MALFORMED, "cites", f"cites {name}, which is no earlier entry that counts")
    return None


def _judge_replacement(envelope: Envelope, key: ListedKey, history: History) -> Void | None:
    before = None
    if envelope.replaces is not None:
        before = history.entry(envelope.replaces)
        if before is None and not history.complete:
            return None
        if before is None or before.about != envelope.about:
            return Void(
                MALFORMED, "replaces", f"replaces {envelope.replaces}, which is no earlier entry about the same thing"
            )
        if before.replaced or before.withdrawn:
            how = "replaced" if before.replaced else "withdrawn"
            return Void(MALFORMED, "replaces", f"replaces {envelope.replaces}, which was {how} before")
    person = before.person if before else history.beginner(envelope.about)
    if person is None or may_replace(key.role, envelope.kind, own=person == key.person):
        return None
    return Void(
        NOT_ALLOWED, "person", f"{key.person} ({key.role}) may not follow what {person} entered about {envelope.about}"
    )


def _judge_ending(envelope: Envelope, key: ListedKey, rules: PolicyInForce, history: History) -> Void | None:
    """Ask what a policy, a withdrawal and an opening do to the entry that they replace or cite."""
    if envelope.kind == "policy" and envelope.replaces != rules.entry and history.complete:
        return Void(MALFORMED, "policy", "a policy replaces the one in force, and this one does not")
    target = history.entry(envelope.cites[0]) if envelope.kind in {"withdrawal", "opening"} else None
    if target is None:
        return None
    return _judge_opening(target) if envelope.kind == "opening" else _judge_withdrawal(target, key, history)


def _judge_withdrawal(target: Known, key: ListedKey, history: History) -> Void | None:
    opened = history.entry(target.opens) if target.opens else None
    if target.kind in NEVER_WITHDRAWN or (opened is not None and not opened.withdrawn):
        return Void(NOT_ALLOWED, "withdrawal", f"{an(target.kind)} cannot be withdrawn: the record rests on it")
    if target.withdrawn:
        return Void(MALFORMED, "withdrawal", "withdraws what was withdrawn before")
    if not may_withdraw(key.role, own=target.person == key.person):
        return Void(NOT_ALLOWED, "person", f"{key.person} ({key.role}) may not withdraw what {target.person} entered")
    return None


def _judge_opening(target: Known) -> Void | None:
    if not target.withheld or target.withdrawn or target.opened:
        why = "withdrawn" if target.withdrawn else "opened" if target.opened else "public"
        return Void(MALFORMED, "opening", f"opens what is {why} already")
    return None
