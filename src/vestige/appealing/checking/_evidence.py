"""What the appeal rests on, taken together: originals, media, assessors, sides, and what of the record it leaves aside."""

from collections.abc import Iterator

from vestige.appealing.checking._complaint import Complaint, error, warning
from vestige.appealing.composing import held_about, originals, sources_of
from vestige.appealing.drafting import DraftFile
from vestige.entries import Assessment, Observation, Statement
from vestige.procedures.forms import Form
from vestige.record import RecordReader


def evidence(draft: DraftFile, form: Form, record: RecordReader) -> Iterator[Complaint]:
    """Check everything cited against the form's rules, and say what of the record is not relied on."""
    cited = list(dict.fromkeys(name for _, _, one in draft.paragraphs() for name in one.cites if len(name) == 64))
    yield from _media(form, record, cited)
    kept, every = originals(record, cited)
    if every and kept < every:
        says = f"{kept} of {every} originals preserved; the rest are abstracts or references"
        yield warning("evidence", "cites", says, "add the originals: vestige add source URL")
    yield from _bodies(record, cited)
    for entry in held_about(record, draft.sites):
        if entry.hash not in cited and entry.kind in {"statement", "assessment", "observation"}:
            says = f"the record also holds this {entry.kind}, which is not relied on"
            yield warning("honesty", "annex-b", says, "annex B lists it; rely on it too, if it belongs", entry.hash)
    yield from _balance(record, cited)


def _media(form: Form, record: RecordReader, cited: list[str]) -> Iterator[Complaint]:
    rule = form.rules("not-only-media")
    if rule is None:
        return
    bodies = [entry.body for name in cited if (entry := record.index.entry(name))]
    own = [body for body in bodies if isinstance(body, Observation)]
    others = [source for _, source in sources_of(record, cited) if source.nature not in {None, "news"}]
    if not own and not others:
        says = f"rests on mass media alone, or on sources whose nature is not said: {rule.says}"
        yield error(
            "evidence",
            "cites",
            says,
            "add an observation or a source that is no news, or say the nature of those you have",
        )


def _bodies(record: RecordReader, cited: list[str]) -> Iterator[Complaint]:
    assessors: dict[str, set[str]] = {}
    for name in cited:
        entry = record.index.entry(name)
        body = entry.body if entry else None
        if isinstance(body, Assessment):
            assessors.setdefault(body.site, set()).add(body.assessor.name)
        if isinstance(body, Observation) and body.abstained:
            yield warning("evidence", "cites", "this observation gave no answer", "it is cited as such", name)
        if isinstance(body, Statement) and body.rule:
            yield warning(
                "evidence",
                "cites",
                "this statement was proposed by a machine and confirmed by a person",
                "read it once more",
                name,
            )
    for site, names in assessors.items():
        if len(names) == 1:
            yield warning("evidence", site, f"a single assessor: {next(iter(names))}", "ask another to judge")


def _balance(record: RecordReader, cited: list[str]) -> Iterator[Complaint]:
    voices: set[str] = set()
    for name in cited:
        entry = record.index.entry(name)
        if entry is not None and isinstance(entry.body, Statement):
            who = entry.body.speaker
            voices.add(who.organisation or who.name or who.actor or "")
    if len(voices) == 1:
        yield warning(
            "honesty",
            "cites",
            f"all that is said comes from one party: {next(iter(voices))}",
            "enter what the other says",
        )
