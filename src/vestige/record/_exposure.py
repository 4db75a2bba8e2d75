"""What may not be told of a sensitive site: its exact place, in any body or preserved text, in any notation."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any

import msgspec

from vestige.archive import Store
from vestige.coordinates import Betrayal, Protected, unread_links
from vestige.entries import Body, Draft, Opening, Policy, Site, Withdrawal, files_of, kind_of, links_of
from vestige.record._errors import RecordError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vestige.ledger import Checkpoint
    from vestige.record._entry import Entry
    from vestige.record._signing import SignedEntry
    from vestige.record.index._index import Index

_NAMING = re.compile(r"(?:[a-z]{1,20}:[a-z2-7]{16}|[0-9a-f]{64})\Z")
"""An id or a hash, which tells no place."""
_SHORT_TEXT = 20_000
"""Characters of a field in which one half of a place is looked for while another field holds the other."""
_LONGEST_TEXT = 1 << 25
"""Bytes of a preserved file that are looked through."""
_SAME_DEGREES = 0.0005
"""A point of a statement within so much of a site, some 50 m, is the site's."""
TextOf = Callable[[bytes], str]
"""Gives the text that a packed document shows and its bytes do not; empty where there is none."""
_FREEING = (Withdrawal, Opening, Policy)
"""After these a place may be free to tell, or may be told otherwise."""


class Exposure(msgspec.Struct, frozen=True):
    """Where an entry tells the exact place of a sensitive site: the field, and the words in it."""

    site: str
    field: str
    words: str
    unread: bool = False
    """Whether the words are a short link to a map, of which only its host knows where it leads."""


class ExactPlaces:
    """The exact places that an open record must not tell, remembered from one append to the next.

    Reading them asks the index to follow the ledger, which costs more than an append. So they are read once, grow by what this process enters, and are
    read again where they may have changed otherwise: by another writer, a withdrawal, an opening or a policy.
    """

    def __init__(self) -> None:
        self._known: tuple[Checkpoint, Protected] | None = None

    def at(self, checkpoint: "Checkpoint", policy: Policy, index: Callable[[], "Index"]) -> Protected:
        """Give the places to protect at a checkpoint, from the index only where they are not remembered."""
        if self._known is None or self._known[0] != checkpoint:
            self._known = checkpoint, protected_places(index(), policy)
        return self._known[1]

    def follow(self, before: "Checkpoint", after: "Checkpoint", entered: "Sequence[SignedEntry]") -> None:
        """Take in what was entered between two checkpoints by this process alone; forget all where that may have freed a place."""
        known, self._known = self._known, None
        if known is None or known[0] != before or any(isinstance(entry.body, _FREEING) for entry in entered):
            return
        known[1].add(
            (entry.envelope.about, place.latitude, place.longitude)
            for entry in entered
            if isinstance(entry.body, Site)
            and entry.envelope.visibility == "withheld"
            and (place := entry.body.location) is not None
        )
        self._known = after, known[1]


def protected_places(index: "Index", policy: Policy) -> Protected:
    """Give the exact places that must not be told: those of the sensitive and withheld sites of the record."""
    return Protected(index.sensitive_places(), policy.sensitive_cell_degrees)


def coming_places(drafts: Iterable[Draft], policy: Policy) -> Protected:
    """Give the exact places that drafts on their way bring and that must not be told either."""
    coming = [
        (draft.about or "this site", place.latitude, place.longitude)
        for draft in drafts
        if isinstance(draft.body, Site)
        and (draft.body.sensitivity != "open" or draft.visibility == "withheld")
        and (place := draft.body.location) is not None
        and place.cell_degrees is None
    ]
    return Protected(coming, policy.sensitive_cell_degrees)


def require_unexposed(body: Body, protected: Protected, files: Store, *, opening: bool = False) -> None:
    """Raise RecordError when a public body, or the text of a file that it holds, would tell the exact place of a sensitive site."""
    found = exposure_of(body, protected, files, opening=opening)
    if found is not None:
        raise exposed(found, "leave it withheld" if opening else "leave it out, or enter it with --withheld")


def exposed(found: Exposure, hint: str) -> RecordError:
    """Give the error of what would tell the exact place of a sensitive site."""
    return RecordError(f"{told_of(found)}: {found.site}", where=found.field, hint=hint)


def told_of(found: Exposure) -> str:
    """Say in a few words what an exposure is."""
    if found.unread:
        return f"{found.words[:80]!r} is a short link to a map, which nothing but its host can follow, in a text about a sensitive site"
    return f"{found.words[:80]!r} tells where a sensitive site lies"


