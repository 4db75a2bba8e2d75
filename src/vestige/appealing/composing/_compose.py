"""From a draft and a record to everything that the documents show.

Sentences of fact are made again from the entries; the draft's own text of them is not looked at. Whoever composes has checked first.
"""

from collections.abc import Iterable, Sequence

import msgspec

from vestige.appealing._composed import (
    Addressee,
    Composed,
    Origin,
    Paragraph,
    Section,
    Signatory,
    Withheld,
    direction_of,
)
from vestige.appealing.composing import _annexes as annexes
from vestige.appealing.composing._citations import Citations
from vestige.appealing.composing._cut import measured, parted
from vestige.appealing.drafting import DraftFile, DraftParagraph, DraftPart, DraftPhotograph
from vestige.appealing.sentences import Facts, Words, words
from vestige.entries import Site, Source, Statement, public_location
from vestige.procedures import Deadline
from vestige.procedures.following import counted
from vestige.procedures.forms import Field, Form
from vestige.publishing.words import language
from vestige.record import RecordReader


def compose(
    draft: DraftFile,
    form: Form,
    record: RecordReader,
    *,
    withheld: tuple[Withheld, ...] = (),
    signed: Iterable[str] = (),
) -> Composed:
    """Compose a draft of a form over a record as it stands.

    ``withheld`` is what the keeper knows to be withheld about the sites; ``signed`` names the signatories whose signatures hold.
    Raises DraftError where an entry cannot be cited.
    """
    return _Composer(draft, form, record, withheld, frozenset(signed)).composed()


