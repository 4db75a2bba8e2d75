"""The rules over a whole ledger: entry by entry in order, each judged by what stands before it."""

import base64
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vestige.entries import (
    Body,
    Envelope,
    InvalidEnvelopeError,
    Opening,
    Policy,
    parse_envelope,
    verify_signature,
)
from vestige.record.rules._bodies import judge_body, judge_first, read_body
from vestige.record.rules._history import History, Known
from vestige.record.rules._judge import judge, judge_signer
from vestige.record.rules._policy import ListedKey, PolicyInForce
from vestige.record.rules._roles import ALWAYS_PUBLIC
from vestige.record.rules._void import MALFORMED, UNSIGNED, Void

_WORKERS = max(1, min(8, os.cpu_count() or 1))
_LEAST = 16
_Asked = tuple[Envelope, Ed25519PublicKey, str]
_pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="verify")


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """A leaf of the ledger at its place; ``envelope`` is None when the bytes are none, and ``fault`` says why."""

    index: int
    name: bytes
    envelope: Envelope | None
    fault: str = ""


def read_leaf(index: int, name: bytes, data: bytes) -> Leaf:
    """Read a leaf."""
    try:
        return Leaf(index, name, parse_envelope(data))
    except InvalidEnvelopeError as error:
        return Leaf(index, name, None, error.message)


class WritableHistory(History, Protocol):
    """A history that entries are added to."""

    def add(self, name: bytes, known: Known) -> None:
        """Take in an entry that counts."""


class Verdict(msgspec.Struct, frozen=True, gc=False):
    """What the rules say of an entry: why it is void, if it is, and its body where that was given and could be read."""

    void: Void | None
    body: Body | None = None


class LedgerRules:
    """Judges the entries of a ledger in order. ``rules`` is the policy in force; ``history`` what was judged before."""

    def __init__(self, history: WritableHistory, rules: PolicyInForce | None = None) -> None:
        self.history = history
        self.rules = rules or PolicyInForce()

    def judge(
        self,
        leaf: Leaf,
        body: bytes | None,
        *,
        signed: bool,
        salt_of: Callable[[str], bytes | None] = lambda _name: None,
    ) -> Verdict:
        """Judge the next entry and take it in. ``body`` is None where the reader has none; ``salt_of`` gives the salt of an earlier body, for openings."""
        envelope = leaf.envelope
        if envelope is None:
            return Verdict(Void(MALFORMED, "envelope", leaf.fault))
        parsed, void = None, self._judge_envelope(leaf, envelope, signed=signed)
        if leaf.index == 0 and void is None:
            parsed, void = self._first(envelope, body)
        elif void is None and body is not None:
            parsed, void = read_body(envelope.kind, body)
            void = void or judge_body(envelope, parsed, self.rules) or _judge_salt(parsed, salt_of)
        if void is None or (void.of_body and envelope.kind not in ALWAYS_PUBLIC):
            self.take(leaf.index, leaf.name, envelope, parsed)
        return Verdict(void, parsed)

    def _judge_envelope(self, leaf: Leaf, envelope: Envelope, *, signed: bool) -> Void | None:
        if self.history.entry(leaf.name.hex()) is not None:
            return Void(MALFORMED, "doubled", "the same leaf as that of an earlier entry")
        if leaf.index == 0:
            return None if signed else Void(UNSIGNED, "first", "the first entry is not a policy whose signature fits")
        if self.rules.policy is None:
            return Void(UNSIGNED, "first", "without its first policy no entry of this record counts")
        void = judge_signer(envelope, self.rules.key_of(envelope.by))
        if void is None and not signed:
            void = Void(UNSIGNED, "signature", "the signature does not fit")
        return void or judge(envelope, self.rules, self.history)

    def _first(self, envelope: Envelope, body: bytes | None) -> tuple[Body | None, Void | None]:
        parsed, void = read_body(envelope.kind, body) if body is not None else (None, None)
        return parsed, void or judge_first(envelope, parsed)

    def take(self, index: int, name: bytes, envelope: Envelope, body: Body | None) -> None:
        """Take in an entry that counts, with what it does to earlier ones and to the policy in force."""
        if envelope.replaces is not None and (before := self.history.entry(envelope.replaces)):
            before.replaced = True
        target = self.history.entry(envelope.cites[0]) if envelope.kind in {"withdrawal", "opening"} else None
        if target is not None:
            target.withdrawn = target.withdrawn or envelope.kind == "withdrawal"
            target.opened = target.opened or envelope.kind == "opening"
        if isinstance(body, Policy):
            self.rules.take(body, name.hex())
        key = self.rules.key_of(envelope.by)
        person = key.person if key else ""
        opens = envelope.cites[0] if envelope.kind == "opening" else None
        withheld = envelope.visibility == "withheld"
        self.history.add(name, Known(index, envelope.about, person, withheld, opens=opens))


