"""From a reading to candidates for a record: entries of kind statement that a person still has to confirm."""

from msgspec.structs import replace

from vestige import entries
from vestige.reading._model import Place, Reading, Span, Statement

SITE = "site:"


def candidates(
    reading: Reading, text: str, *, source: str, file: str, said: entries.DateWindow | None = None
) -> tuple[entries.Statement, ...]:
    """Give the statements of a reading as candidate bodies; ``file`` is the SHA-256 of the preserved text, ``said`` when they were made.

    A statement without anybody who could be its speaker is left out: a record attributes, and there is nobody to attribute to.
    Its sentence is in ``reading.possible``.
    """
    bodies = (candidate(statement, reading, text, source, file) for statement in reading.statements)
    return tuple(replace(body, said=said) for body in bodies if body is not None)


def candidate(statement: Statement, reading: Reading, text: str, source: str, file: str) -> entries.Statement | None:
    """Give one candidate, or None without a speaker."""
    who = speaker_of(statement, text)
    if who is None:
        return None
    about = [reading.places[index] for index in statement.about]
    return entries.Statement(
        source=source,
        content=" ".join(text[first:last] for first, last in statement.content),
        manner=statement.manner,
        speaker=who,
        status="candidate",
        file=file,
        spans=tuple(span_of(span) for span in statement.content),
        cue=line(text, statement.cue),
        cue_span=span_of(statement.cue) if statement.cue else None,
        speaker_span=span_of(statement.speaker) if statement.speaker else None,
        reported_via=tuple(entries.Speaker(name=name) for name in statement.reported_via),
        locator=posted_at(statement, text),
        language=None if reading.language == "und" else reading.language,
        places=tuple(place_of(place, text) for place in about if place.candidates),
        sites=tuple(
            dict.fromkeys(best.id for place in about for best in place.candidates[:1] if best.id.startswith(SITE))
        ),
        reader=statement.reader or None,
        rule=f"{statement.rule}, inferred" if statement.inferred else statement.rule or None,
    )


def posted_at(statement: Statement, text: str) -> str | None:
    """Give where on a live page a statement stands: the time that its block prints."""
    when = line(text, statement.posted)
    return f"block of {when}" if when else None


def speaker_of(statement: Statement, text: str) -> entries.Speaker | None:
    """Give the speaker as printed; a designation that was not resolved stands as the role."""
    role = statement.role
    if not (statement.name or role or statement.organisation):
        role = line(text, statement.speaker)
    if not (statement.name or role or statement.organisation):
        return None
    return entries.Speaker(
        name=one_line(statement.name),
        role=one_line(role),
        organisation=one_line(statement.organisation),
        resolved_by=statement.resolved_by,
    )


def place_of(place: Place, text: str) -> entries.Place:
    """Give a place with its best candidate."""
    best = place.candidates[0]
    return entries.Place(
        text=one_line(text[place.span.start : place.span.end]) or best.name,
        span=span_of(place.span),
        identifier=best.id,
        name=best.name,
        latitude=best.lat,
        longitude=best.lon,
        country=best.country or None,
    )


def span_of(span: Span) -> entries.Span:
    """Give a span as an entry has it."""
    return entries.Span(start=span.start, end=span.end)


def line(text: str, span: Span | None) -> str | None:
    """Give the printed words of a span on one line."""
    return one_line(text[span.start : span.end]) if span else None


def one_line(words: str | None) -> str | None:
    """Join words on one line; None for nothing."""
    return " ".join((words or "").split()) or None


def decided(body: entries.Statement, status: str) -> entries.Statement:
    """Give a candidate with a person's decision: confirmed, rejected, or candidate again."""
    return replace(body, status=status)
