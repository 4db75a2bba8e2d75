"""A call for peace: its wording, who promotes and pays for it, and what it asks of whom."""

import hashlib
from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._canonical import canonical_json
from vestige.entries._values import Hash, LanguageTag, Line, Name, Names, Text, ThingId, Value
from vestige.entries.acts._values import Day, Funding, require_days, require_once
from vestige.entries.kinds import Body

LEAST = 20
"""k: the number of people below which no table of signatures may single anybody out."""


class Wording(Value, frozen=True, kw_only=True):
    """The text of a call in one language: a preserved file. Translations that do not bind say so."""

    language: LanguageTag
    file: Hash
    binding: bool = True


class SealKey(Value, frozen=True, kw_only=True):
    """A public key (X25519, base64) to which openings of signatures are sealed, and whose it is."""

    name: Line
    key: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{43}=\Z")]


class Call(Body, frozen=True, kw_only=True):
    """A call that asks something of somebody and may be joined.

    ``conducted`` *here*: endorsements are entered in this record; *elsewhere*: somebody else's call, recorded from its ``sources``.
    ``modes`` say who may join: ``bodies``, ``named`` persons, ``counted`` mailboxes. ``least`` is k of the k-step rule.
    ``keep_until`` is the day until which what was collected of signers is kept, ``collection_destroyed`` the day on which the keeper says that it was
    destroyed. Its wording is fixed by `wording`: a call whose text changes is another call.
    """

    KIND = "call"
    titles: Names
    promoter: ThingId
    asks: Text
    opens: Day
    closes: Day | None = None
    conducted: Annotated[str, Meta(pattern=r"^(here|elsewhere)\Z")] = "here"
    texts: tuple[Wording, ...] = ()
    addressees: tuple[ThingId, ...] = ()
    sources: tuple[ThingId, ...] = ()
    modes: tuple[Annotated[str, Meta(pattern=r"^(bodies|named|counted)\Z")], ...] = ()
    least: Annotated[int, Meta(ge=10, le=1000)] = LEAST
    keep_until: Day | None = None
    collection_destroyed: Day | None = None
    sealed_to: tuple[SealKey, ...] = ()
    paid_by: tuple[Funding, ...] = ()
    contact: Line | None = None
    note: Text | None = None

    def __post_init__(self) -> None:
        require_days(self.opens, self.closes, "a call")
        require_days(self.opens, self.keep_until, "a time of keeping")
        require_days(self.opens, self.collection_destroyed, "a collection")
        require_once((text.language for text in self.texts), "language of the text")
        require_once(self.modes, "way of joining")
        if self.conducted == "here":
            self._require_own()
        elif not self.sources:
            raise ValueError("expected the sources of a call that others conduct, got none")

    def _require_own(self) -> None:
        if not any(text.binding for text in self.texts):
            raise ValueError("expected at least one text that binds, got none")
        if not self.modes:
            raise ValueError("expected a way of joining among bodies, named, counted, got none")
        if not self.paid_by:
            raise ValueError("expected who pays in 'paid_by' ('not disclosed' is an answer), got nothing")
        if "counted" in self.modes and (self.keep_until is None or not self.sealed_to):
            raise ValueError("expected 'keep_until' and 'sealed_to' for a call that counts mailboxes, got one missing")

    def wording(self) -> str:
        """Give the hash that an endorsement signs: SHA-256 of the canonical list of the binding texts, each its language and file."""
        texts = sorted([text.language, text.file] for text in self.texts if text.binding)
        return hashlib.sha256(canonical_json(texts)).hexdigest()

    def named(self) -> tuple[Name, ...]:
        """Give its titles."""
        return self.titles

    def words(self) -> Iterable[str | None]:
        """Give its titles and what it asks."""
        return (*(name.text for name in self.titles), self.asks, self.note)

    def links(self) -> Iterable[str | None]:
        """Give promoter, addressees, sources and payers."""
        payers = (part for one in self.paid_by for part in (one.actor, one.said_by))
        return (self.promoter, *self.addressees, *self.sources, *payers)

    def held(self) -> Iterable[str | None]:
        """Give its texts."""
        return (text.file for text in self.texts)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
