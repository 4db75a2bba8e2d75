"""Text is never cut: what is longer than a field allows goes whole to an annex, and field and annex together are the text exactly."""

import re
from collections.abc import Sequence

import msgspec

from vestige.appealing._composed import Limit, Paragraph, Run

_WORD = re.compile(r"\S+\s*")


def length(text: str, unit: str) -> int:
    """Count the words of a text (what white space parts, in every script alike) or its characters (code points)."""
    return len(text.split()) if unit == "words" else len(text)


def measured(paragraphs: Sequence[Paragraph], most: int, unit: str) -> Limit:
    """Say how long paragraphs may be and how long they are, as they are pasted into a field."""
    text = "\n\n".join(one.text for one in paragraphs)
    return Limit(most=most, unit="words" if unit == "words" else "characters", length=length(text, unit))


def cut_text(text: str, most: int, unit: str) -> tuple[str, str]:
    """Part a text behind the last word that fits; the two parts together are the text exactly."""
    end = 0
    for count, word in enumerate(_WORD.finditer(text), 1):
        if (count if unit == "words" else len(text[: word.end()].rstrip())) > most:
            break
        end = word.end()
    return text[:end], text[end:]


def parted(
    paragraphs: Sequence[Paragraph], most: int, unit: str
) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    """Part paragraphs into those that fit a field and those that go to an annex.

    A fact goes whole, so that no side of what is contested is left behind on the other page; what people wrote is parted at a word.
    """
    for i, one in enumerate(paragraphs):
        if measured(paragraphs[: i + 1], most, unit).length <= most:
            continue
        used = measured(paragraphs[:i], most, unit).length + (2 if unit == "characters" and i else 0)
        here, there = _halves(one, most - used, unit) if one.kind != "fact" and most > used else ((), (one,))
        return (*paragraphs[:i], *here), (*there, *paragraphs[i + 1 :])
    return tuple(paragraphs), ()


def _halves(one: Paragraph, most: int, unit: str) -> tuple[tuple[Paragraph, ...], tuple[Paragraph, ...]]:
    head, _ = cut_text(one.text, most, unit)
    first, second = _runs_at(one.runs, len(head))
    if not head.strip():
        return (), (one,)
    return (msgspec.structs.replace(one, runs=first),), (msgspec.structs.replace(one, runs=second, number=None),)


def _runs_at(runs: Sequence[Run], place: int) -> tuple[tuple[Run, ...], tuple[Run, ...]]:
    first: list[Run] = []
    for i, run in enumerate(runs):
        if place <= 0:
            return tuple(first), tuple(runs[i:])
        if len(run.text) > place:
            start = msgspec.structs.replace(run, text=run.text[:place])
            rest = msgspec.structs.replace(run, text=run.text[place:], cites=())
            return (*first, start), (rest, *runs[i + 1 :])
        first.append(run)
        place -= len(run.text)
    return tuple(first), ()
