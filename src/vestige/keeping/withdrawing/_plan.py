"""What a withdrawal would end, found before anything is: by id a thing with all its versions and companions, by hash one entry."""

import re
from collections.abc import Iterator

import msgspec

from vestige.errors import InputError, an
from vestige.keeping.finding import find_entry
from vestige.record import Entry, Record, files_of

_HASH = re.compile(r"[0-9a-f]{8,64}")
_STAYS = frozenset({"policy", "withdrawal", "opening"})


class Ending(msgspec.Struct, frozen=True, kw_only=True):
    """What would go: ``entries`` of the thing that was named, ``dependants`` that rest on it, and the preserved ``files`` that nothing else needs.

    ``others`` are the versions of the thing that stay when one was named by its hash; ``kept`` are preserved files that stay, each with the first
    other entry that needs it.
    """

    about: str
    entries: tuple[Entry, ...]
    dependants: tuple[Entry, ...] = ()
    others: tuple[Entry, ...] = ()
    files: tuple[str, ...] = ()
    kept: tuple[tuple[str, Entry], ...] = ()

    @property
    def all(self) -> tuple[Entry, ...]:
        """Everything that would go."""
        return (*self.entries, *self.dependants)

    @property
    def public_since(self) -> str | None:
        """When the first of it was entered as public: from then on somebody may hold a copy. None when all of it was withheld."""
        return min((e.envelope.made for e in self.all if e.envelope.visibility == "public"), default=None)


def plan_withdrawal(record: Record, text: str) -> Ending:
    """Say what withdrawing a thing, or the one entry that a hash means, would end. Raises InputError when there is nothing to end."""
    named = find_entry(record, text, ended=True)
    left = _versions(record, named.about)
    if _HASH.fullmatch(text.strip()):
        entries = [named]
        others = [entry for entry in left if entry.hash != named.hash and named.hash not in entry.envelope.cites]
    else:
        entries, others = left, []
    if not entries or any(entry.withdrawn_by or entry.kind in _STAYS for entry in entries):
        raise InputError(
            f"expected what can be withdrawn, got {an(named.kind)} that cannot, or was withdrawn already", where=text
        )
    # What rests on a thing keeps its ground while another version stands; earlier ones do not stand again when the newest goes.
    dependants = () if any(entry.stands for entry in others) else _resting(record, named.about)
    going = (*entries, *dependants)
    return Ending(
        about=named.about,
        entries=tuple(entries),
        dependants=dependants,
        others=tuple(others),
        files=files_needed_by(record, going),
        kept=files_kept(record, going),
    )


def _versions(record: Record, about: str) -> list[Entry]:
    return [entry for entry in record.index.history(about) if entry.withdrawn_by is None]


def _resting(record: Record, about: str) -> tuple[Entry, ...]:
    """Give, with all their versions, the things that rest on one, those that rest on them, and so on."""
    found: dict[str, list[Entry]] = {about: []}
    waiting = [about]
    while waiting:
        for entry in record.index.resting_on(waiting.pop()):
            if entry.about not in found:
                found[entry.about] = _versions(record, entry.about)
                waiting.append(entry.about)
    return tuple(entry for versions in found.values() for entry in versions)


def files_needed_by(record: Record, ending: tuple[Entry, ...]) -> tuple[str, ...]:
    """Give the preserved files of entries that no entry needs but these."""
    return tuple(name for name, user in _files(record, ending) if user is None)


def files_kept(record: Record, ending: tuple[Entry, ...]) -> tuple[tuple[str, Entry], ...]:
    """Give the preserved files of entries that another entry needs too, with the first that does."""
    return tuple((name, user) for name, user in _files(record, ending) if user is not None)


def _files(record: Record, ending: tuple[Entry, ...]) -> Iterator[tuple[str, Entry | None]]:
    going = {entry.hash for entry in ending}
    for name in dict.fromkeys(name for entry in ending if entry.body for name in files_of(entry.body)):
        yield name, next((user for user in record.index.file_users(name) if user.hash not in going), None)