def _judge_salt(body: Body | None, salt_of: Callable[[str], bytes | None]) -> Void | None:
    if not isinstance(body, Opening):
        return None
    salt = salt_of(body.entry)
    if salt is None or base64.b64encode(salt).decode() == body.salt:
        return None
    return Void(MALFORMED, "opening", f"the salt is not that of the body of {body.entry}")


def signed_leaves(
    leaves: Sequence[Leaf],
    rules: LedgerRules,
    body_of: Callable[[Leaf], bytes | None],
    vouched: Callable[[int], bool] = lambda _index: False,
) -> Iterator[list[tuple[Leaf, bool]]]:
    """Give leaves in runs that each end at a policy, each with whether its signature fits a key known by then.

    A run must be judged before the next is asked for, since a policy brings keys. Signatures of a run are checked side by side, but for
    those that ``vouched`` answers for.
    """
    run: list[Leaf] = []
    for leaf in leaves:
        run.append(leaf)
        if leaf.envelope is not None and leaf.envelope.kind == "policy":
            yield _signed(run, rules, body_of, vouched)
            run = []
    if run:
        yield _signed(run, rules, body_of, vouched)


def _signed(
    run: list[Leaf],
    rules: LedgerRules,
    body_of: Callable[[Leaf], bytes | None],
    vouched: Callable[[int], bool],
) -> list[tuple[Leaf, bool]]:
    keys: Callable[[str], ListedKey | None] = rules.rules.key_of
    origin = rules.rules.origin
    if run[0].index == 0 and (first := _first_policy(run[0], body_of)) is not None:
        keys, origin = PolicyInForce(first).key_of, first.origin
    if vouched(run[0].index) and vouched(run[-1].index):
        return [(leaf, True) for leaf in run]
    asked: list[_Asked | None] = [
        (leaf.envelope, key.public, origin) if leaf.envelope and (key := keys(leaf.envelope.by)) else None
        for leaf in run
    ]
    if len(asked) < _LEAST:
        return list(zip(run, map(_fits, asked), strict=True))
    width = -(-len(asked) // _WORKERS)
    parts = [asked[start : start + width] for start in range(0, len(asked), width)]
    answers = [answer for part in _pool.map(_fit, parts) for answer in part]
    return list(zip(run, answers, strict=True))


def _first_policy(leaf: Leaf, body_of: Callable[[Leaf], bytes | None]) -> Policy | None:
    """Read the first policy, which lists the key that must have signed it."""
    body = body_of(leaf) if leaf.envelope is not None and leaf.envelope.kind == "policy" else None
    policy = read_body("policy", body)[0] if body is not None else None
    return policy if isinstance(policy, Policy) else None


def _fit(asked: Sequence[_Asked | None]) -> list[bool]:
    return list(map(_fits, asked))


def _fits(asked: _Asked | None) -> bool:
    return asked is not None and verify_signature(*asked)