def exposure_of(
    body: Body, protected: Protected, files: Store, *, opening: bool = False, text_of: TextOf | None = None
) -> Exposure | None:
    """Give the first field of a body, or of the texts that it holds, that tells the exact place of a sensitive site.

    Only public files are looked through and, where the body is about to be opened, those that become public with it. ``text_of`` reads
    packed documents: the record itself knows none, so whoever does hands it in.
    """
    if not protected:
        return None
    about = _sensitive_among(body, protected)
    return _in_fields(body, protected, about) or _in_files(
        body, protected, about, (_data_of(files, name, opening=opening) for name in files_of(body)), text_of
    )


def _in_fields(body: Body, protected: Protected, about: str | None) -> Exposure | None:
    kind, fields = kind_of(body), msgspec.to_builtins(body)
    texts = [(field, text) for field, text in _texts(fields, kind) if not _NAMING.fullmatch(text)]
    for field, text in texts:
        if betrayal := protected.betrayed_by(text):
            return Exposure(betrayal.place, field, betrayal.words)
        if about and (link := next(unread_links(text), None)):
            return Exposure(about, field, link, unread=True)
    if across := protected.betrayed_across((field, text) for field, text in texts if len(text) <= _SHORT_TEXT):
        return Exposure(across[1].place, across[0], across[1].words)
    for field, latitude, longitude in () if isinstance(body, Site) else _points(fields, kind):
        if site := protected.at(latitude, longitude, _SAME_DEGREES):
            return Exposure(site, field, f"{latitude}, {longitude}")
    return None


def _in_files(
    body: Body, protected: Protected, about: str | None, files: Iterable[bytes], text_of: TextOf | None
) -> Exposure | None:
    field = f"{kind_of(body)}.file"
    for data in files:
        if betrayal := betrayal_of(data, protected, text_of):
            return Exposure(betrayal.place, field, betrayal.words)
        if about and (link := next(unread_links(_plain(data)), None)):
            return Exposure(about, field, link, unread=True)
    return None


def _sensitive_among(body: Body, protected: Protected) -> str | None:
    """Give the first protected site that a body is about: itself, or one that it links to."""
    if isinstance(body, Site):
        return "this site" if body.sensitivity != "open" else None
    return next((one for one in links_of(body) if one in protected.names), None)


def betrayal_of(data: bytes, protected: Protected, text_of: TextOf | None = None) -> Betrayal | None:
    """Give the first place that a file's bytes tell: as text, and as what ``text_of`` reads in them."""
    return protected.betrayed_by(_plain(data)) or (protected.betrayed_by(text_of(data)) if text_of and data else None)


def _plain(data: bytes) -> str:
    """Give what reads as text of bytes as they are; nothing of what is no text, such as a picture or a packed document."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    return "" if b"\0" in data[:4096] else data.decode("utf-8", "replace")


def exposures(
    index: "Index",
    policy: Policy,
    files: Store,
    *,
    after: int = -1,
    protected: Protected | None = None,
    text_of: TextOf | None = None,
) -> Iterator[tuple["Entry", Exposure]]:
    """Give every public entry after a position, in any version that was not withdrawn, that tells the exact place of a sensitive site, or of those given."""
    protected = protected or protected_places(index, policy)
    if not protected:
        return
    for entry in index.entries(after=after):
        if entry.body is not None and (entry.envelope.visibility == "public" or entry.opened):
            found = exposure_of(entry.body, protected, files, text_of=text_of)
            if found is not None:
                yield entry, found


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give the texts of a body with the names of their fields."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield from _texts(part, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _texts(part, f"{path}[{number}]")


def _points(value: Any, path: str) -> Iterator[tuple[str, float, float]]:
    if isinstance(value, dict):
        latitude, longitude = value.get("latitude"), value.get("longitude")
        if isinstance(latitude, float) and isinstance(longitude, float):
            yield path, latitude, longitude
        for name, part in value.items():
            yield from _points(part, f"{path}.{name}")
    elif isinstance(value, list | tuple):
        for number, part in enumerate(value):
            yield from _points(part, f"{path}[{number}]")


def _data_of(files: Store, name: str, *, opening: bool) -> bytes:
    """Give the bytes of a public file, or nothing of one that is too long; where a picture was taken, `vestige.positions` looks for."""
    withheld = opening and not files.exists(name)
    if not files.exists(name, withheld=withheld) or files.size(name, withheld=withheld) > _LONGEST_TEXT:
        return b""
    with files.open(name, withheld=withheld) as file:
        return file.read()
