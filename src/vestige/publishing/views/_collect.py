"""From a record to what pages show of it: entries, names, addresses. From the public view only, so no withheld body can reach a page.

A view is built with a note of every thing that it showed; publishing again makes just those pages anew that showed something which has
changed since. How a kind is shown is the kind's own affair (`publishing.kinds`, `publishing.acts`): a collector is given the kinds.
"""

import functools
from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeGuard

import msgspec

from vestige.entries import Policy, Source, fingerprint, load_public_key, thing_id
from vestige.positions import ENDINGS, OVER_BUDGET
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._image_size import Size
from vestige.publishing.views._names import names_of
from vestige.publishing.views._paths import body_path, file_path, page_of
from vestige.publishing.views._pictures import NoCopy, SmallCopy
from vestige.publishing.views._preserved import film_copy, form_of, is_sheet, size_of, small_copy, verdict
from vestige.publishing.views._ties import Ties
from vestige.publishing.views._views import PageView
from vestige.record import Entry, RecordReader

MOST_CARDS = 500
"""A page shows at most so many statements, acts or versions, and says so; the data files and the ledger hold all."""


class Shown(Protocol):
    """What a collector asks of a kind of entry."""

    @property
    def paged(self) -> bool:
        """Whether its things have pages of their own."""

    @property
    def named_beside(self) -> bool:
        """Whether the page of whatever it names shows its card by itself."""

    def stands(self, entry: Entry) -> bool:
        """Tell whether an entry of it has a page or a place on one."""

    def place(self, entry: Entry) -> tuple[str, str] | None:
        """Give, of a kind without pages, the thing on whose page an entry stands, and that page."""

    def card(self, collector: "Collector", entry: Entry) -> partials.Card | None:
        """Give an entry as other pages show it."""


