"""The rules that a draft must keep to enter a record: what it replaces, cites and is about; who may sign it."""

import base64
import copy
import functools
from collections.abc import Sequence
from typing import Protocol

import msgspec

from vestige.entries import (
    Body,
    Draft,
    Opening,
    Policy,
    Site,
    Statement,
    Withdrawal,
    decode_body,
    exposed_by,
    is_hash,
    kind_of,
    public_site,
    thing_id,
)
from vestige.errors import an
from vestige.ledger import leaf_hash
from vestige.record._admission import require_openable
from vestige.record._errors import KeyFileError, RecordError
from vestige.record._signing import SignedEntry
from vestige.record.index._index import Index
from vestige.record.rules._bodies import judge_body
from vestige.record.rules._history import History, Known, Memory
from vestige.record.rules._judge import judge
from vestige.record.rules._ledger import LedgerRules
from vestige.record.rules._policy import ListedKey, PolicyInForce, keys_of


def expanded(draft: Draft, cell_degrees: float) -> tuple[Draft, Draft | None]:
    """Split a sensitive site into what may be public and, where that hides something, the withheld companion with the exact place.

    So a public body never holds an exact place, and nothing that is published from it can betray one.
    """
    body = draft.body
    if isinstance(body, Statement) and draft.visibility == "public":
        return msgspec.structs.replace(draft, body=_without_places_of_sites(body)), None
    if not isinstance(body, Site) or body.sensitivity == "open" or draft.visibility == "withheld":
        return draft, None
    public = public_site(body, cell_degrees)
    shown = Draft(public, draft.about, draft.replaces, draft.cites)
    return shown, None if public == body else Draft(body, draft.about, None, draft.cites, "withheld")


def _without_places_of_sites(statement: Statement) -> Statement:
    """Leave out the coordinates of places that are sites of the record: the site's own entry says what may be known of them."""
    places = tuple(
        msgspec.structs.replace(place, latitude=None, longitude=None)
        if (place.identifier or "").startswith("site:")
        else place
        for place in statement.places
    )
    return msgspec.structs.replace(statement, places=places) if places != statement.places else statement


def speaks_of_others(draft: Draft) -> bool:
    """Whether a draft speaks of other entries, so that the index must answer for it."""
    refers = draft.about or draft.replaces or draft.cites or exposed_by(draft.body)
    return bool(refers) or isinstance(draft.body, Policy | Withdrawal | Opening)


def check_draft(draft: Draft, index: Index, policy: Policy, signer: str) -> None:
    """Raise RecordError when a draft breaks a rule of the record."""
    kind = kind_of(draft.body)
    for name in (*draft.cites, *([draft.replaces] if draft.replaces else [])):
        if not is_hash(name) or index.kind_of(name) is None:
            raise RecordError(f"expected the hash of an entry of this record, got {name!r}", where=kind)
    if draft.about is not None and not draft.about.startswith(f"{kind}:"):
        raise RecordError(f"expected the id of {an(kind)}, got {draft.about!r}", where=kind)
    if draft.about is not None and not index.knows(draft.about):
        raise RecordError(f"expected the id of {an(kind)} of this record, got {draft.about!r}", where=kind)
    if draft.replaces is not None:
        _check_replacement(draft, kind, index)
    if draft.visibility == "public":
        _check_exposure(draft.body, index)
    if isinstance(draft.body, Policy):
        _check_policy(draft, draft.body, policy, signer)
    if isinstance(draft.body, Withdrawal) and draft.cites != (draft.body.entry,):
        raise RecordError("expected a withdrawal to cite exactly the entry that it withdraws", where=kind)


def _check_replacement(draft: Draft, kind: str, index: Index) -> None:
    replaced = index.entry(draft.replaces or "")
    if replaced is None or replaced.kind != kind or replaced.about != draft.about:
        raise RecordError(f"expected to replace an entry about the same {kind}, got {draft.replaces}", where=kind)
    if replaced.replaced_by is not None:
        raise RecordError(
            f"{draft.replaces} was replaced by {replaced.replaced_by} already", where=kind, hint="replace that one"
        )
    if replaced.withdrawn_by is not None:
        raise RecordError(f"{draft.replaces} was withdrawn and cannot be replaced", where=kind)


def _check_exposure(body: Body, index: Index) -> None:
    """Refuse to make public what betrays where a sensitive site lies."""
    for site in exposed_by(body):
        entry = index.current(site)
        if entry is not None and isinstance(entry.body, Site) and entry.body.sensitivity != "open":
            raise RecordError(
                f"a public {kind_of(body)} of a sensitive site betrays its place",
                where=site,
                hint="enter it as withheld",
            )


