"""Statements by the layout, joined to those that the words attribute: one passage has one outer speaker, what is reported within it has that speaker in between."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import accumulate

from msgspec.structs import replace

from vestige.reading._model import Place, PossibleStatement, Span, Statement
from vestige.reading.layout._blocks import block_of, block_times
from vestige.reading.layout._labels import labelled
from vestige.reading.layout._signatures import signed

RULES = frozenset(("attribution line", "label"))


def attributed(
    text: str, body: Sequence[Span], found: Sequence[Statement], places: Sequence[Place], reader: str
) -> tuple[Statement, ...]:
    """Give the statements of a text with those that its layout attributes, each with the time of the block in which it stands."""
    kept: list[Statement | None] = list(found)
    pieces = _Pieces([(span, index) for index, one in enumerate(found) for span in one.content])
    added = []
    for one in _laid_out(text, body, [place.span for place in places], reader):
        over = [(index, other) for index in pieces.over(one.content) if (other := kept[index]) is not None]
        judged = [(index, _beside(other, one)) for index, other in over]
        if any(rest is other for (_, rest), (_, other) in zip(judged, over, strict=True)):
            continue  # its own words say who speaks
        for index, rest in judged:
            kept[index] = rest
        added.append(one)
    both = (*filter(None, kept), *added)
    times = block_times(text, body)
    return tuple(replace(one, posted=block_of(times, one.content[0].start)) for one in both) if times else both


class _Pieces:
    """The pieces of statements in order of the text, to find those that a passage overlaps without asking all."""

    def __init__(self, pieces: list[tuple[Span, int]]) -> None:
        self._pieces = sorted(pieces)
        self._reach = list(accumulate((span.end for span, _ in self._pieces), max))

    def over(self, content: Sequence[Span]) -> list[int]:
        """Give the statements of which a piece overlaps one of ``content``, each once."""
        found: dict[int, None] = {}
        for first, last in content:
            at = bisect_left(self._pieces, last, key=lambda piece: piece[0].start) - 1
            while at >= 0 and self._reach[at] > first:
                span, index = self._pieces[at]
                found |= {index: None} if span.end > first else {}
                at -= 1
        return sorted(found)


def _beside(other: Statement, one: Statement) -> Statement | None:
    """Give what is left of a statement beside one of the layout: itself where it says who speaks, more where it lies within, less or nothing where it is weaker."""
    if _within(other, one):
        return _passed_on(other, one.name or one.role or "")
    if _is_weaker(other, one):
        return None
    return _without(other, one) or other


def not_laid_out(listed: Sequence[PossibleStatement], found: Sequence[Statement]) -> tuple[PossibleStatement, ...]:
    """Leave out the sentences that lie in what the layout attributed, or are the very line that attributes it."""
    taken = [(span, 0) for one in found if one.rule in RULES for span in (*one.content, one.speaker, one.cue) if span]
    pieces = _Pieces(taken)
    return tuple(one for one in listed if not pieces.over((one.sentence,)))


def _laid_out(text: str, body: Sequence[Span], places: Sequence[tuple[int, int]], reader: str) -> Iterator[Statement]:
    for mark in signed(text, body):
        yield Statement(
            content=mark.content, manner="direct", speaker=mark.who, cue=mark.cue, name=mark.name, role=mark.role,
            resolved_by="as printed", rule="attribution line", reader=reader,
        )  # fmt: skip
    for turn in labelled(text, body, places):
        unlabelled = turn.who == turn.content
        yield Statement(
            content=(turn.content,), manner="direct", speaker=None if unlabelled else turn.who, cue=turn.cue,
            name=turn.name, role=turn.role, resolved_by=turn.step, rule="label", inferred=turn.further or turn.step == "interviewee",
            reader=reader,
        )  # fmt: skip


def _within(inner: Statement, outer: Statement) -> bool:
    """Tell a report within what somebody says: its verb stands there too, and it is not all of it."""
    first, last = outer.content[0].start, outer.content[-1].end
    if inner.cue is None or not first <= inner.cue.start < last:
        return False
    return inner.speaker is None or first <= inner.speaker.start < last


def _is_weaker(other: Statement, one: Statement) -> bool:
    """Tell a statement whose speaker is nobody, our inference, or the label itself."""
    nobody = not (other.speaker or other.name or other.role or other.organisation)
    label = one.rule == "label" and other.cue is not None and one.cue is not None and other.cue.start <= one.cue.end
    line = one.rule == "attribution line" and other.rule in ("colon", "headline", "according to")
    return nobody or other.inferred or (label and other.rule in ("colon", "headline")) or line


def _without(other: Statement, one: Statement) -> Statement | None:
    """Give a statement without the paragraphs that were taken to carry it on and are signed by somebody; None where it is one of these."""
    first, last = one.content[0].start, one.content[-1].end
    rest = tuple(span for span in other.content if not (first <= span.start and span.end <= last))
    clear = rest and len(rest) < len(other.content) and not any(a < last and first < b for a, b in rest)
    return replace(other, content=rest) if clear and one.rule == "attribution line" else None


def _passed_on(statement: Statement, via: str) -> Statement:
    """Give a statement with who passes it on; a new value in any case, since its words stand within the other's."""
    named = not via or via in (statement.name, *statement.reported_via)
    return replace(statement, reported_via=statement.reported_via if named else (via, *statement.reported_via))
