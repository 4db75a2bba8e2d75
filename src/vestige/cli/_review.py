"""``vestige review``: candidate statements one at a time, by keyboard."""

from pathlib import Path
from typing import TYPE_CHECKING

from vestige.cli._console import out

if TYPE_CHECKING:
    from vestige.entries import Statement
    from vestige.record import Entry, Record

KEYS = "c confirm · e edit · r reject · s skip · u undo · q quit"
AROUND = 240
"""Characters of the source shown on either side."""


def review(*, record: Path | None = None, key: Path | None = None, source: str | None = None) -> int:
    """Decide on candidate statements, one at a time: type a letter and Enter. Nothing counts until a person has confirmed it.

    Each decision is an entry of its own, signed at once; undo enters the candidate again. You can stop at any time.

    Example: vestige review --record heritage

    Parameters
    ----------
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    source
        Only candidates of this source: its id, title or file name.
    """
    from vestige.cli._lookup import find_source, record_folder
    from vestige.record import Record

    with Record.open(record_folder(record), key=key, withheld=True) as opened:
        opened.signing_key()
        only = find_source(opened, source).about if source else None
        waiting = _waiting(opened, only)
        if not waiting:
            out.print("no candidate is waiting; read sources with: vestige read --record FOLDER")
            return 0
        counts = Desk(opened, waiting).work()
    out.print(", ".join(f"{number} {what}" for what, number in counts.items()))
    return 0


def _waiting(record: "Record", source: str | None) -> list["Entry"]:
    """Give the candidates that stand, in order of entry."""
    from vestige.entries import Statement

    return [
        entry
        for entry in record.index.entries("statement", current=True)
        if isinstance(entry.body, Statement)
        and entry.body.status == "candidate"
        and source in (None, entry.body.source)
    ]


