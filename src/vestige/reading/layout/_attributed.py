"""Statements by the layout, joined to those that the words attribute: one passage has one outer speaker, what is reported within it has that speaker in between."""

from collections.abc import Iterator, Sequence

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
    kept = list(found)
    laid_out = list(_laid_out(text, body, [place.span for place in places], reader))
    added = []
    for one in laid_out:
        over = [other for other in kept if _overlap(one, other)]
        within = [other for other in over if _within(other, one)]
        weaker = [other for other in over if other not in within and _is_weaker(other, one)]
        lesser = [(other, _without(other, one)) for other in over if other not in within and other not in weaker]
        if any(rest is None for _, rest in lesser):
            continue  # its own words say who speaks
        for other, rest in lesser:
            kept = [rest if old is other and rest is not None else old for old in kept]
        kept = [other for other in kept if other not in weaker]
        added.append(one)
        via = one.name or one.role
        kept = [_passed_on(other, via) if other in within else other for other in kept]
    times = block_times(text, body)
    both = (*kept, *added)
    return tuple(replace(one, posted=block_of(times, one.content[0].start)) for one in both) if times else both


def not_laid_out(listed: Sequence[PossibleStatement], found: Sequence[Statement]) -> tuple[PossibleStatement, ...]:
    """Leave out the sentences that lie in what the layout attributed, or are the very line that attributes it."""
    taken = [span for one in found if one.rule in RULES for span in (*one.content, one.speaker, one.cue) if span]
    return tuple(
        one
        for one in listed
        if not any(one.sentence.start < last and first < one.sentence.end for first, last in taken)
    )


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
            name=turn.name, role=turn.role, resolved_by=turn.step, rule="label", inferred=turn.step == "interviewee",
            reader=reader,
        )  # fmt: skip


def _overlap(one: Statement, other: Statement) -> bool:
    return any(a < d and c < b for a, b in one.content for c, d in other.content)


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


def _passed_on(statement: Statement, via: str | None) -> Statement:
    if via is None or via in (statement.name, *statement.reported_via):
        return statement
    return replace(statement, reported_via=(via, *statement.reported_via))
