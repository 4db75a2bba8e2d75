"""Deciding on candidates: what waits, where we are, what was decided, and taking it back. Each decision is an entry of its own."""

import contextlib

from vestige.capture import decode
from vestige.entries import Draft, Statement
from vestige.keeping.adding import speakers_checked
from vestige.reading import decided
from vestige.record import Entry, Record, RecordError


def waiting_candidates(record: Record, source: str | None = None) -> list[Entry]:
    """Give the candidates that stand, of one source or of all, in order of entry."""
    return [entry for entry, body in _statements(record, source) if body.status == "candidate"]


def decided_candidates(record: Record, source: str | None = None) -> list[Entry]:
    """Give the candidates that were decided on, of one source or of all, the latest decision first."""
    decided_on = [
        entry for entry, body in _statements(record, source) if body.status != "candidate" and entry.envelope.replaces
    ]
    return sorted(decided_on, key=lambda entry: -entry.index)


def _statements(record: Record, source: str | None) -> list[tuple[Entry, Statement]]:
    standing = record.index.entries("statement", current=True)
    pairs = [(entry, entry.body) for entry in standing if isinstance(entry.body, Statement)]
    return [(entry, body) for entry, body in pairs if source in (None, body.source)]


class Review:
    """The candidates on the table and what was decided of each; whoever shows them keeps the position."""

    def __init__(self, record: Record, waiting: list[Entry]) -> None:
        self.record = record
        self.waiting = waiting
        self.counts = {"confirmed": 0, "edited": 0, "rejected": 0, "skipped": 0}
        """How many were decided on, by the decision; ``taken back`` joins them once there is one."""
        self._order: list[int] = []
        self._done: dict[int, tuple[str, str]] = {}

    def body(self, at: int) -> Statement:
        """Give the candidate at a position."""
        body = self.waiting[at].body
        assert isinstance(body, Statement)  # noqa: S101 - only statements wait
        return body

    def text(self, at: int) -> str | None:
        """Give the preserved text that the spans of a candidate point into."""
        file = self.body(at).file
        return decode(self.record.files.read(file), "text/plain").text if file else None

    def confirm(self, at: int) -> None:
        """Enter that it stands as it is."""
        self._enter(at, self._checked(at, decided(self.body(at), "confirmed")), "confirmed")

    def reject(self, at: int) -> None:
        """Enter that it does not."""
        self._enter(at, decided(self.body(at), "rejected"), "rejected")

    def take_back(self, at: int) -> None:
        """Enter that it is a candidate again, whatever was decided of it before."""
        self._enter(at, decided(self.body(at), "candidate"), "taken back")

    def edit(self, at: int, body: Statement) -> None:
        """Enter it as a person corrected it."""
        self._enter(at, self._checked(at, body), "edited")

    def skip(self, at: int) -> None:
        """Leave it for another day."""
        self._remember(at, "skipped", "")

    def undo(self) -> int | None:
        """Take back the last decision, the candidate being entered again, and give its position; None when nothing was decided."""
        if not self._order:
            return None
        back = self._order.pop()
        what, entered = self._done.pop(back)
        self.counts[what] -= 1
        if entered:
            again = self._replace(back, self.body(back), entered)
            self.waiting[back] = self.record.index.entry(again) or self.waiting[back]
        return back

    def finish(self) -> int:
        """Destroy the bodies of rejected candidates, those of earlier reviews that were cut short included, and say of how many.

        Until then a rejection can be undone. Where the key may not withdraw what another entered, it stays, withheld.
        """
        rejected = [
            entry
            for entry in self.record.index.entries("statement", current=True)
            if isinstance(entry.body, Statement) and entry.body.status == "rejected"
        ]
        versions = [e.hash for entry in rejected for e in self.record.index.history(entry.about) if not e.withdrawn_by]
        with contextlib.suppress(RecordError):
            self.record.withdraw_all(versions, "rejected in review") if versions else ()
            return len(rejected)
        return 0

    def _checked(self, at: int, body: Statement) -> Statement:
        """Mark what of the speakers the text does not print."""
        text = self.text(at)
        return speakers_checked(body, text) if text is not None else body

    def _enter(self, at: int, body: Statement, what: str) -> None:
        same = body == self.body(at)  # decided so before: nothing to enter
        self._remember(at, "skipped" if same else what, "" if same else self._replace(at, body, self.waiting[at].hash))

    def _remember(self, at: int, what: str, entered: str) -> None:
        self._done[at] = (what, entered)
        self._order.append(at)
        self.counts[what] = self.counts.get(what, 0) + 1

    def _replace(self, at: int, body: Statement, replaced: str) -> str:
        """Enter a body in the place of an entry and give the hash of the new one; as public as its source, once it is confirmed."""
        envelope = self.waiting[at].envelope
        source = self.record.index.current(body.source)
        visibility = "withheld" if source is None or body.status != "confirmed" else "public"
        draft = Draft(body, about=envelope.about, replaces=replaced, cites=envelope.cites, visibility=visibility)
        return self.record.append(draft)[0].entry
