"""Whether every sentence of fact is what its entries say, whole, and every human sentence keeps to what it may say."""

import functools
from collections.abc import Iterator

from vestige.appealing._errors import DraftError
from vestige.appealing.checking._complaint import Complaint, error, warning
from vestige.appealing.checking._names import (
    charged_in,
    countries_in,
    countries_of,
    figures_in,
    folded,
    known_names,
    mixed_in,
    names_in,
    persons_in,
    texts_of,
    unquoted,
)
from vestige.appealing.drafting import DraftFile, DraftParagraph, DraftSignatory
from vestige.appealing.sentences import Facts, words
from vestige.entries import Site
from vestige.errors import an
from vestige.procedures.forms import Form, form_bytes, form_ids
from vestige.record import RecordReader

_MUST_CITE = frozenset({"view"})


def sentences(draft: DraftFile, form: Form, record: RecordReader) -> Iterator[Complaint]:
    """Check every paragraph of a draft."""
    facts = Facts(words(draft.language), record.index)
    people = _People(draft, form, record)
    for where, text in _said_of_itself(draft):
        yield from people.check(DraftParagraph(role="declaration", text=text), where)
    yield from _left_aside(draft, form, facts)
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    for part, number, paragraph in draft.paragraphs():
        where = f"{part.field} paragraph {number}"
        if paragraph.role == "fact":
            yield from _fact(paragraph, facts, where, form, part.field)
            key = (part.field, paragraph.sentence or "", paragraph.cites)
            if key in seen:
                yield error("honesty", where, "says the same as a paragraph before", "take one of the two out")
            seen.add(key)
        else:
            field = form.one(part.field)
            yield from people.check(paragraph, where, figures=field is not None and field.figures)


def _left_aside(draft: DraftFile, form: Form, facts: Facts) -> Iterator[Complaint]:
    """Name every sentence that the record bears for a field and that the draft does not have there."""
    given = {(part.field, one.sentence, frozenset(one.cites)) for part, _, one in draft.paragraphs()}
    for field in form.field:
        for site in draft.sites:
            for sentence in field.holds:
                for made in facts.all_about(site, sentence):
                    if (field.key, sentence, frozenset(made.cites)) not in given:
                        says = f"the record bears a sentence that is left aside here: {made.text[:160]}"
                        yield warning("honesty", field.key, says, "draft again, or leave it to annex B", made.cites[0])


def _said_of_itself(draft: DraftFile) -> Iterator[tuple[str, str]]:
    if draft.title:
        yield "title", draft.title
    for one in draft.signatory:
        yield from ((f"signatory {one.name}", text) for text in (one.capacity, one.on_behalf_of) if text)


def _fact(given: DraftParagraph, facts: Facts, where: str, form: Form, key: str) -> Iterator[Complaint]:
    field = form.one(key)
    if field is not None and field.kind == "facts" and given.sentence not in field.holds:
        yield error("form", where, f"this field holds {', '.join(field.holds)}, not {given.sentence}", "move it")
    if given.keep or given.language:
        yield error("honesty", where, "a fact has no words of one's own", "take keep and language out")
    try:
        made = facts.make(given.sentence or "", given.cites)
    except DraftError as problem:
        yield error("evidence", where, problem.message, problem.hint or "draft it again", problem.where)
        return
    for name in made.cites:
        if name not in given.cites:
            entry = facts.entry(name)
            says = f"leaves out the {entry.kind} that belongs beside it: {_short(facts, name)}"
            yield error("honesty", where, says, "cite it too, or take the whole paragraph out", name)
    if set(given.cites) <= set(made.cites) and given.cites != made.cites and len(given.cites) >= len(made.cites):
        yield error("honesty", where, "its entries stand in another order or twice", "give them as they were drafted")
    if given.text != made.text:
        says = f"is not what its entries say; they say: {made.text}"
        yield error("honesty", where, says, "a fact cannot be edited: restore it, or write a view")


def _short(facts: Facts, name: str) -> str:
    body = facts.entry(name).body
    texts = [text for text in (body.words() if body else ()) if text]
    return "; ".join(texts[:3])[:160]


def _own_names(one: DraftSignatory) -> tuple[str | None, ...]:
    """Give the names that a signatory may use of themselves; for whom they sign is theirs to say only where they are of that State."""
    return (one.name, one.organisation, one.on_behalf_of if one.who in {"state", "mission"} else None)


