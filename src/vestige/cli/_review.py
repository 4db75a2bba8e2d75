"""``vestige review``: candidate statements one at a time, by keyboard."""

import textwrap

from vestige.capture import read_span
from vestige.cli._console import out, shown
from vestige.cli._options import WRITE, ToRecord
from vestige.entries import Statement
from vestige.errors import InputError
from vestige.keeping.candidates import Review, waiting_candidates
from vestige.keeping.finding import find_source, title_of
from vestige.reading import edited

KEYS = "c confirm · e edit · r reject · s skip · u undo · q quit"
MANNERS = ("direct", "indirect", "mixed", "topic")
AROUND = 240
"""Characters of the source shown on either side."""


def review(*, source: str | None = None, at: ToRecord = WRITE) -> int:
    """Decide on candidate statements, one at a time: type a letter and Enter. Nothing counts until a person has confirmed it.

    Each decision is an entry of its own, signed at once; undo enters the candidate again. You can stop at any time.

    Example: vestige review --record heritage

    Parameters
    ----------
    source
        Only candidates of this source: its id, title or file name.
    """
    with at.open() as record:
        record.signing_key()
        only = find_source(record, source).about if source else None
        waiting = waiting_candidates(record, only)
        if not waiting:
            out.print("no candidate is waiting; read sources with: vestige read --record FOLDER")
            return 0
        desk = Review(record, waiting)
        counts = Desk(desk).work()
        gone = desk.finish()
    out.print(", ".join(f"{number} {what}" for what, number in counts.items()))
    if gone:
        out.print(f"{gone} rejected: what the machine had read is destroyed")
    return 0


class Desk:
    """The candidates shown one after the other, and a person asked about each."""

    def __init__(self, review: Review) -> None:
        self.review = review

    def work(self) -> dict[str, int]:
        """Ask until all are decided or the person stops."""
        at = 0
        while at < len(self.review.waiting):
            self.show(at)
            answer = _ask(f"{KEYS} > ").lower()[:1]
            if answer == "q":
                break
            try:
                at = self.answer(at, answer)
            except InputError as error:
                out.print(f"not entered: {error}")
            except EOFError:
                break
        return self.review.counts

    def answer(self, at: int, answer: str) -> int:
        """Act on one letter and give the next position."""
        if answer == "c":
            self.review.confirm(at)
        elif answer == "r":
            self.review.reject(at)
        elif answer == "e":
            self.review.edit(at, self.edited(at))
        elif answer == "s":
            self.review.skip(at)
        elif answer == "u":
            return self.undo(at)
        else:
            out.print(f"expected one of: {KEYS}")
            return at
        return at + 1

    def undo(self, at: int) -> int:
        """Take back the last decision and ask about it again."""
        back = self.review.undo()
        if back is None:
            out.print("nothing to undo yet")
            return at
        return back

    def show(self, at: int) -> None:
        """Print one candidate in its surroundings."""
        body, waiting = self.review.body(at), self.review.waiting
        source = self.review.record.index.current(body.source)
        out.print(f"\n{at + 1} of {len(waiting)} · {title_of(source) if source else body.source}")
        for line in _lines(body):
            out.print(line)
        text = self.review.text(at)
        if text and body.spans:
            first, last = body.spans[0].start, body.spans[-1].end
            before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
            passage = f"… {' '.join(before.split())} ⟦{' '.join(text[first:last].split())}⟧ {' '.join(after.split())} …"
            out.print(f"source, characters {first}:{last}:")
            out.print(textwrap.fill(passage, min(out.width, 100), initial_indent="  ", subsequent_indent="  "))

    def edited(self, at: int) -> Statement:
        """Ask for each field; an empty answer keeps it, a hyphen empties it."""
        body, text = self.review.body(at), self.review.text(at) or ""
        who = body.speaker
        out.print("Enter keeps what stands in brackets, - empties it")
        name, role = _field("name", who.name), _field("role", who.role)
        organisation = _field("organisation", who.organisation)
        manner = _manner(body.manner)
        span = _content(text)
        return edited(body, text, name=name, role=role, organisation=organisation, manner=manner, span=span)


def _lines(body: Statement) -> list[str]:
    """Say who said what, how, and where."""
    who = body.speaker
    designation = ", ".join(part for part in (who.name, who.role, who.organisation) if part)
    how = f" (found by: {who.resolved_by})" if who.resolved_by else ""
    lines = [f"speaker: {designation}{how}"]
    if body.reported_via:
        lines.append(f"reported by: {', '.join(str(one.name) for one in body.reported_via)}")
    lines.append(f"manner:  {body.manner}, cue {body.cue or 'none'}; rule {body.rule}, by {body.reader}")
    lines.append(f"said:    {' '.join(body.content.split())}")
    if body.places:
        lines.append("places:  " + "; ".join(f"{place.text} = {place.name} ({place.country})" for place in body.places))
    return lines


def _field(label: str, value: str | None) -> str | None:
    """Ask for one field. Raises EOFError at the end of the input: what was half answered is not entered."""
    answer = input(f"{label} [{value or ''}]: ").strip()
    return None if answer == "-" else answer or value


def _manner(value: str) -> str:
    """Ask for the manner until it is one; what was answered before is not lost."""
    while True:
        answer = _field(f"manner: {', '.join(MANNERS)}", value) or value
        if answer in MANNERS:
            return answer
        out.print(f"expected one of: {', '.join(MANNERS)}")


def _content(text: str) -> tuple[int, int] | None:
    """Ask where the content stands until it lies in the text, or nothing is given."""
    while True:
        try:
            return _span(_field("content as START:END in the source's text", None), text)
        except InputError as error:
            out.print(str(error))


def _span(offsets: str | None, text: str) -> tuple[int, int] | None:
    """Read START:END. Raises InputError where it does not lie in the text."""
    if not offsets:
        return None
    start, end = read_span(offsets)
    if not 0 <= start < end <= len(text):
        raise InputError(f"expected offsets inside a text of {len(text)} characters, got {offsets}")
    return start, end


def _ask(prompt: str) -> str:
    """Ask for a line; the end of the input is taken as quitting."""
    try:
        return input(shown(prompt)).strip()
    except EOFError:
        return "q"
