"""Who speaks by the layout: a line "— Name, role" after a quotation, and the labels of transcripts ("MS HALABI: …", "Q: …").

What a label opens goes to the end of its paragraph. Labels count where at least three lines of a text have one, all in capitals or Q and
A, so that a heading with a colon is none. Who answers to "A" is not guessed: the label stands as the role.
"""

import re
from collections.abc import Iterator, Sequence

from vestige.reading._model import Span, Statement
from vestige.reading.text._lexicon import words

FEWEST_LABELS = 3
_MARKS = '“”"«»„'
_SIGNED = re.compile(
    rf"^[ \t]*(?P<said>[{_MARKS}][^{_MARKS}\n]{{4,2000}}[{_MARKS}])[ \t]*\n?[ \t]*(?P<dash>[–—―]|--)[ \t]*"
    r"(?P<who>[^\W\d_][^\n:“”\"«»„]{2,120}?)[ \t]*$",
    re.MULTILINE,
)
_LABELLED = re.compile(
    r"^[ \t]*(?P<who>(?:[QA]|[A-Z][A-Z.’'\-]+(?: [A-Z][A-Z.’'\-]*){0,4})(?: \([^()\n]{1,40}\))?)(?P<cue>:)[ \t]+(?P<said>\S[^\n]{2,4000})$",
    re.MULTILINE,
)
_FORMS_OF_ADDRESS = frozenset(("mr", "mrs", "ms", "dr", "sir", "dame", "gen", "col", "prof", "sen", "rep", "amb"))


def turns(text: str, body: Sequence[Span], found: Sequence[Statement], reader: str) -> Iterator[Statement]:
    """Give the statements that the layout attributes, where ``found`` has none of the same words."""
    taken = [piece for one in found for piece in one.content]
    for first, last in body:
        for match in _SIGNED.finditer(text, first, last):
            said = Span(*match.span("said"))
            name, role = _signature(match["who"])
            if name and not any(said.start < end and start < said.end for start, end in taken):
                yield _turn(match, "dash", name, role, "attribution line", reader)
    labels = [match for first, last in body for match in _LABELLED.finditer(text, first, last)]
    if len(labels) >= FEWEST_LABELS:
        for match in labels:
            name, role = _label(match["who"])
            yield _turn(match, "cue", name, role, "label", reader)


def _turn(match: re.Match[str], cue: str, name: str | None, role: str | None, rule: str, reader: str) -> Statement:
    said, who = Span(*match.span("said")), Span(*match.span("who"))
    return Statement(
        content=(said,), manner="direct", speaker=who, cue=Span(*match.span(cue)), name=name, role=role,
        resolved_by="as printed" if name else None, rule=rule, reader=reader,
    )  # fmt: skip


def _signature(who: str) -> tuple[str | None, str | None]:
    """Part "Councillor Jan Beispiel" and "Jan Beispiel, director" into name and role; no name where none is printed."""
    printed, _, role = (part.strip() for part in who.partition(","))
    parts = printed.split()
    title = []
    while parts and parts[0].lower() in words("title"):
        title.append(parts.pop(0))
    named = 1 <= len(parts) <= 6 and parts[0][0].isupper() and parts[-1][0].isupper()
    return (" ".join(parts) if named else None), role or " ".join(title).lower() or None


def _label(who: str) -> tuple[str | None, str | None]:
    """Tell a person's label ("MR. DE VRIES") from that of a part ("QUESTION (Reuters)", "Q")."""
    first, *more = who.split()
    addressed = first.rstrip(".").lower() in _FORMS_OF_ADDRESS and bool(more)
    return (who, None) if addressed else (None, who)
