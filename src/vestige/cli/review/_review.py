"""``vestige review``: candidate statements one at a time, by keyboard."""

import textwrap

from msgspec.structs import replace

from vestige.cli._console import out
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.review._editing import edit
from vestige.cli.review._keys import ask_key
from vestige.entries import Statement
from vestige.errors import InputError
from vestige.keeping.candidates import Editing, Review, decided_candidates, waiting_candidates
from vestige.keeping.finding import find_source, title_of

KEYS = "c confirm · e edit · r reject · s skip · u undo · q quit"
KEYS_AGAIN = "t take back (a candidate again) · c confirm · e edit · r reject · s skip · u undo · q quit"
AROUND = 240
"""Characters of the source shown on either side."""


def review(*, source: str | None = None, again: bool = False, at: ToRecord = WRITE) -> int:
    """Decide on candidate statements, one at a time, by single keys. Nothing counts until a person has confirmed it.

    Each decision is an entry of its own, signed at once; undo enters the candidate again. You can stop at any time. Where the
    answers come from no terminal, each is a letter and Enter.

    Example: vestige review --record heritage

    Parameters
    ----------
    source
        Only candidates of this source: its id, title or file name.
    again
        Those decided on before, the latest first, to take decisions back or decide otherwise.
    """
    with at.open() as record:
        record.signing_key()
        only = find_source(record, source).about if source else None
        waiting = decided_candidates(record, only) if again else waiting_candidates(record, only)
        if not waiting:
            missing = "no candidate was decided on yet" if again else "no candidate is waiting"
            out.print(f"{missing}; read sources with: vestige read --record FOLDER")
            return 0
        desk = Review(record, waiting)
        counts = Desk(desk, KEYS_AGAIN if again else KEYS).work()
        gone = desk.finish()
    out.print(", ".join(f"{number} {what}" for what, number in counts.items()))
    if gone:
        out.print(f"{gone} rejected: what the machine had read is destroyed")
    return 0


class Desk:
    """The candidates shown one after the other, and a person asked about each."""

    def __init__(self, review: Review, keys: str = KEYS) -> None:
        self.review = review
        self.keys = keys
        self.editing: dict[int, Editing] = {}

    def work(self) -> dict[str, int]:
        """Ask until all are decided or the person stops."""
        at = 0
        while at < len(self.review.waiting):
            self.show(at)
            answer = ask_key(f"{self.keys} > ")
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
            return at + 1 if self.edit(at) else at
        elif answer == "t" and self.keys == KEYS_AGAIN:
            self.review.take_back(at)
        elif answer == "s":
            self.review.skip(at)
        elif answer == "u":
            return self.undo(at)
        else:
            out.print(f"expected one of: {self.keys}")
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
        for line in self._lines(body, Editing(self.review.record, body, None)):
            out.print(line)
        text = self.review.text(at)
        if text and body.spans:
            first, last = body.spans[0].start, body.spans[-1].end
            before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
            passage = f"… {' '.join(before.split())} ⟦{' '.join(text[first:last].split())}⟧ {' '.join(after.split())} …"
            out.print(f"source, characters {first}:{last}:")
            out.print(textwrap.fill(passage, min(out.width, 100), initial_indent="  ", subsequent_indent="  "))

    def edit(self, at: int) -> bool:
        """Let the person edit it, and tell whether it was entered; where it was not, what was edited is kept for another try."""
        editing = self.editing.get(at) or Editing(self.review.record, self.review.body(at), self.review.text(at))
        self.editing[at] = editing
        if not edit(editing):
            del self.editing[at]
            return False
        self.review.edit(at, replace(editing.body, status="confirmed"))
        del self.editing[at]
        return True

    def _lines(self, body: Statement, shown: Editing) -> list[str]:
        """Say who said what, how, when and where."""
        who = ", ".join(shown.shown("name") + shown.shown("role") + shown.shown("organisation"))
        how = f" (found by: {body.speaker.resolved_by})" if body.speaker.resolved_by else ""
        lines = [f"speaker: {who}{how}"]
        for label, name in (
            ("reported by:", "via"),
            ("said on:", "said"),
            ("places: ", "places"),
            ("sites:  ", "sites"),
        ):
            if values := shown.shown(name):
                lines.append(f"{label} {'; '.join(values)}")
        lines.insert(1, f"manner:  {body.manner}, cue {body.cue or 'none'}; rule {body.rule}, by {body.reader}")
        lines.insert(2, f"said:    {' '.join(body.content.split())}")
        return lines if body.status == "candidate" else [f"decided: {body.status}", *lines]