class Desk:
    """The candidates on the table, where we are, and what was decided."""

    def __init__(self, record: "Record", waiting: list["Entry"]) -> None:
        self.record = record
        self.waiting = waiting
        self.decided: list[int] = []
        """Positions decided so far, last one last: what undo goes back to."""
        self.counts = {"confirmed": 0, "edited": 0, "rejected": 0, "skipped": 0}
        self.done: dict[int, tuple[str, str]] = {}
        """Position to what was decided and the hash of the entry that says so."""

    def work(self) -> dict[str, int]:
        """Ask until all are decided or the person stops."""
        from vestige.errors import InputError

        at = 0
        while at < len(self.waiting):
            self.show(at)
            answer = _ask(f"{KEYS} > ").lower()[:1]
            if answer == "q":
                break
            try:
                at = self.answer(at, answer)
            except InputError as error:
                out.print(f"not entered: {error}")
        return self.counts

    def answer(self, at: int, answer: str) -> int:
        """Act on one letter and give the next position."""
        from vestige.reading import decided

        body = self.body(at)
        if answer == "c":
            return self.enter(at, decided(body, "confirmed"), "confirmed")
        if answer == "r":
            return self.enter(at, decided(body, "rejected"), "rejected")
        if answer == "e":
            return self.enter(at, self.edit(body), "edited")
        if answer == "u":
            return self.undo(at)
        if answer == "s":
            self.decided.append(at)
            self.done[at] = ("skipped", "")
            self.counts["skipped"] += 1
            return at + 1
        out.print(f"expected one of: {KEYS}")
        return at

    def body(self, at: int) -> "Statement":
        """Give the candidate at a position."""
        from vestige.entries import Statement

        body = self.waiting[at].body
        assert isinstance(body, Statement)  # noqa: S101 - only statements wait
        return body

    def enter(self, at: int, body: "Statement", what: str) -> int:
        """Enter a decision and go on."""
        self.done[at] = (what, self.replace(at, body, self.waiting[at].hash))
        self.decided.append(at)
        self.counts[what] += 1
        return at + 1

    def replace(self, at: int, body: "Statement", replaced: str) -> str:
        """Enter a body in the place of an entry and give the hash of the new one."""
        from vestige.entries import Draft

        envelope = self.waiting[at].envelope
        draft = Draft(
            body, about=envelope.about, replaces=replaced, cites=envelope.cites, visibility=envelope.visibility
        )
        return self.record.append(draft)[0].entry

    def undo(self, at: int) -> int:
        """Take back the last decision: the candidate is entered again, and asked about again."""
        if not self.decided:
            out.print("nothing to undo yet")
            return at
        back = self.decided.pop()
        what, entered = self.done.pop(back)
        self.counts[what] -= 1
        if entered:
            again = self.replace(back, self.body(back), entered)
            found = self.record.index.entry(again)
            if found:
                self.waiting[back] = found
        return back

    def show(self, at: int) -> None:
        """Print one candidate in its surroundings."""
        body = self.body(at)
        out.print(f"\n{at + 1} of {len(self.waiting)} · {_title(self.record, body.source)}")
        who = body.speaker
        designation = ", ".join(part for part in (who.name, who.role, who.organisation) if part)
        how = f" (found by: {who.resolved_by})" if who.resolved_by else ""
        out.print(f"speaker: {designation}{how}")
        if body.reported_via:
            out.print(f"reported by: {', '.join(str(one.name) for one in body.reported_via)}")
        out.print(f"manner:  {body.manner}, cue {body.cue or 'none'}; rule {body.rule}, by {body.reader}")
        out.print(f"said:    {' '.join(body.content.split())}")
        if body.places:
            out.print(
                "places:  " + "; ".join(f"{place.text} = {place.name} ({place.country})" for place in body.places)
            )
        text = _text(self.record, body)
        if text and body.spans:
            first, last = body.spans[0].start, body.spans[-1].end
            before, after = text[max(0, first - AROUND) : first], text[last : last + AROUND]
            out.print(
                f"source:  … {' '.join(before.split())} ⟦{' '.join(text[first:last].split())}⟧ {' '.join(after.split())} …"
            )

    def edit(self, body: "Statement") -> "Statement":
        """Ask for each field; an empty answer keeps it, a hyphen empties it."""
        from vestige.reading import edited

        who = body.speaker
        out.print("Enter keeps what stands in brackets, - empties it")
        name, role = _field("name", who.name), _field("role", who.role)
        organisation = _field("organisation", who.organisation)
        manner = _field("manner: direct, indirect, mixed or topic", body.manner) or body.manner
        offsets = _field("content as START:END in the source's text", None)
        span = _span(offsets, _text(self.record, body) or "")
        text = _text(self.record, body) or ""
        return edited(body, text, name=name, role=role, organisation=organisation, manner=manner, span=span)


def _field(label: str, value: str | None) -> str | None:
    """Ask for one field."""
    answer = _ask(f"{label} [{value or ''}]: ")
    return None if answer == "-" else answer or value


def _span(offsets: str | None, text: str) -> tuple[int, int] | None:
    """Read START:END. Raises InputError where it does not lie in the text."""
    from vestige.capture import read_span
    from vestige.errors import InputError

    if not offsets:
        return None
    start, end = read_span(offsets)
    if not 0 <= start < end <= len(text):
        raise InputError(f"expected offsets inside a text of {len(text)} characters, got {offsets}")
    return start, end


def _ask(prompt: str) -> str:
    """Ask for a line; the end of the input is taken as quitting."""
    try:
        return input(prompt).strip()
    except EOFError:
        return "q"


def _title(record: "Record", source: str) -> str:
    """Give the title of a source."""
    from vestige.cli._lookup import title_of

    entry = record.index.current(source)
    return title_of(entry) if entry else source


def _text(record: "Record", body: "Statement") -> str | None:
    """Give the preserved text that the spans point into."""
    from vestige.capture import decode

    return decode(record.files.read(body.file), "text/plain").text if body.file else None
