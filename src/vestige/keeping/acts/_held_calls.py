"""The calls of a record as a stranger finds them: entries, tallies, draws and audits of each, and the files that they name."""

import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from vestige.archive import ArchiveError
from vestige.calling import Audited, Step
from vestige.entries.acts import Audit, Call, Draw, Tally
from vestige.errors import InputError
from vestige.publishing import PublishedEntry, PublishedRecord, is_site
from vestige.record import Record, RecordReader

_KINDS = ("call", "endorsement", "tally", "draw", "audit")


class DrawMade(NamedTuple):
    """A draw as its envelope alone tells of it, be it opened or not: its entry, what it cites, and its place in the ledger."""

    entry: str
    cites: tuple[str, ...]
    at: int


class HeldCalls:
    """Entries of calls in the order of the ledger, their draws, and a reader of preserved files."""

    def __init__(
        self, entries: list[PublishedEntry], draws: list[DrawMade], files: PublishedRecord | RecordReader
    ) -> None:
        self.entries, self.draws, self._files = entries, draws, files
        replaced = {entry.replaces for entry in entries}
        self.current = [entry for entry in entries if entry.hash not in replaced]

    def file(self, name: str) -> bytes | None:
        """Give the bytes of a preserved file, or None where it is not there."""
        if isinstance(self._files, PublishedRecord):
            return self._files.file(name)
        try:
            with self._files.files.open(name, withheld=not self._files.files.exists(name)) as file:
                return file.read()
        except ArchiveError:
            return None

    def calls(self, wanted: str | None) -> list[tuple[PublishedEntry, Call]]:
        """Give each call, or the one with an id; raises InputError when there is none."""
        found = [
            (entry, entry.body)
            for entry in self.current
            if isinstance(entry.body, Call) and wanted in {None, entry.about}
        ]
        if not found:
            raise InputError("expected a call of this record, got none", where=wanted or "call")
        return found

    def steps(self, call: str) -> list[Step]:
        """Give the tallies of a call."""
        return [
            Step(entry.hash, entry.body, entry.at)
            for entry in self.current
            if isinstance(entry.body, Tally) and entry.body.call == call
        ]

    def draw(self, name: str) -> PublishedEntry | None:
        """Give the entry of an opened draw by its hash, or None."""
        return next((entry for entry in self.entries if entry.hash == name and isinstance(entry.body, Draw)), None)

    def audits(self, call: str) -> list[Audited]:
        """Give the audits of a call, each with its draw where that is opened."""
        found = []
        for entry in self.current:
            if isinstance(entry.body, Audit) and entry.body.call == call:
                drawn = self.draw(entry.body.draw)
                draw = drawn.body if drawn and isinstance(drawn.body, Draw) else None
                found.append(Audited(entry.hash, entry.body, draw, drawn.at if drawn else None))
        return found

    def unaudited(self, call: str) -> int:
        """Give how many draws of a call no audit rests on: whoever commits to several could choose among them."""
        versions = {entry.hash for entry in self.entries if entry.about == call}
        audited = {audit.audit.draw for audit in self.audits(call)}
        return sum(bool(versions & set(draw.cites)) and draw.entry not in audited for draw in self.draws)


@contextlib.contextmanager
def held_calls(place: str) -> Iterator[HeldCalls]:
    """Open the calls of a published record (a folder or an address), or of a record on disk as it would publish them.

    Raises NotASiteError or RecordError when there is no record.
    """
    if is_site(place):
        site = PublishedRecord(place)
        draws = [DrawMade(name, envelope.cites, index) for index, name, envelope in site.envelopes({"draw"})]
        yield HeldCalls(list(site.entries(_KINDS)), draws, site)
        return
    with Record.open(Path(place)) as record:
        found = sorted((one for kind in _KINDS for one in record.index.entries(kind)), key=lambda one: one.index)
        entries = [
            PublishedEntry(one.hash, one.about, one.envelope.replaces, one.envelope.cites, one.body, one.index)
            for one in found
            if one.body is not None
        ]
        draws = [DrawMade(one.hash, one.envelope.cites, one.index) for one in found if one.envelope.kind == "draw"]
        yield HeldCalls(entries, draws, record)