class Collector:
    """What is known of one record.

    ``touched`` gathers the ids of the things that the view being built has shown, ``costly`` the files that were skipped since they take
    longer to be looked into than their size allows.
    """

    def __init__(self, record: RecordReader, kinds: Mapping[str, Shown], ties: Ties | None = None) -> None:
        self.record = record
        self.index = record.index
        self.policy: Policy = record.policy
        self.kinds = kinds
        self.ties: Ties = ties or {}
        self.touched: set[str] = set()
        self.costly: set[str] = set()
        held = self.index.counts()
        self._naming = [name for name, kind in kinds.items() if kind.named_beside and name in held]
        self._signers = _signers(record)
        self._found = functools.lru_cache(maxsize=4096)(self.index.current)
        self._primed: dict[str, Entry] = {}
        self._unnamed: frozenset[str] = frozenset()

    def prime(self, abouts: Sequence[str], entries: Iterable[Entry]) -> None:
        """Look up together what is known of the next things; the entries are the only ones about theirs."""
        self._unnamed = frozenset(abouts) - self.index.named_among(abouts)
        public = (entry for entry in entries if entry.is_public)
        self._primed = {entry.about: entry for entry in public if entry.stands and entry.body is not None}

    def linked(self, about: str, kind: str) -> list[Entry]:
        """Give the standing entries of a kind that name a thing."""
        return [] if about in self._unnamed else self.index.linked(about, kind)

    def newest(self, about: str) -> Entry | None:
        """Give the newest public entry about a thing that stands, without noting that it was looked at."""
        return self._primed.get(about) or self._found(about)

    def current(self, about: str) -> Entry | None:
        """Give the newest public entry about a thing that stands, and note that it was looked at."""
        self.touched.add(about)
        return self.newest(about)

    def ref(self, entry: Entry) -> partials.EntryRef:
        """Refer to an entry."""
        envelope = entry.envelope
        shown = entry.body_json is not None and entry.is_public
        body = entry.body
        return partials.EntryRef(
            index=entry.index,
            hash=entry.hash,
            kind=envelope.kind,
            about=envelope.about,
            made=envelope.made,
            by=envelope.by,
            signer=self._signers.get(envelope.by, ""),
            commitment=envelope.body,
            visibility=envelope.visibility,
            body=body_path(envelope.body) if shown else None,
            file=self.file(body.file) if shown and isinstance(body, Source) else None,
            cites=envelope.cites,
            replaces=envelope.replaces,
            replaced_by=entry.replaced_by,
            withdrawn_by=entry.withdrawn_by,
            opened=entry.opened,
            person=entry.person,
            void=f"{entry.void.finding}: {entry.void.message}" if entry.void else None,
        )

    def page(self, current: Entry | None) -> str | None:
        """Give the page of the thing that an entry is the newest about, from the folder of a language; None when it has none."""
        kind = self.kinds.get(current.kind) if current else None
        return page_of(current.about) if current and kind and kind.paged and kind.stands(current) else None

    def place(self, entry: Entry) -> str | None:
        """Give the page on which an entry is shown: that of its own thing, or that of the thing on whose page its kind stands."""
        kind = self.kinds.get(entry.kind)
        if kind is None:
            return None
        if kind.paged:
            return self.page(self.current(entry.about))
        place = kind.place(entry)
        return place[1] if place and self.current(place[0]) else None

    def link(self, about: str) -> partials.Link | None:
        """Give a thing by its names."""
        entry = self.current(about)
        names = names_of(entry) if entry else ()
        return partials.Link(id=about, names=names, page=self.page(entry)) if names else None

    def naming(self, about: str) -> tuple[partials.Naming, ...]:
        """Give the cards of what names a thing, a group a kind that shows itself so."""
        groups = []
        for name in self._naming:
            entries = [entry for entry in self.linked(about, name) if entry.about != about]
            found = (self.kinds[name].card(self, entry) for entry in entries[:MOST_CARDS])
            if cards := tuple(card for card in found if card):
                groups.append(partials.Naming(kind=name, cards=cards, cards_in_all=len(entries)))
        return tuple(groups)

    def file(self, name: str | None) -> str | None:
        """Give the address of a preserved file, or None when it is not public or tells where it was taken."""
        if not self.is_public(name):
            return None
        if self._is_sheet(name):
            return file_path(name)
        found = verdict(self.record.files, name)
        if found.why == OVER_BUDGET:
            self.costly.add(name)
        return None if found.tells else file_path(name)

    def _is_sheet(self, name: str) -> bool:
        """Whether a tally rests on a file and it is what a sheet is: anything else of its form may be made to tell something."""
        return is_sheet(self.record.files, name) and any(entry.kind == "tally" for entry in self.index.file_users(name))

    def is_public(self, name: str | None) -> TypeGuard[str]:
        """Whether a file is preserved among those that may be public."""
        return name is not None and self.record.files.exists(name)

    def files(self, names: Iterable[str]) -> dict[str, str]:
        """Give the published ones among preserved files, by the addresses at which they are published."""
        return {address: name for name in names if (address := self.file(name))}

    def forms(self, files: Mapping[str, str]) -> dict[str, str]:
        """Say by address which of files are pictures and which are drawings."""
        return {address: form_of(self.record.files, name) for address, name in files.items()}

    def sizes(self, files: Mapping[str, str]) -> dict[str, Size]:
        """Give the sizes of the pictures and drawings among files, by address."""
        return {address: size for address, name in files.items() if (size := size_of(self.record.files, name))}

    def small_copy(self, name: str | None) -> SmallCopy | NoCopy | None:
        """Give the small copy of a preserved picture, or why there is none; None for a file that is not public or no picture."""
        return small_copy(self.record.files, name) if self.is_public(name) else None

    def film_copy(self, name: str | None) -> tuple[str, bytes] | None:
        """Give a copy of a preserved film that tells no place, with the ending of its name, where the film itself may tell one; else None."""
        if not self.is_public(name) or not (found := verdict(self.record.files, name)).tells:
            return None
        copy = film_copy(self.record.files, name) if found.form in ENDINGS else None
        return None if copy is None else (ENDINGS[found.form], copy)

    def versions(self, current: Entry | None) -> tuple[tuple[partials.EntryRef, ...], int]:
        """Give the newest public entries about a thing, when there are several, and how many there are in all.

        Its id says at once when the current one is the first.
        """
        if current is None or thing_id(current.kind, current.envelope.body) == current.about:
            return (), 0
        history = [entry for entry in self.index.history(current.about) if entry.is_public]
        return (tuple(map(self.ref, history[-MOST_CARDS:])), len(history)) if len(history) > 1 else ((), 0)


def encode_twin(view: PageView | partials.View) -> bytes:
    """Give the JSON twin of a page: readable, in UTF-8, with nothing that the page does not rest on."""
    return msgspec.json.encode(view) + b"\n"


def _signers(record: RecordReader) -> dict[str, str]:
    """Give the name of every key that any policy of the record has listed, by fingerprint."""
    names: dict[str, str] = {}
    for entry in record.index.entries("policy"):
        if isinstance(entry.body, Policy):
            names |= {fingerprint(load_public_key(key.public)): key.handle for key in entry.body.keys}
    return names
