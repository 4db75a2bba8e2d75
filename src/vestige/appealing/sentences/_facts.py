"""Facts: a sentence for each kind of thing that the record can hold, filled from the entries that it cites and from nothing else."""

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar, get_args

from vestige.appealing._composed import Composing, Run, direction_of
from vestige.appealing._errors import DraftError
from vestige.appealing.sentences._words import Runs, Words, fill, joined, plain
from vestige.entries import (
    Assessment,
    Designation,
    Finding,
    Name,
    Observation,
    Site,
    Source,
    Speaker,
    Statement,
    Withdrawal,
)
from vestige.procedures._closure import completed, entries_of
from vestige.publishing.words import Language, language
from vestige.record import Entry, Index

T = TypeVar("T", Site, Assessment, Observation, Withdrawal)
Sentence = Literal["site", "designation", "finding", "observation", "statement", "withdrawn", "replaced"]


class Made(Composing, frozen=True, kw_only=True):
    """A paragraph of fact: the sentence that made it, the hashes of the entries it was made from, and the text."""

    sentence: Sentence
    cites: tuple[str, ...]
    runs: Runs

    @property
    def text(self) -> str:
        """What it says as plain text."""
        return plain(self.runs)


class Facts:
    """Makes sentences in one language from the entries of one record."""

    def __init__(self, words: Words, index: Index) -> None:
        self.words, self.index = words, index
        self.language: Language = language(words.language)
        self._made: dict[tuple[str, tuple[str, ...]], Made] = {}
        self._makers: dict[str, Callable[[list[Entry]], Made]] = {
            "site": self._site,
            "designation": self._designation,
            "finding": self._finding,
            "observation": self._observation,
            "statement": self._statement,
            "withdrawn": self._withdrawn,
            "replaced": self._replaced,
        }

    def make(self, sentence: str, cites: Iterable[str]) -> Made:
        """Give the sentence that these entries bear, complete with what they bring along.

        Raises DraftError where an entry is missing, withdrawn, replaced or withheld here, or of another kind.
        """
        if sentence not in get_args(Sentence):
            raise DraftError(f"expected a sentence among {', '.join(get_args(Sentence))}, got {sentence!r}")
        names = tuple(cites)
        if not names:
            raise DraftError("expected the entries that a sentence of fact is made from, got none")
        if (sentence, names) not in self._made:
            self._made[sentence, names] = self._makers[sentence]([self.entry(name) for name in names])
        return self._made[sentence, names]

    def entry(self, name: str) -> Entry:
        """Give an entry that can be cited here; raises DraftError with the reason where it cannot."""
        entry = self.index.entry(name) if len(name) == 64 and set(name) <= set("0123456789abcdef") else None
        if entry is None:
            raise DraftError("expected an entry of this record, got none of that hash", where=name)
        if entry.withdrawn_by:
            raise DraftError(f"was withdrawn, by {entry.withdrawn_by}", where=name, hint="take the paragraph out")
        if entry.replaced_by:
            raise DraftError("was corrected", where=name, hint=f"cite the entry that corrects it: {entry.replaced_by}")
        if entry.body is None:
            raise DraftError("is withheld from the public", where=name, hint="an appeal that is public cannot cite it")
        return entry

    def all_about(self, site: str, sentence: str) -> Iterator[Made]:
        """Give every sentence of one sort that the record bears on a site."""
        if sentence in {"site", "designation"}:
            entry = self.index.current(site)
            if entry and isinstance(entry.body, Site) and (sentence == "site" or entry.body.designated):
                yield self.make(sentence, [entry.hash])
        elif sentence == "finding":
            yield from (self.make("finding", entries_of(found)) for found in self.index.findings(site))
        else:
            yield from self._each(site, sentence)

    def _each(self, site: str, kind: str) -> Iterator[Made]:
        done: set[str] = set()
        for entry in self.index.of_site(site, kind):
            if entry.hash in done or not citable(entry):
                continue
            made = self.make(kind, [entry.hash])
            done.update(made.cites)
            yield made

    def _site(self, entries: list[Entry]) -> Made:
        entry, body = self._only(entries, Site)
        other = [self._named(name) for name in body.names if name != self._name(body)]
        details = []
        if body.type:
            details.append(self._fact("type", value=self._named(self.language.type_of_site(body.type))))
        if body.countries:
            names = joined(self.words, map(self.language.country, body.countries))
            details.append(self._fact("country" if len(body.countries) == 1 else "countries", value=names))
        if other:
            details.append(self._fact("names", value=joined(self.words, other)))
        template = "site" if details else "bare"
        filling = {"name": self._named(self._name(body)), "details": joined(self.words, details, "semicolon")}
        return Made(
            sentence="site",
            cites=(entry.hash,),
            runs=fill(self.words, self.words.fact[template], filling, entry.hash),
        )

    def _designation(self, entries: list[Entry]) -> Made:
        entry, body = self._only(entries, Site)
        lines = [self._designated(body, one) for one in body.designated]
        if not lines:
            raise DraftError("holds no designation", where=entry.hash)
        runs = [run for i, line in enumerate(lines) for run in ((self.words.run(" "), *line) if i else line)]
        return Made(
            sentence="designation",
            cites=(entry.hash,),
            runs=fill(self.words, "{all}", {"all": tuple(runs)}, entry.hash),
        )

    def _designated(self, body: Site, one: Designation) -> Runs:
        details: list[Run] = []
        for key, value in (("number", one.id), ("since", one.since), ("until", one.until), ("part-of", one.part_of)):
            if value:
                details += self._fact(key, value=self.language.date(value) if key in {"since", "until"} else value)
        return self._fact(one.scheme, name=self._named(self._name(body)), details=tuple(details))

    def _finding(self, entries: list[Entry]) -> Made:
        entry, body = self._only(entries[:1], Assessment)
        bearing = [f for f in self.index.findings(body.site) if entry.hash in entries_of(f)]
        if not bearing:
            raise DraftError("bears no finding: another judgement of the same assessor counts", where=entry.hash)
        named = {other.hash for other in entries}
        found = next((f for f in bearing if named.issubset(entries_of(f))), bearing[-1])
        cites = entries_of(found)
        others = [other for other in entries if other.hash not in cites]
        if others:
            raise DraftError("is not of the same finding", where=others[0].hash)
        runs = [*self._judged(found, body)]
        for name in cites:
            runs += self._causes(self.entry(name))
        return Made(sentence="finding", cites=cites, runs=tuple(runs))

    def _judged(self, found: Finding, body: Assessment) -> Runs:
        groups = [
            (self.language.term(term, "condition"), self._assessors(names)) for term, names in found.conditions.items()
        ]
        filling: dict[str, Runs | str] = {
            "name": self._site_name(body.site),
            "when": self.language.window(found.window),
        }
        if found.state == "contested":
            judged = [self._fact("judged", condition=term, assessors=who) for term, who in groups]
            return self._fact("contested", judged=joined(self.words, judged, "semicolon"), **filling)
        term, who = groups[0]
        template = "agreed" if found.state == "agreed" or (len(who) > 1 and found.assessors > 1) else "single"
        return self._fact(template, condition=term, assessors=who, **filling)

    def _assessors(self, names: Iterable[str]) -> Runs:
        return joined(self.words, map(self._assessor, names))

    def _assessor(self, name: str) -> Runs:
        body = self.entry(name).body
        assert isinstance(body, Assessment)  # noqa: S101 - a finding holds nothing else
        who = ", ".join(filter(None, (body.assessor.name, body.assessor.organisation)))
        return fill(self.words, "{who}", {"who": (self._in(None, who),)}, name)

    def _causes(self, entry: Entry) -> Runs:
        body = entry.body
        assert isinstance(body, Assessment)  # noqa: S101 - as above
        causes = [self._cause(one.cause_type, one.cause_certainty) for one in body.disturbances]
        if not causes:
            return ()
        cause = joined(self.words, causes, "semicolon")
        return self._fact("cause", assessors=self._assessor(entry.hash), cause=cause)

    def _cause(self, cause: str, certainty: str | None) -> Runs:
        term = self.language.term(cause, "cause_type")
        sure = self.language.term(certainty, "certainty")
        return self._fact("certainty", value=term, certainty=sure) if sure else (self.words.run(term),)

    def _observation(self, entries: list[Entry]) -> Made:
        entry, body = self._only(entries, Observation)
        filling: dict[str, Runs | str] = {
            "name": self._site_name(body.site),
            "before": self.language.window(body.before),
            "after": self.language.window(body.after),
            "method": (Run(text=body.method, language="en"),),
        }
        template = "abstained" if body.abstained else "changed" if body.first_changed else "tested"
        if body.abstained:
            filling["reason"] = self.language.term(body.abstained, "abstention") or body.abstained
        else:
            filling["figures"] = ", ".join(_figures(body))
            filling["first"] = self.language.date((body.first_changed or "")[:10]) if body.first_changed else ""
        return Made(
            sentence="observation",
            cites=(entry.hash,),
            runs=fill(self.words, self.words.fact[template], filling, entry.hash),
        )

    def _statement(self, entries: list[Entry]) -> Made:
        for entry in entries:
            if not isinstance(entry.body, Statement):
                raise DraftError(f"expected a statement, got a {entry.kind}", where=entry.hash)
            if entry.body.status != "confirmed":
                raise DraftError(
                    f"is a {entry.body.status} that nobody confirmed", where=entry.hash, hint="vestige review"
                )
        whole = completed(self.index, entries)
        runs: list[Run] = [self.words.run(self.words.fact["disagree"])] if len(whole) > 1 else []
        for i, entry in enumerate(whole):
            runs += [self.words.run(" ")] if i else []
            runs += self._says(entry)
        return Made(sentence="statement", cites=tuple(entry.hash for entry in whole), runs=tuple(runs))

    def _withdrawn(self, entries: list[Entry]) -> Made:
        entry, body = self._only(entries, Withdrawal)
        return self._ended("withdrawn", entry, body.entry)

    def _replaced(self, entries: list[Entry]) -> Made:
        entry = entries[0]
        if len(entries) > 1 or entry.envelope.replaces is None:
            raise DraftError("expected one entry that corrects another", where=entry.hash)
        return self._ended("replaced", entry, entry.envelope.replaces)

    def _ended(self, how: Literal["withdrawn", "replaced"], entry: Entry, name: str) -> Made:
        runs = fill(self.words, self.words.update[how], {"entry": name[:16]}, entry.hash)
        return Made(sentence=how, cites=(entry.hash,), runs=runs)

    def _says(self, entry: Entry) -> Runs:
        body = entry.body
        assert isinstance(body, Statement)  # noqa: S101 - the caller has looked
        details = [self._fact(body.manner)]
        if body.said:
            details.append(self._fact("said", value=self.language.window(body.said)))
        if body.reported_via:
            details.append(
                self._fact(
                    "via", value=joined(self.words, (self._voice(one, body.language) for one in body.reported_via))
                )
            )
        details += self._source(body.source)
        filling: dict[str, Runs | str] = {
            "speaker": self._voice(body.speaker, body.language),
            "details": joined(self.words, details, "semicolon"),
            "quote": (self._quote(body, entry.hash),),
        }
        return fill(self.words, self.words.fact["statement"], filling)

    def _source(self, thing: str) -> list[Runs]:
        entry = self.index.current(thing)
        if entry is None or not isinstance(entry.body, Source):
            return []
        body = entry.body
        printed = ", ".join(filter(None, (body.publisher, body.title)))
        value = (
            self._in(body.language, printed),
            *(
                (self.words.run(self.words.mark["comma"] + self.language.date(body.published)),)
                if body.published
                else ()
            ),
        )
        found = [fill(self.words, self.words.fact["source"], {"value": value}, entry.hash)]
        return [*found, self._fact("abstract")] if body.form == "abstract" else found

    def _quote(self, body: Statement, cite: str) -> Run:
        text = f"{self.words.mark['open']}{' '.join(body.content.split())}{self.words.mark['close']}"
        tag = body.language or "und"
        return Run(text=text, language=tag, direction=direction_of(tag), cites=(cite,), quotation=True)

    def _voice(self, who: Speaker, tag: str | None) -> Runs:
        printed = ", ".join(filter(None, (who.name, who.role, who.organisation)))
        return (self._in(tag, printed),) if printed else self._actor(who.actor or "")

    def _actor(self, thing: str) -> Runs:
        entry = self.index.current(thing)
        names = entry.body.named() if entry and entry.body else ()
        return self._named(self.language.name(names)) if names else (self.words.run(thing),)

    def _site_name(self, thing: str) -> Runs:
        entry = self.index.current(thing)
        return (
            self._named(self._name(entry.body)) if entry and isinstance(entry.body, Site) else (self.words.run(thing),)
        )

    def _name(self, body: Site) -> Name:
        return self.language.name(body.names)

    def _named(self, name: Name) -> Runs:
        return (self._in(name.language, name.text),)

    def _in(self, tag: str | None, text: str) -> Run:
        tag = tag or "und"
        return Run(text=text, language=tag, direction=direction_of(tag))

    def _fact(self, key: str, **filling: Runs | str) -> Runs:
        return fill(self.words, self.words.fact[key], filling)

    def _only(self, entries: list[Entry], kind: type[T]) -> tuple[Entry, T]:
        entry = entries[0]
        if len(entries) > 1 or not isinstance(entry.body, kind):
            raise DraftError(
                f"expected one {kind.__name__.lower()} for this sentence, got another or several", where=entry.hash
            )
        return entry, entry.body


def citable(entry: Entry) -> bool:
    """Whether a standing entry may be cited: a statement must be confirmed."""
    return entry.body is not None and (not isinstance(entry.body, Statement) or entry.body.status == "confirmed")


def condition_groups(found: Finding) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give each condition of a finding with the hashes of the assessments that give it."""
    return tuple((term, tuple(names)) for term, names in found.conditions.items())


def _figures(body: Observation) -> Iterator[str]:
    if body.q_value is not None:
        yield f"q = {body.q_value:.3g}"
    if body.p_value is not None:
        yield f"p = {body.p_value:.3g}"