class _Composer:
    """One composition: the parts that everything is worded with."""

    def __init__(
        self, draft: DraftFile, form: Form, record: RecordReader, withheld: tuple[Withheld, ...], signed: frozenset[str]
    ) -> None:
        self.draft, self.form, self.record, self.withheld, self.signed = draft, form, record, withheld, signed
        self.words: Words = words(draft.language)
        self.facts = Facts(self.words, record.index)
        self.language = language(self.words.language)
        self.citations = Citations(self.words, record)
        self.numbered = 0

    def composed(self) -> Composed:
        """Give the whole."""
        sections, annex, overflow = self._sections()
        body_cites = _cites(section for section in (*sections, *annex, *overflow))
        held = list(annexes.held_about(self.record, self.draft.sites))
        origin = self._origin()
        all_annexes = (
            *annex,
            annexes.evidence(self.words, self.citations, body_cites),
            annexes.everything(self.words, self.citations, held, body_cites, len(self.withheld)),
            annexes.checking(self.words, origin),
            *overflow,
        )
        entries = tuple(dict.fromkeys((*body_cites, *(entry.hash for entry in held))))
        draft, form, prints = self.draft, self.form, self.words.print
        formal = draft.letter in {"formal-letter", "note-verbale"}
        return Composed(
            form_id=form.id,
            form_name=form.title,
            form_status=form.status,
            status_note=prints[form.status],
            letter=draft.letter or form.letter,
            addressee=self._addressee(),
            title=title_of(draft, form, self.record),
            language=self.words.language,
            direction=direction_of(draft.language),
            date=draft.date.isoformat(),
            date_text=self.language.day(draft.date),
            sender="; ".join(_printed(one.name, one.organisation) for one in draft.signatory),
            signatories=tuple(map(self._signatory, range(len(draft.signatory)))),
            sections=sections,
            annexes=all_annexes,
            record=origin,
            footer=prints["footer"].format(record=origin.origin, addressee=form.addressee),
            salutation=None if draft.letter == "form" else prints["salutation" if formal else "salutation-plain"],
            closing=None if draft.letter == "form" else prints["closing"],
            notes=(prints["clause"],) if claimed_by_several(self.record, draft.sites) else (),
            draft=len(self.signed) < max(1, len(draft.signatory)),
            draft_note=prints["draft"],
            sample=draft.sample,
            sample_note=prints["sample"] if draft.sample else None,
            authentic=not draft.courtesy,
            public=draft.visibility == "public",
            deadlines=tuple(self._deadlines()),
            citations=tuple(map(self.citations.citation, entries)),
            entries=entries,
            files=tuple(self.citations.files(body_cites)),
            withheld=self.withheld,
        )

    def _sections(self) -> tuple[tuple[Section, ...], ...]:
        """Give the sections of the letter, the annex that its form puts after the signature, and the annexes of what overflowed."""
        given = {part.field: part for part in self.draft.part}
        sections: list[Section] = []
        overflow: list[Section] = []
        for one in self.form.field:
            if _left_open(one, given.get(one.key)):
                continue
            section = self._section(one, given.get(one.key))
            sections.append(section)
            if section.continues:
                rest = parted(self._paragraphs(one, given.get(one.key)), *_limit(one))[1]
                letter = chr(ord("D") + len(overflow))
                heading = self.words.annex["overflow"].format(letter=letter, heading=section.heading)
                overflow.append(Section(id=section.continues, heading=heading, paragraphs=rest))
                note = self.words.annex["continued"].format(letter=letter)
                sections[-1] = msgspec.structs.replace(section, note=note)
        if self.draft.succeeds and "update" in given:
            sections.insert(0, self._section(UPDATE, given["update"]))
        sections += self._photographs()
        sections += self._enclosures()
        numbered = tuple(map(self._with_numbers, sections))
        apart = {one.key for one in self.form.field if one.annex}
        annex = [one for one in numbered if one.id in apart and one.paragraphs]
        before = tuple(one for one in numbered if one.id not in apart)
        return before, (self._annex(annex),) if annex else (), tuple(overflow)

    def _annex(self, sections: Sequence[Section]) -> Section:
        """Join the sections of the annex to a letter under a heading that names the letter, with the language of the original, as such letters have it."""
        first, prints = self.draft.signatory[0] if self.draft.signatory else None, self.words.print
        heading = prints["annex"].format(
            date=self.language.day(self.draft.date),
            sender=_printed(first.capacity, first.name) if first else "",
            addressee=self.form.addressee,
        )
        original = self._note(prints["original"].format(language=self.language.tongue(self.draft.language)))
        paragraphs = [one for section in sections for one in (self._note(section.heading), *section.paragraphs)]
        return Section(id="annex", heading=heading, paragraphs=(original, *paragraphs))

    def _photographs(self) -> Iterable[Section]:
        """Give the list of photographs, numbered as the files that go with the documents."""
        rule = self.form.photographs
        if rule and self.draft.photograph:
            notes = [self._of_photograph(number, one) for number, one in enumerate(self.draft.photograph, 1)]
            yield Section(id="photographs", heading=rule.label, paragraphs=tuple(notes))

    def _enclosures(self) -> Iterable[Section]:
        """Give what goes with the form, a section a kind, under what the form calls it."""
        for rule in self.form.enclosed:
            entries = [self.record.index.current(one.source) for one in self.draft.enclosure if one.kind == rule.kind]
            notes = [
                Paragraph(kind="note", runs=(self.words.run(entry.body.title, entry.hash),))
                for entry in entries
                if entry is not None and isinstance(entry.body, Source)
            ]
            if notes:
                yield Section(id=f"enclosure-{rule.kind}", heading=rule.label, paragraphs=tuple(notes))

    def _of_photograph(self, number: int, one: DraftPhotograph) -> Paragraph:
        entry = self.record.index.current(one.source)
        text = f"{number}. {one.caption} ({one.credit})"
        return Paragraph(kind="note", runs=(self.words.run(text, *([entry.hash] if entry else [])),))

    def _section(self, one: Field, part: DraftPart | None) -> Section:
        paragraphs = self._paragraphs(one, part)
        heading = one.label or self.words.heading[one.heading or one.key]
        most, unit = _limit(one)
        limit = measured(paragraphs, most, unit) if most else None
        if not limit or limit.length <= most or not one.overflow:
            return Section(id=one.key, heading=heading, paragraphs=paragraphs, field_limit=limit)
        here, _ = parted(paragraphs, most, unit)
        return Section(
            id=one.key,
            heading=heading,
            paragraphs=here,
            field_limit=measured(here, most, unit),
            continues=f"annex-{one.key}",
        )

    def _with_numbers(self, section: Section) -> Section:
        found = []
        for one in section.paragraphs:
            self.numbered += one.kind not in {"note", "table"}
            found.append(one if one.kind in {"note", "table"} else msgspec.structs.replace(one, number=self.numbered))
        return msgspec.structs.replace(section, paragraphs=tuple(found))

    def _paragraphs(self, one: Field, part: DraftPart | None) -> tuple[Paragraph, ...]:
        if one.kind == "facts" or one is UPDATE:
            given = tuple(map(self._paragraph, part.paragraph)) if part else ()
            return given or (self._note(self.words.print["empty"]),)
        if one.kind in {"choice", "consent"}:
            return (self._note(self._answer(one, part)),)
        if one.kind == "text":
            return tuple(map(self._paragraph, part.paragraph)) if part else ()
        return tuple(self._from_head(one))

    def _answer(self, one: Field, part: DraftPart | None) -> str:
        answer = (part and part.answer) or ""
        return self.words.print.get(answer, answer) if one.kind == "consent" else answer

    def _from_head(self, one: Field) -> Iterable[Paragraph]:
        if one.kind == "signatory":
            yield from (self._note(_printed(s.name, s.capacity, s.organisation)) for s in self.draft.signatory)
        for site in self.draft.sites if one.kind != "signatory" else ():
            entry = self.record.index.current(site)
            if entry is not None and isinstance(entry.body, Site) and (text := self._of_site(one, entry.body)):
                yield Paragraph(kind="note", runs=(self.words.run(text, entry.hash),))

    def _of_site(self, one: Field, site: Site) -> str:
        """Give a site's names in the reader's order, its countries, or its exact coordinates where they may be public."""
        if one.kind == "names":
            return ", ".join(dict.fromkeys(name.text for name in (self.language.name(site.names), *site.names)))
        if one.kind == "country":
            return self.language.countries(site.countries)
        place = public_location(site, self.record.policy.sensitive_cell_degrees)
        return f"{place.latitude:.5f}, {place.longitude:.5f}" if place and place.cell_degrees is None else ""

    def _paragraph(self, given: DraftParagraph) -> Paragraph:
        if given.role == "fact":
            made = self.facts.make(given.sentence or "", given.cites)
            return Paragraph(kind="fact", runs=made.runs)
        text = self.words.print["view"].format(text=given.text) if given.role == "view" else given.text
        kept = f" [{given.keep}]" if given.keep else ""
        tag = given.language or self.words.language
        run = msgspec.structs.replace(
            self.words.run(text + kept, *given.cites), language=tag, direction=direction_of(tag)
        )
        return Paragraph(kind=given.role, runs=(run,))

    def _note(self, text: str) -> Paragraph:
        return Paragraph(kind="note", runs=(self.words.run(text),))

    def _addressee(self) -> Addressee:
        channel = next((one for one in self.form.channel if one.means == self.draft.means), None)
        channel = channel or next(iter(self.form.channel), None)
        lines = _address(channel.to, self.form) if channel and channel.means == "post" else ()
        return Addressee(
            name=self.form.addressee,
            office=self.form.office,
            lines=lines,
            means=channel.means if channel else None,
            to=channel.to if channel else None,
        )

    def _signatory(self, at: int) -> Signatory:
        one = self.draft.signatory[at]
        return Signatory(
            name=one.name,
            capacity=one.capacity,
            organisation=one.organisation,
            on_behalf_of=one.on_behalf_of,
            actor=one.actor,
            signed=self.draft.date.isoformat() if one.name in self.signed else None,
        )

    def _deadlines(self) -> Iterable[Deadline]:
        for clock in self.form.clock:
            source = self.form.sources[clock.source]
            rule = f"{clock.says}; {counted(clock)}"
            yield Deadline(
                day=None, what=clock.what, rule=rule, source=f"{source.title}, {source.address}", mark=clock.mark
            )

    def _origin(self) -> Origin:
        policy = self.record.policy
        return Origin(
            name=policy.name,
            origin=policy.origin,
            vkey=str(self.record.verifiers[0]),
            size=self.draft.size,
            root=self.draft.root,
        )


