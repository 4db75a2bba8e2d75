"""Entries as pages show them inside other pages: references, cards, links. From the public view of a record only.

Everything that is shown is noted in ``touched``, so that publishing again makes just those pages anew that showed something which has changed.
"""

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeGuard

from vestige.entries import (
    Assessment,
    Observation,
    Policy,
    Source,
    Statement,
    fingerprint,
    load_public_key,
    thing_id,
)
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._image_size import Size, size_of
from vestige.publishing.views._names import names_of
from vestige.publishing.views._paths import PAGED, body_path, file_path, page_of
from vestige.publishing.views._pictures import form_of, tells_place
from vestige.publishing.views._ties import MOST_NAMED, Ties
from vestige.record import Entry, RecordReader

_MOST_CARDS = 500
"""A page shows at most so many statements or versions, and says so; the data files and the ledger hold all."""


class CardCollector:
    """Builds the cards of one record. ``touched`` gathers the ids of the things that the view being built has shown."""

    def __init__(self, record: RecordReader, ties: Ties | None = None) -> None:
        self.record = record
        self.index = record.index
        self.policy: Policy = record.policy
        self.touched: set[str] = set()
        self._ties: Ties = ties or {}
        self._signers = _signers(record)
        self._found = functools.lru_cache(maxsize=4096)(self.index.current)
        self._primed: dict[str, Entry] = {}
        self._unnamed: frozenset[str] = frozenset()

    def prime(self, abouts: Sequence[str], entries: Iterable[Entry]) -> None:
        """Look up together what is known of the next things; the entries are the only ones about theirs."""
        self._unnamed = frozenset(abouts) - self.index.named_among(abouts)
        public = (entry for entry in entries if entry.envelope.visibility == "public")
        self._primed = {entry.about: entry for entry in public if entry.stands and entry.body is not None}

    def linked(self, about: str, kind: str) -> list[Entry]:
        """Give the standing entries of a kind that name a thing."""
        return [] if about in self._unnamed else self.index.linked(about, kind)

    def _current(self, about: str) -> Entry | None:
        return self._primed.get(about) or self._found(about)

    def current(self, about: str) -> Entry | None:
        """Give the newest public entry about a thing that stands, and note that it was looked at."""
        self.touched.add(about)
        return self._current(about)

    def ref(self, entry: Entry) -> partials.EntryRef:
        """Refer to an entry."""
        envelope = entry.envelope
        shown = entry.body is not None and envelope.visibility == "public"
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
        )

    def file(self, name: str | None) -> str | None:
        """Give the address of a preserved file, or None when it is not public or tells where it was taken."""
        return file_path(name) if self.is_public(name) and not tells_place(self.record.files.path_of(name)) else None

    def is_public(self, name: str | None) -> TypeGuard[str]:
        """Whether a file is preserved among those that may be public."""
        return name is not None and self.record.files.path_of(name).is_file()

    def link(self, about: str) -> partials.Link | None:
        """Give a thing by its names."""
        entry = self.current(about)
        names = names_of(entry) if entry else ()
        return partials.Link(id=about, names=names, page=page_of(about)) if names else None

    def statement_card(self, about: str) -> partials.StatementCard | None:
        """Give a statement as a list shows it; a rejected one is not shown."""
        entry = self.current(about)
        if entry is None or not isinstance(entry.body, Statement) or entry.body.status == "rejected":
            return None
        return self._statement(entry)

    def source_card(self, about: str) -> partials.SourceCard | None:
        """Give a source as a list shows it."""
        return self._source(about)

    def _source(self, about: str) -> partials.SourceCard | None:
        entry = self.current(about)
        if entry is None or not isinstance(entry.body, Source):
            return None
        return partials.SourceCard(id=about, body=entry.body, entry=self.ref(entry))

    def _news(self, about: str) -> tuple[tuple[partials.RelatedSource, ...], bool]:
        """Give the sources that the text of this one is linked to, the closest first, and whether there are more."""
        ties = self._ties.get(about, ())
        found = ((tie, self._source(tie.source)) for tie in ties[:MOST_NAMED])
        named = (partials.RelatedSource(kind=tie.kind, score=tie.score, card=card) for tie, card in found if card)
        return tuple(named), len(ties) > MOST_NAMED

    def _statement(self, entry: Entry) -> partials.StatementCard:
        body = entry.body
        assert isinstance(body, Statement)  # noqa: S101 - the index gives statements
        self.touched.add(entry.about)
        links = (self.link(site) for site in body.sites)
        return partials.StatementCard(
            id=entry.about,
            body=body,
            entry=self.ref(entry),
            source=self._source(body.source),
            actor=self.link(body.speaker.actor) if body.speaker.actor else None,
            sites=tuple(link for link in links if link),
        )

    def _statements(self, about: str) -> tuple[tuple[partials.StatementCard, ...], int]:
        """Give the statements that name a thing, as many as a page shows, and how many there are in all."""
        linked = self.linked(about, "statement")
        kept = list(standing(linked))
        return tuple(map(self._statement, kept[:_MOST_CARDS])), len(kept)

    def _assessment(self, entry: Entry) -> partials.AssessmentCard:
        body = entry.body
        assert isinstance(body, Assessment)  # noqa: S101 - the index gives assessments
        self.touched.add(entry.about)
        names = dict.fromkeys((*body.evidence, *entry.envelope.cites))
        pieces = (self._evidence(name) for name in names)
        evidence = tuple(piece for piece in pieces if piece and piece.entry.about != body.site)
        return partials.AssessmentCard(id=entry.about, body=body, entry=self.ref(entry), evidence=evidence)

    def _evidence(self, name: str) -> partials.Evidence | None:
        entry = self.index.entry(name)
        if entry is None:
            return None
        self.touched.add(entry.about)
        page = page_of(entry.about) if entry.kind in PAGED and self.current(entry.about) else None
        names = names_of(entry)
        return partials.Evidence(entry=self.ref(entry), label=names[0].text if names else "", page=page)

    def _observation(self, entry: Entry) -> partials.ObservationCard:
        body = entry.body
        assert isinstance(body, Observation)  # noqa: S101 - the index gives observations
        self.touched.add(entry.about)
        files = self._figures(body.figures)
        figures = {address: form_of(file) for address, file in files.items()}
        return partials.ObservationCard(
            id=entry.about,
            body=body,
            entry=self.ref(entry),
            figures=tuple(figures),
            pictures=tuple(path for path, form in figures.items() if form == "picture"),
            drawings=tuple(path for path, form in figures.items() if form == "drawing"),
            sizes=sizes_of(files),
        )

    def _figures(self, names: Iterable[str]) -> dict[str, Path]:
        """Give where the published ones among preserved files lie, by their addresses."""
        return {address: self.record.files.path_of(name) for name in names if (address := self.file(name))}

    def _versions(self, current: Entry | None) -> tuple[tuple[partials.EntryRef, ...], int]:
        """Give the newest public entries about a thing, when there are several, and how many there are in all.

        Its id says at once when the current one is the first.
        """
        if current is None or thing_id(current.kind, current.envelope.body) == current.about:
            return (), 0
        history = [entry for entry in self.index.history(current.about) if entry.envelope.visibility == "public"]
        return (tuple(map(self.ref, history[-_MOST_CARDS:])), len(history)) if len(history) > 1 else ((), 0)


def standing(entries: Iterable[Entry | None]) -> Iterator[Entry]:
    """Give those that are statements and were not rejected: they have pages."""
    return (e for e in entries if e and isinstance(e.body, Statement) and e.body.status != "rejected")


def sizes_of(files: Mapping[str, Path]) -> dict[str, Size]:
    """Give the sizes of the pictures and drawings among files, by address."""
    return {address: size for address, file in files.items() if (size := size_of(file))}


def _signers(record: RecordReader) -> dict[str, str]:
    """Give the name of every key that any policy of the record has listed, by fingerprint."""
    names: dict[str, str] = {}
    for entry in record.index.entries("policy"):
        if isinstance(entry.body, Policy):
            names |= {fingerprint(load_public_key(key.public)): key.name for key in entry.body.keys}
    return names
