"""What the authors of the example wrote and made themselves: a note in two languages, quoted as printed, a sample picture and a sample recording."""

import io
import math
import struct
import wave
from collections.abc import Mapping
from typing import Any

from PIL import Image, ImageDraw

from vestige.entries import Draft, Source, Span, Speaker, Statement
from vestige.example import _data as data
from vestige.record import Record

_RIGHTS = "Part of Vestige (Apache-2.0)."
_AUTHOR = "The Vestige developers"
_SAMPLE = "Sample, shows no real place. Made by a program that is part of Vestige."
_RATE = 8_000


def enter_originals(record: Record) -> None:
    """Enter the notes with the statements that stand in them, and the samples. The bodies are the same every time."""
    notes = data.originals()
    texts = [_paragraphs(note["text"]) for note in notes]
    sources = [_note(record, note, text) for note, text in zip(notes, texts, strict=True)]
    receipts = record.append(*map(Draft, sources), Draft(_picture(record)), Draft(_recording(record)))
    for note, text, source, receipt in zip(notes, texts, sources, receipts, strict=False):
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
    return _original(
        record,
        text.encode(),
        title=note["title"],
        language=note["language"],
        nature="letter",
        file_name=note["file_name"],
        media_type="text/plain; charset=utf-8",
    )


def _original(record: Record, content: bytes, **about: Any) -> Source:
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


def _picture(record: Record) -> Source:
    """Give a drawing of an arch that stands nowhere, and says so."""
    image = Image.new("RGB", (960, 640), "#e8e2d4")
    draw = ImageDraw.Draw(image)
    draw.rectangle((120, 420, 840, 470), fill="#6b6257")
    draw.arc((280, 220, 680, 660), 180, 360, fill="#6b6257", width=44)
    draw.text((40, 40), "SAMPLE: shows no real place", fill="#1f1d1a", font_size=44)
    held = io.BytesIO()
    image.save(held, "PNG")
    return _original(
        record,
        held.getvalue(),
        title="Sample picture, shows no real place",
        language="en",
        nature="image",
        file_name="sample-picture.png",
        media_type="image/png",
        note=_SAMPLE,
    )


def _recording(record: Record) -> Source:
    """Give one second of a tone."""
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(_RATE)
        file.writeframes(
            b"".join(struct.pack("<h", round(8_000 * math.sin(math.tau * 440 * i / _RATE))) for i in range(_RATE))
        )
    return _original(
        record,
        held.getvalue(),
        title="Sample recording of a tone, shows no real place",
        language="en",
        nature="audio",
        file_name="sample-recording.wav",
        media_type="audio/x-wav",
        note=_SAMPLE,
    )