UPDATE = Field(key="update", kind="text", mark="own", heading="update", required=True)
"""The part that a follow-up has before the form's own: what the record holds since."""


def title_of(draft: DraftFile, form: Form, record: RecordReader) -> str:
    """Give the title of an appeal: the draft's, or the form's with the names of the places; forms have theirs in English, and other languages their own."""
    if draft.title:
        return draft.title
    said = words(draft.language)
    wanted = language(said.language)
    names = []
    for site in draft.sites:
        entry = record.index.current(site)
        names.append(wanted.name(entry.body.names).text if entry and isinstance(entry.body, Site) else site)
    shown = said.mark["comma"].join(names[:3]) + (f" (+{len(names) - 3})" if len(names) > 3 else "")
    called = form.title if said.language == "en" else said.print["appeal"].format(addressee=form.addressee)
    return said.print["title"].format(form=called, places=shown)


def claimed_by_several(record: RecordReader, sites: Sequence[str]) -> bool:
    """Whether a place lies in more than one country by the record, or parties disagree about it: then the treaties' clause is printed."""
    for site in sites:
        entry = record.index.current(site)
        if entry and isinstance(entry.body, Site) and len(entry.body.countries) > 1:
            return True
        for said in record.index.of_site(site, "statement"):
            if isinstance(said.body, Statement) and said.body.disagrees_with:
                return True
    return False


def _address(to: str, form: Form) -> tuple[str, ...]:
    """Give the lines of a postal address below the addressee and the office, which are printed above it and not once more."""
    office = form.office or ""
    above = {form.addressee, office, f"{office} of {form.addressee}", *office.split(", "), *form.addressee.split(", ")}
    return tuple(line for line in to.split(", ") if line not in above)


def _left_open(one: Field, part: DraftPart | None) -> bool:
    """Whether it is a part of an outline of ours that nobody has to write, and nobody wrote."""
    return one.mark == "own" and one.kind == "text" and not one.required and not (part and part.paragraph)


def _limit(one: Field) -> tuple[int, str]:
    return (one.words, "words") if one.words else (one.characters, "characters")


def _cites(sections: Iterable[Section]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for section in sections for one in section.paragraphs for name in one.cites))


def _printed(*parts: str | None) -> str:
    return ", ".join(filter(None, parts))
