"""From a record to views: what each page rests on, and which things it looked at.

A collector reads the public view of a record only, so no withheld body can reach a page. Each view is built with a note of every thing that it
showed; publishing again makes just those pages anew that showed something which has changed since.
"""

from collections.abc import Iterable

import msgspec

from vestige.entries import (
    Actor,
    Site,
    Source,
    Statement,
    Study,
    StudyFile,
    derive_findings,
    public_location,
    public_site,
)
from vestige.publishing._errors import ExposedPlaceError
from vestige.publishing.views import _partials as partials
from vestige.publishing.views import _views as views
from vestige.publishing.views._cards import sizes_of
from vestige.publishing.views._passage import context_of, text_of, whole_text
from vestige.publishing.views._paths import picture_path
from vestige.publishing.views._pictures import SmallCopy, small_copy
from vestige.publishing.views._relations import RelationCollector
from vestige.record import Entry


class Collector(RelationCollector):
    """Builds the views of the pages of one record."""

    def site(self, about: str) -> views.SiteView | None:
        """Build the page of a site."""
        entry = self.current(about)
        if entry is None or not isinstance(entry.body, Site):
            return None
        assessments = tuple(map(self._assessment, self.linked(about, "assessment")))
        statements, statements_in_all = self._statements(about)
        observations = tuple(map(self._observation, self.linked(about, "observation")))
        versions, versions_in_all = self._versions(entry)
        self._require_unexposed(entry)
        ref = self.ref(entry)
        cards: tuple[partials.AssessmentCard | partials.StatementCard | partials.ObservationCard, ...] = (
            *assessments,
            *statements,
            *observations,
        )
        sources = {card.source.id: card.source for card in statements if card.source}
        for card in assessments:
            for piece in card.evidence:
                if (
                    piece.entry.kind == "source"
                    and piece.entry.about not in sources
                    and (found := self._source(piece.entry.about))
                ):
                    sources[found.id] = found
        return views.SiteView(
            id=about,
            body=public_site(entry.body, self.policy.sensitive_cell_degrees),
            entry=ref,
            entries=(ref, *(card.entry for card in cards), *(source.entry for source in sources.values())),
            findings=tuple(
                derive_findings(
                    [(card.entry.hash, card.body) for card in assessments], required=self.policy.required_assessors
                )
            ),
            assessments=assessments,
            statements=statements,
            statements_in_all=statements_in_all,
            relations={card.id: stands for card in statements if (stands := self._relations(card.id, card.body))},
            observations=observations,
            sources=tuple(sources.values()),
            versions=versions,
            versions_in_all=versions_in_all,
        )

    def summary(self, view: views.SiteView) -> partials.Summary:
        """Put a site in a line. The location goes through the one function that makes public coordinates."""
        newest = view.findings[-1] if view.findings else None
        conditions = tuple(sorted(newest.conditions)) if newest else ()
        body = view.body
        return partials.Summary(
            id=view.id,
            index=view.entry.index,
            entry=view.entry.hash,
            names=body.names,
            location=public_location(body, self.policy.sensitive_cell_degrees),
            countries=body.countries,
            type=body.type,
            sensitivity=body.sensitivity,
            finding=newest.state if newest else "none",
            condition=conditions[0] if len(conditions) == 1 else None,
            conditions=conditions,
            window=newest.window if newest else None,
            assessments=len(view.assessments),
            statements=len(view.statements),
            observations=len(view.observations),
            designations=body.designations,
            identifiers=tuple((identifier.scheme, identifier.value) for identifier in body.identifiers),
            register=body.register,
            made=view.entry.made,
        )

    def statement(self, about: str) -> views.StatementView | None:
        """Build the page of a statement; a rejected one has none."""
        entry = self.current(about)
        if entry is None or not isinstance(entry.body, Statement) or entry.body.status == "rejected":
            return None
        card = self._statement(entry)
        related, more = self._related(about, entry.body)
        news, more_news = self._news(entry.body.source)
        versions, versions_in_all = self._versions(entry)
        refs = [
            card.entry,
            *([card.source.entry] if card.source else []),
            *(other.card.entry for other in related),
            *(other.card.entry for other in news),
        ]
        text = text_of(self.record.files, entry.body.file) if self.file(entry.body.file) else None
        return views.StatementView(
            id=about,
            card=card,
            entries=tuple(refs),
            passage=context_of(text, entry.body) if text else (),
            reported_via=entry.body.reported_via,
            related=related,
            more_related=more,
            news=news,
            more_news=more_news,
            versions=versions,
            versions_in_all=versions_in_all,
        )

    def source(self, about: str) -> views.SourceView | None:
        """Build the page of a source, with its preserved text where it is text."""
        card = self._source(about)
        if card is None:
            return None
        statements, statements_in_all = self._statements(about)
        news, more_news = self._news(about)
        versions, versions_in_all = self._versions(self._current(about))
        passage, cut = whole_text(
            self.record.files, card.body, [(item.id, item.body) for item in statements], self.file
        )
        copy = self.picture(card.body.file)
        return views.SourceView(
            id=about,
            card=card,
            entries=(card.entry, *(item.entry for item in statements), *(item.card.entry for item in news)),
            passage=passage,
            cut=cut,
            statements=statements,
            statements_in_all=statements_in_all,
            copies=self._copies(about, card.body),
            news=news,
            more_news=more_news,
            located=self.is_public(card.body.file) and not card.entry.file,
            picture=picture_path(about) if copy else None,
            picture_size=copy.size if copy else None,
            versions=versions,
            versions_in_all=versions_in_all,
        )

    def picture(self, name: str | None) -> SmallCopy | None:
        """Give the small copy of a preserved picture; None for a file that is not public or no picture."""
        return small_copy(self.record.files.path_of(name)) if self.is_public(name) else None

    def actor(self, about: str) -> views.ActorView | None:
        """Build the page of an actor."""
        entry = self.current(about)
        if entry is None or not isinstance(entry.body, Actor):
            return None
        ref = self.ref(entry)
        statements, statements_in_all = self._statements(about)
        refs = (ref, *(card.entry for card in statements))
        return views.ActorView(
            id=about,
            body=entry.body,
            entry=ref,
            entries=refs,
            statements=statements,
            statements_in_all=statements_in_all,
        )

    def study(self, about: str) -> views.StudyView | None:
        """Build the page of a study."""
        entry = self.current(about)
        if entry is None or not isinstance(entry.body, Study):
            return None
        ref = self.ref(entry)
        return views.StudyView(
            id=about,
            body=entry.body,
            entry=ref,
            entries=(ref,),
            files=self._study_files(entry.body.files),
            inputs=self._study_files(entry.body.inputs),
            sizes=sizes_of(
                self._figures(file.file for file in entry.body.files if file.media_type.startswith("image/"))
            ),
        )

    def _study_files(self, files: Iterable[StudyFile]) -> tuple[tuple[str, str | None, str | None, str], ...]:
        return tuple((file.name, self.file(file.file), file.description, file.media_type) for file in files)

    def _require_unexposed(self, entry: Entry) -> None:
        """Raise ExposedPlaceError when an earlier public entry holds the exact place of a site that is sensitive now."""
        body = entry.body
        if not isinstance(body, Site) or body.sensitivity == "open":
            return
        for other in self.index.history(entry.about):
            if other.envelope.visibility == "public" and isinstance(other.body, Site):
                safe = public_site(
                    msgspec.structs.replace(other.body, sensitivity=body.sensitivity),
                    self.policy.sensitive_cell_degrees,
                )
                if (safe.location, safe.address) != (other.body.location, other.body.address):
                    raise ExposedPlaceError(
                        f"a site that is sensitive now was entered with its exact place as entry {other.index}",
                        where=entry.about,
                        hint=f"withdraw that entry first: vestige withdraw {other.hash} --why '…'",
                    )

    def _copies(self, about: str, body: Source) -> tuple[partials.SourceCard, ...]:
        if body.file is None:
            return ()
        users = {entry.about for entry in self.index.file_users(body.file) if entry.kind == "source"} - {about}
        return tuple(card for card in map(self._source, sorted(users)) if card)


def encode_twin(view: msgspec.Struct) -> bytes:
    """Give the JSON twin of a page: readable, in UTF-8, with nothing that the page does not rest on."""
    return msgspec.json.encode(view) + b"\n"