@functools.cache
def _texts_of_forms() -> str:
    """Give the texts of all form files, folded: the names of procedures and bodies that letters speak of."""
    return folded(" ".join(form_bytes(one).decode() for one in form_ids()))


class _People:
    """What the human sentences of one draft are held against."""

    def __init__(self, draft: DraftFile, form: Form, record: RecordReader) -> None:
        self.draft, self.index = draft, record.index
        self.names = known_names(record.index)
        bodies = [entry.body for entry in map(record.index.current, draft.sites) if entry]
        sites = [body for body in bodies if isinstance(body, Site)]
        self.allowed = {folded(name.text) for body in sites for name in body.names}
        self.allowed |= {name for body in sites for name in countries_of(body.countries)}
        self.allowed |= {folded(text) for one in draft.signatory for text in _own_names(one) if text}
        self.allowed |= {folded(form.addressee), folded(form.office or form.addressee), "unesco", "icomos"}
        for name in list(self.allowed):
            self.allowed |= self.names.get(name, frozenset())

    def check(self, given: DraftParagraph, where: str, *, figures: bool = False) -> Iterator[Complaint]:
        """Check one human paragraph; where the form itself asks for ``figures``, those in it rest on no entry."""
        yield from self._citations(given, where)
        yield from self._charged(given, where)
        cited = texts_of(self.index, given.cites)
        for figure in figures_in(given.text):
            if figure not in cited and given.role != "measure" and not figures:
                says = f"says {figure}, which no entry that it cites holds"
                yield error("evidence", where, says, "cite the entry that holds it, or take it out")
        said = unquoted(given.text)
        for name in (*names_in(said, self.names), *sorted(countries_in(said) - self.names.keys())):
            every = self.names.get(name, frozenset({name}))
            if not any(other in cited for other in every) and not self._allows(name):
                says = f"names {name}, who is in no entry that it cites"
                yield error(
                    "honesty", where, says, "cite the entry that names them; blame stands only in what somebody said"
                )

        yield from self._hidden(given, where, cited)

    def _hidden(self, given: DraftParagraph, where: str, cited: str) -> Iterator[Complaint]:
        """Find what a list of words or names does not: letters of two alphabets in a word, and names that the record does not know."""
        for word in dict.fromkeys(mixed_in(given.text)):
            yield error("honesty", where, f"{word!r} mixes letters of two alphabets", "write it in the letters of one")
        for name in dict.fromkeys(persons_in(given.text)):
            known = folded(name)
            if known not in cited and known not in _texts_of_forms() and not self._allows(known):
                says = f"may name somebody whom no entry that it cites holds: {name}"
                yield warning("honesty", where, says, "cite the entry that names them, or leave the name out")

    def _allows(self, name: str) -> bool:
        return any(name in allowed for allowed in self.allowed)

    def _citations(self, given: DraftParagraph, where: str) -> Iterator[Complaint]:
        if given.sentence:
            yield error("honesty", where, f"{an(given.role)} has no sentence of the machine", "take sentence out")
        if given.role in _MUST_CITE and not given.cites:
            yield error(
                "evidence",
                where,
                f"{an(given.role)} rests on at least one entry, this one cites none",
                'cite the entry: cites = ["HASH"]',
            )
        for name in given.cites:
            entry = self.index.entry(name) if len(name) == 64 and set(name) <= set("0123456789abcdef") else None
            if entry is None:
                yield error(
                    "evidence", where, "cites what is no entry of this record", "give the whole hash of an entry", name
                )
            elif not entry.stands:
                yield error(
                    "evidence", where, "cites an entry that was withdrawn or corrected", "cite what stands", name
                )
            elif entry.body is None and self.draft.visibility == "public":
                yield error(
                    "evidence", where, "cites an entry that is withheld", "a public appeal cannot rest on it", name
                )

    def _charged(self, given: DraftParagraph, where: str) -> Iterator[Complaint]:
        for word in dict.fromkeys(charged_in(given.text, given.language or self.draft.language)):
            says = f"the charged word {word!r} stands outside a quotation: {given.text[:120]}"
            if given.role == "view" and given.keep:
                yield warning(
                    "honesty", where, f"keeps {word!r} with the reason: {given.keep}", "it is printed with its reason"
                )
            else:
                yield error("honesty", where, says, 'say what was seen, or put it into a view with keep = "the reason"')
