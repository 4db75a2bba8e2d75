"""What the authors of the example wrote and made themselves: a note in two languages, quoted as printed."""

from collections.abc import Mapping
from typing import Any

from vestige.entries import Draft, Source, Span, Speaker, Statement
from vestige.example import _data as data
from vestige.record import Record

_RIGHTS = "Part of Vestige (Apache-2.0)."
_AUTHOR = "The Vestige developers"


def enter_originals(record: Record) -> None:
    """Enter the notes with the statements that stand in them. The bodies are the same every time."""
    notes = data.originals()
    texts = [_paragraphs(note["text"]) for note in notes]
    sources = [_note(record, note, text) for note, text in zip(notes, texts, strict=True)]
    receipts = record.append(*map(Draft, sources))
    for note, text, source, receipt in zip(notes, texts, sources, receipts, strict=True):
        record.append(
            *(
                Draft(_statement(item, text, source, receipt.about, note["language"]), cites=(receipt.entry,))
                for item in note["statement"]
            )
        )


def _paragraphs(text: str) -> str:
    """Give a text with a line for each paragraph, without the breaks that the data file has for its own readers."""
    return "\n\n".join(map(data.one_line, text.strip().split("\n\n")))


def _note(record: Record, note: Mapping[str, Any], text: str) -> Source:
    return original(
        record,
        text.encode(),
        title=note["title"],
        language=note["language"],
        nature="letter",
        file_name=note["file_name"],
        media_type="text/plain; charset=utf-8",
    )


def original(record: Record, content: bytes, **about: Any) -> Source:
    """Give a source that the authors made: its bytes are preserved, and its rights are theirs."""
    return Source(
        form="copy",
        author=_AUTHOR,
        publisher="Vestige",
        origin="Written or made by the Vestige developers for this example",
        file=record.add_file(content),
        size=len(content),
        rights=_RIGHTS,
        **about,
    )


def _statement(item: Mapping[str, str], text: str, source: Source, about: str, language: str) -> Statement:
    start = text.index(item["content"])
    cue = text.rindex(item["cue"], 0, start)
    speaker = text.rindex(item["speaker"], 0, cue)
    return Statement(
        source=about,
        content=item["content"],
        manner=item["manner"],
        speaker=Speaker(organisation=_AUTHOR, resolved_by=None),
        status="confirmed",
        file=source.file,
        spans=(Span(start=start, end=start + len(item["content"])),),
        cue=item["cue"],
        cue_span=Span(start=cue, end=cue + len(item["cue"])),
        speaker_span=Span(start=speaker, end=speaker + len(item["speaker"])),
        language=language,
        reader="Vestige example record",
    )
