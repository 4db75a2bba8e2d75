"""Quotations that are paragraphs of their own, and the line above or below that says whose they are.

Below: "— Name, role", on the same line or the next. Above: "From the desk of Name, role.", "And from the chairwoman, Name:", "Name, role:".
A line of a name above or below without a dash counts only where it says more than a headline could: a role, a colon, a title.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vestige.reading._model import Span
from vestige.reading.layout._people import FULL_NAME, begins_with_given_name, is_titled, signature

_OPENS, _CLOSES = '“"«„', '”"»“'
_INSIDE = '[^“”"«»„\\n]'
_DASH = r"(?P<dash>[–—―]|--|-(?=[ \t])|~(?=[ \t]))[ \t]*"
_ENDING = re.compile(
    rf"[{_CLOSES}][.,]?[ \t]*(?:\n[ \t]*){{0,2}}{_DASH}(?P<who>[^\W\d_][^\n:“”\"«»„]{{2,120}}?)[ \t]*$", re.MULTILINE
)
_QUOTED = re.compile(
    rf"[ \t]*(?P<said>[{_OPENS}](?:{_INSIDE}|‘[^’\n]*’){{4,2000}}[{_CLOSES}]?)[.,]?(?=[ \t]*(?:{_DASH}[^\n]{{3,160}})?$)",
    re.MULTILINE,
)
_LINE = re.compile(r"^[^\n]*$", re.MULTILINE)
_LEADS_IN = re.compile(
    r"(?:(?:and|also|next|then|finally),? )?(?:(?:a|an|the|this|another) )?"
    r"(?:(?:full )?(?:statements?|messages?|words?|letters?|comments?|responses?|repl(?:y|ies)|remarks|reactions?|tributes?|quotes?)(?: \w+){0,3}? )?"
    r"(?:from|by) (?:(?:the )?(?:desk|office|pen) of )?(?P<who>[^\n]{3,140}?)[.:]?",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?P<who>(?:[Tt]he |[Oo]ur )?[^\n:.“”\"]{{0,60}}?{FULL_NAME}(?P<role>,[^\n:“”\"]{{3,100}}?)?)(?P<colon>:)?"
)
_LONGEST_LINE = 170


class Signed(NamedTuple):
    """A quotation with the line that says whose it is."""

    content: tuple[Span, ...]
    who: Span
    cue: Span
    name: str
    role: str | None


class _Line(NamedTuple):
    start: int
    end: int
    gap: int
    """How many empty lines stand before it."""


def signed(text: str, body: Sequence[Span]) -> Iterator[Signed]:
    """Give the quotations whose speaker a line above or below names, in the order of the text."""
    for first, last in body:
        lines = _lines(text, first, last)
        content: list[Span] = []
        begins = 0
        for at, line in enumerate(lines):
            quoted = _QUOTED.match(text, line.start, line.end)
            if quoted is None:
                content = []
                continue
            if not content or text[content[-1].end - 1] in _CLOSES:
                content, begins = [], at
            content.append(Span(*quoted.span("said")))
            if found := _signed(text, lines, begins, at, tuple(content)):
                yield found


def _lines(text: str, first: int, last: int) -> list[_Line]:
    """Give the lines that hold something."""
    found: list[_Line] = []
    gap = 0
    for match in _LINE.finditer(text, first, last):
        if match[0].strip():
            found.append(_Line(match.start(), match.end(), gap))
            gap = 0
        else:
            gap += 1
    return found


def _signed(text: str, lines: list[_Line], begins: int, at: int, content: tuple[Span, ...]) -> Signed | None:
    """Attribute one quotation by the line below with a dash, directly below without, or above."""
    closed = content[-1].end - 1
    if text[closed] not in _CLOSES or text[closed] == "„":
        return None
    below = lines[at + 1] if at + 1 < len(lines) else None
    end = below.end if below is not None and below.gap <= 1 else lines[at].end
    if dashed := _ENDING.match(text, closed, end):
        return _of(content, text, Span(*dashed.span("who")), Span(*dashed.span("dash")))
    if below is not None and below.gap == 0 and (plain := _plain(text, below)):
        return _of(content, text, plain, plain)
    above = lines[begins - 1] if begins else None
    if above is None or above.end - above.start > _LONGEST_LINE:
        return None
    led = _LEADS_IN.fullmatch(text, above.start, above.end) or None
    if led:
        who = Span(*led.span("who"))
        return _of(content, text, who, Span(above.start, max(above.start + 1, who.start)))
    named = _plain(text, above)
    return _of(content, text, named, named) if named else None


def _plain(text: str, line: _Line) -> Span | None:
    """Read a line that is "Name, role", "Name:", "The role, Name:" or "Title Name"."""
    end = line.end - (len(text[line.start : line.end]) - len(text[line.start : line.end].rstrip()))
    found = _NAMED.fullmatch(text, line.start, end) if end - line.start <= _LONGEST_LINE else None
    if found is None:
        return None
    telling = found["role"] or found["colon"] or begins_with_given_name(found["who"]) or is_titled(found["who"])
    return Span(*found.span("who")) if telling and not found["who"].rstrip().endswith("said") else None


def _of(content: tuple[Span, ...], text: str, who: Span, cue: Span) -> Signed | None:
    name, role = signature(text[who.start : who.end].rstrip(" .:"))
    return Signed(content, who, cue, name, role) if name else None