def _check_policy(draft: Draft, new: Policy, policy: Policy, signer: str) -> None:
    if draft.visibility != "public":
        raise RecordError("expected a public policy, got a withheld one", where="policy")
    if draft.replaces is None:
        raise RecordError("expected a policy to replace the one in force", where="policy")
    if new.origin != policy.origin:
        raise RecordError(f"expected the origin to stay {policy.origin}, got {new.origin}", where="policy.origin")
    if signer not in signing_keys(new) or signing_keys(new)[signer].role != "keeper":
        raise RecordError(
            "a key cannot end its own keeping", where="policy.keys", hint="sign with another keeper's key"
        )


def signing_keys(policy: Policy) -> dict[str, ListedKey]:
    """Give the keys that may sign entries under a policy, by fingerprint."""
    return {name: key for name, key in keys_of(policy).items() if not key.retired and key.role != "log"}


def require_signer(policy: Policy, signer: str) -> None:
    """Raise KeyFileError unless the policy lets this key sign entries."""
    key = keys_of(policy).get(signer)
    if key is not None and key.role == "log":
        raise KeyFileError(
            f"the key {signer[:16]}… is a log key and may sign no entry", hint="give a person's key: --key FILE"
        )
    if key is None or key.retired:
        raise KeyFileError(
            f"the policy in force does not let the key {signer[:16]}… sign", hint="a keeper can add it: vestige key add"
        )


class Past(Protocol):
    """A record whose index answers for the past."""

    @property
    def index(self) -> Index:
        """What answers queries."""


class _LazyPast:
    """The past of a batch: its own entries, and those of the index, which is asked only about what is not new."""

    def __init__(self, entries: Sequence[SignedEntry], record: Past) -> None:
        self.complete = True
        self._record = record
        self._above = Memory()
        own = (entry.envelope for entry in entries)
        self._new = {envelope.about for envelope in own if envelope.about == thing_id(envelope.kind, envelope.body)}

    @functools.cached_property
    def _below(self) -> History:
        return self._record.index.past(1 << 62)

    def entry(self, name: str) -> Known | None:
        """Give the entry with this hash."""
        return self._above.entry(name) or self._below.entry(name)

    def beginner(self, about: str) -> str | None:
        """Give the person who signed the first entry about a thing; the salt of a new one is new, so nothing is about it yet."""
        return self._above.beginner(about) or (None if about in self._new else self._below.beginner(about))

    def add(self, name: bytes, known: Known) -> None:
        """Take in an entry that counts."""
        self._above.add(name, known)


def require_rights(entries: Sequence[SignedEntry], rules: PolicyInForce, record: Past) -> list[bytes]:
    """Raise RecordError when a signed entry would be void, by the very rules that every reader of the record applies; and give the hashes of the entries.

    The index is asked only where an entry speaks of others, so that a long import need not wait for it.
    """
    past = _LazyPast(entries, record)
    ledger = LedgerRules(past, copy.copy(rules))
    names = [leaf_hash(entry.leaf) for entry in entries]
    for name, entry in zip(names, entries, strict=True):
        void = judge(entry.envelope, ledger.rules, past) or judge_body(entry.envelope, entry.body, ledger.rules)
        if void is not None:
            raise RecordError(void.message, where=entry.envelope.kind)
        ledger.take(0, name, entry.envelope, entry.body)
    return names


def opening_of(name: str, index: Index) -> Draft:
    """Give the draft that opens a withheld entry; raises RecordError when it cannot be opened, or would betray a sensitive place."""
    entry = index.entry(name) if is_hash(name) else None
    if entry is None or entry.void is not None:
        raise RecordError("expected the hash of an entry of this record", where=name)
    if entry.is_public or entry.withdrawn_by is not None:
        raise RecordError(
            f"expected a withheld entry, got one that is {'public' if entry.is_public else 'withdrawn'}", where=name
        )
    salted = index.salted(name)
    if salted is None:
        raise RecordError("expected the body of the entry in the archive, got none", where=name, hint="vestige verify")
    body = decode_body(entry.kind, salted.body)
    if isinstance(body, Site) and body.sensitivity != "open":
        raise RecordError("opening it would betray where a sensitive site lies", where=name)
    require_openable(body, name)
    _check_exposure(body, index)
    return Draft(Opening(entry=name, salt=base64.b64encode(salted.salt).decode()), cites=(name,))


def require_lone_policy(drafts: Sequence[Draft]) -> None:
    """Require that a policy, which changes what the entries after it may do, enters alone."""
    if len(drafts) > 1 and any(isinstance(draft.body, Policy) for draft in drafts):
        raise RecordError("expected a policy alone in its batch, got it together with other drafts", where="policy")
