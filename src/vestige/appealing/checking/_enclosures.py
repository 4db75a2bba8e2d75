"""Whether the documents that a form asks for beside it are named, each by its kind: which is missing, and what it must be."""

from collections import Counter
from collections.abc import Iterator

from vestige.appealing.checking._complaint import Complaint, error, warning
from vestige.appealing.drafting import DraftEnclosure, DraftFile
from vestige.entries import Source
from vestige.procedures.forms import Enclosed, Form
from vestige.record import RecordReader


def enclosures(draft: DraftFile, form: Form, record: RecordReader) -> Iterator[Complaint]:
    """Check the enclosures of a draft against those that its form asks for. What a letter says is not read: whose it is, people see."""
    asked = {one.kind: one for one in form.enclosed}
    named = {one.kind for one in draft.enclosure}
    for kind, rule in asked.items():
        if kind not in named:
            do = f'preserve it: vestige add source FILE --nature letter; then name it: [[enclosure]] with kind = "{kind}" and source'
            yield error("form", f"enclosure {kind}", f"{rule.label} is missing: {rule.says}", do)
    held = Counter(_file(one, record) or one.source for one in draft.enclosure)
    for number, one in enumerate(draft.enclosure, 1):
        where = f"enclosure {number}"
        if one.kind not in asked:
            says = f"expected a kind among {', '.join(asked) or 'none'}, got {one.kind!r}"
            yield error("form", where, says, "take it out, or send it apart")
            continue
        if held[_file(one, record) or one.source] > 1:
            yield error("form", where, "is the same document as another", "name each once: they are asked apart")
        yield from _enclosure(where, one, asked[one.kind], record)


def _file(one: DraftEnclosure, record: RecordReader) -> str | None:
    entry = record.index.current(one.source)
    return entry.body.file if entry and isinstance(entry.body, Source) else None


def _enclosure(where: str, one: DraftEnclosure, rule: Enclosed, record: RecordReader) -> Iterator[Complaint]:
    entry = record.index.current(one.source)
    body = entry.body if entry else None
    name = entry.hash if entry else None
    if not isinstance(body, Source) or body.file is None or not record.files.exists(body.file):
        says = "expected a public source of this record that preserves the document"
        yield error("evidence", where, says, "add it: vestige add source FILE; then give its id", name)
        return
    if body.form != "copy":
        says = f"is preserved as {body.form}, not as the document itself"
        yield error("evidence", where, says, "add a copy of it: vestige add source FILE", name)
    if body.nature != "letter":
        says = f"is kept as {body.nature or 'a source of no said nature'}, and the form asks for a letter"
        yield error("evidence", where, says, "if it is one, correct the source: nature letter", name)
    if rule.language and body.language is None:
        says = f"its language is not said, and it is asked for in {rule.language}"
        yield warning("form", where, says, "correct the source: say its language", name)
    elif rule.language and body.language and body.language.partition("-")[0] != rule.language:
        says = f"is in {body.language}, and it is asked for in {rule.language}"
        yield error("form", where, says, f"give one in {rule.language}", name)
