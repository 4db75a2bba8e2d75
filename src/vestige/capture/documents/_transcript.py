"""Transcripts with times: SubRip (SRT) and WebVTT. The place of a statement is the time at which it is heard; voices become labels."""

import re
from collections.abc import Iterator
from html import unescape

from vestige.capture._text import decode
from vestige.capture.documents._document import Document, Piece, put_together

_TIME = re.compile(r"^\s*((?:\d{1,3}:)?\d{1,2}:\d{2})[.,]\d{1,3}\s*-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}")
_SRT = re.compile(r"\A\ufeff?\s*\d{1,7}[ \t]*\r?\n\s*\d{1,3}:\d{2}:\d{2}[.,]\d{1,3}\s*-->")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>]{1,120})>")
_TAG = re.compile(r"</?[A-Za-z0-9][^<>]{0,200}>|\{\\[^{}]{0,100}\}")
_BLANKS = re.compile(r"\s+")


def tells(data: bytes) -> bool:
    """Whether bytes are a transcript with times."""
    head = data[:400]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = head.decode("utf-16", "replace")
    else:
        text = head.decode("utf-8", "replace")
    return re.match(r"\ufeff?WEBVTT(?:\s|\Z)", text) is not None or _SRT.match(text) is not None


def read(data: bytes) -> Document:
    """Read what is said, in order; what goes on from cue to cue is one paragraph."""
    return put_together(_pieces(decode(data).text))


def _pieces(text: str) -> Iterator[Piece]:
    voice = ""
    for at, words in _cues(text):
        named = _VOICE.search(words)
        said = _BLANKS.sub(" ", unescape(_TAG.sub("", words)).replace("\x00", "")).strip()
        label = f"{named[1].strip()}: " if named and named[1].strip() != voice else ""
        voice = named[1].strip() if named else voice
        if said:
            yield Piece(text=label + said, locator=at, runs_on=not label and not said.startswith(("-", "–", ">>")))


def _cues(text: str) -> Iterator[tuple[str, str]]:
    """Give the time at which each cue begins, and its words."""
    at: str | None = None
    words: list[str] = []
    for line in text.splitlines():
        if found := _TIME.match(line):
            if at and words:
                yield at, "\n".join(words)
            at, words = found[1], []
        elif not line.strip():
            if at and words:
                yield at, "\n".join(words)
                at, words = None, []
        elif at:
            words.append(line)
    if at and words:
        yield at, "\n".join(words)
