"""The annexes: the evidence, everything that the record holds about the places whether relied on or not, and how to check."""

from collections.abc import Iterable, Iterator, Sequence

from vestige.appealing._composed import Origin, Paragraph, Run, Section, Withheld
from vestige.appealing.composing._citations import Citations
from vestige.appealing.sentences import Words
from vestige.entries import KINDS, Source, Statement
from vestige.record import Entry, RecordReader


def held_about(record: RecordReader, sites: Iterable[str]) -> Iterator[Entry]:
    """Give every standing public entry about some sites, each once: their own entries, then each kind in the order of the ledger."""
    found: dict[str, Entry] = {}
    for site in sites:
        own = record.index.current(site)
        linked = (entry for kind in KINDS for entry in record.index.linked(site, kind) if shown(entry))
        for entry in (*([own] if own else []), *linked):
            found.setdefault(entry.hash, entry)
    yield from found.values()


def shown(entry: Entry) -> bool:
    """Whether a standing entry is public and, if a statement, was confirmed by a person."""
    body = entry.body
    confirmed = not isinstance(body, Statement) or body.status == "confirmed"
    return body is not None and entry.envelope.visibility == "public" and confirmed


def withheld_about(keeper: RecordReader, sites: Iterable[str], words: Words) -> tuple[Withheld, ...]:
    """Count what is withheld about some sites; ``keeper`` is the record as its keeper sees it. What it is stays unsaid."""
    found: dict[str, Withheld] = {}
    for site in sites:
        entries = [entry for entry in keeper.index.history(site) if entry.stands]
        entries += [entry for kind in KINDS for entry in keeper.index.linked(site, kind)]
        for entry in entries:
            if entry.envelope.visibility == "withheld" and entry.kind != "appeal":
                reason = "reason-place" if entry.kind == "site" else "reason-keeper"
                found[entry.hash] = Withheld(name=entry.hash, what="entry", reason=words.annex[reason])
    return tuple(found.values())


def evidence(words: Words, citations: Citations, cited: Sequence[str]) -> Section:
    """Annex A: each entry cited, with form and nature of its source, and the SHA-256 of what was preserved."""
    head = [words.annex[key] for key in ("number", "kind", "what", "form", "nature", "file", "address")]
    rows = [_row(words, head)]
    for number, name in enumerate(cited, 1):
        entry, note = citations.record.index.entry(name), citations.citation(name)
        assert entry is not None  # noqa: S101 - sentences cite entries that are there
        form = citations.language.term(note.form, "form") if note.form else ""
        cells = [
            str(number),
            citations.kind(entry),
            citations.title(entry),
            form,
            note.nature or "",
            note.file or "",
            note.address or "",
        ]
        rows.append(_row(words, cells, name))
    return Section(
        id="annex-a",
        heading=words.annex["evidence"],
        paragraphs=(
            Paragraph(kind="table", rows=tuple(rows)),
            Paragraph(kind="note", runs=(words.run(_originals(words, citations, cited)),)),
        ),
    )


def _originals(words: Words, citations: Citations, cited: Sequence[str]) -> str:
    kept, every = originals(citations.record, cited)
    return words.annex["originals"].format(kept=kept, all=every)


def originals(record: RecordReader, cited: Iterable[str]) -> tuple[int, int]:
    """Count, among the sources that entries rest on, those of which an original copy is preserved, and all."""
    forms = {about: body.form for about, body in sources_of(record, cited)}
    return sum(form == "copy" for form in forms.values()), len(forms)


def sources_of(record: RecordReader, cited: Iterable[str]) -> Iterator[tuple[str, Source]]:
    """Give the sources that entries are, are statements of, or rest on."""
    for name in cited:
        entry = record.index.entry(name)
        if entry is None or entry.body is None:
            continue
        things = [entry.about] if isinstance(entry.body, Source) else []
        things += [entry.body.source] if isinstance(entry.body, Statement) else []
        for other in entry.envelope.cites:
            below = record.index.entry(other)
            things += [below.about] if below and isinstance(below.body, Source) else []
        for thing in dict.fromkeys(things):
            found = record.index.current(thing)
            if found and isinstance(found.body, Source):
                yield thing, found.body


def everything(
    words: Words, citations: Citations, held: Sequence[Entry], cited: Iterable[str], withheld: int
) -> Section:
    """Annex B: everything that the record holds about the places, what was relied on and what was not, and how much is withheld."""
    relied = set(cited)
    head = [words.annex[key] for key in ("number", "kind", "what", "relied")]
    rows = [_row(words, head)]
    for number, entry in enumerate(held, 1):
        used = words.print["yes" if entry.hash in relied else "no"]
        rows.append(_row(words, [str(number), citations.kind(entry), citations.title(entry), used], entry.hash))
    counts = words.annex["counts"].format(
        held=len(held), relied=sum(entry.hash in relied for entry in held), withheld=withheld
    )
    return Section(
        id="annex-b",
        heading=words.annex["held"],
        paragraphs=(
            Paragraph(kind="table", rows=tuple(rows)),
            Paragraph(kind="note", runs=(words.run(counts),)),
        ),
    )


def checking(words: Words, origin: Origin) -> Section:
    """Annex C: how whoever receives it checks it."""
    text = words.annex["checking"].format(record=origin.origin, size=origin.size, root=origin.root, vkey=origin.vkey)
    return Section(
        id="annex-c", heading=words.annex["check"], paragraphs=(Paragraph(kind="note", runs=(words.run(text),)),)
    )


def _row(words: Words, cells: Iterable[str], cite: str | None = None) -> tuple[Run, ...]:
    runs = [words.run(cell) for cell in cells]
    return (words.run(runs[0].text, *([cite] if cite else [])), *runs[1:])
