"""What a person types for a thing of a record, to its entry: an id, a hash, a name, a file name, an address, ``SCHEME:VALUE``.

When several things fit, they are listed and none is taken.
"""

import re
from collections.abc import Iterable
from pathlib import Path

from vestige.entries import Name, Source
from vestige.errors import InputError, an
from vestige.keeping.finding._errors import SeveralFitError
from vestige.record import Entry, Record, fold

_ID = re.compile(r"[a-z]{1,20}:[a-z2-7]{16}")
_HASH = re.compile(r"[0-9a-f]{8,64}")
_SHOWN = 8


def record_folder(given: Path | None) -> Path:
    """Give the folder of the record: the one given, or the one that the current folder lies in.

    Raises InputError when there is none.
    """
    if given is not None:
        return given
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "vestige.json").is_file():
            return folder
    raise InputError(
        "expected a record here, got none", where=str(here), hint="go into its folder, or name it: --record FOLDER"
    )


def find_thing(record: Record, text: str, kind: str | None = None) -> Entry:
    """Give the standing entry of the one thing that a text means, of a kind or of any.

    Raises InputError where there is none or it is of another kind, SeveralFitError where several fit.
    """
    text = _text(text)
    for found in (
        _by_id(record, text),
        _by_hash(record, text),
        _by_identifier(record, text, kind),
        _by_file(record, text),
    ):
        if found:
            return _only(found, text, kind)
    named = [entry for entry in record.index.search(text, kind, limit=200) if kind or entry.kind != "policy"]
    found = _newest(record, named)
    exact = [entry for entry in found if _is_named(entry, text)]
    return _only(exact or found, text, kind)


def find_entry(record: Record, text: str, *, ended: bool = False) -> Entry:
    """Give the entry that a hash or its beginning means, be it ended or not; else the standing entry of the thing.

    ``ended`` takes an id whose thing has ended, too: its newest entry, one that was not withdrawn first. Raises InputError where there is none,
    SeveralFitError where several fit.
    """
    text = _text(text)
    found = _by_hash(record, text, ended=True)
    if not found and ended and _ID.fullmatch(text) and standing(record, text) is None:
        history = record.index.history(text)
        found = [entry for entry in history if entry.withdrawn_by is None][-1:] or history[-1:]
    return _only(found, text, None) if found else find_thing(record, text)


def find_site(record: Record, text: str) -> Entry:
    """Give the public entry of a site. Raises InputError as `find_thing` does."""
    return find_thing(record, text, "site")


def find_source(record: Record, text: str) -> Entry:
    """Give a source. Raises InputError as `find_thing` does."""
    return find_thing(record, text, "source")


def find_statement(record: Record, text: str) -> Entry:
    """Give a statement; words of it do. Raises InputError as `find_thing` does."""
    return find_thing(record, text, "statement")


def find_evidence(record: Record, text: str) -> Entry:
    """Give the entry that a judgement rests on: any by id or hash, else a source. Raises InputError as `find_thing` does."""
    text = text.strip()
    return find_entry(record, text) if _ID.fullmatch(text) or _HASH.fullmatch(text) else find_source(record, text)


def standing(record: Record, about: str) -> Entry | None:
    """Give the entry of a thing that stands: the public one, else the withheld one where the view shows it."""
    found = record.index.current(about)
    if found is None:
        kept = [entry for entry in record.index.history(about) if entry.stands and entry.body is not None]
        found = kept[-1] if kept else None
    return found


def title_of(entry: Entry) -> str:
    """Give what a reader calls it, or the hash where it has no name of its own."""
    names = entry.body.named() if entry.body else ()
    return names[0].text if names else entry.hash[:16]


def described(entry: Entry) -> str:
    """Give a line by which a person tells one thing from another."""
    return f"{entry.about} {title_of(entry)}"


def _text(text: str) -> str:
    """Give what was typed without the space around it. Raises InputError for bytes that are no text."""
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise InputError("expected text in UTF-8, got bytes that are none", where=ascii(text)) from error
    return text.strip()


def _by_id(record: Record, text: str) -> list[Entry]:
    if not _ID.fullmatch(text):
        return []
    found = standing(record, text)
    if found is None:
        raise InputError("expected a thing of this record whose entry stands", where=text)
    return [found]


def _by_hash(record: Record, text: str, *, ended: bool = False) -> list[Entry]:
    if not _HASH.fullmatch(text):
        return []
    if len(text) == 64:
        entry = record.index.entry(text)
        found = [entry] if entry else []
    else:
        found = [entry for entry in record.index.entries() if entry.hash.startswith(text)]
    return found if ended else [entry for entry in found if entry.stands] or _ended(found, text)


def _ended(found: list[Entry], text: str) -> list[Entry]:
    if found:
        raise InputError("expected an entry that stands, got one that was replaced or withdrawn", where=text)
    return []


def _by_identifier(record: Record, text: str, kind: str | None) -> list[Entry]:
    scheme, colon, value = text.partition(":")
    found = record.index.by_identifier(scheme, value) if colon else []
    return [entry for entry in _newest(record, found) if kind in (None, entry.kind)]


def _by_file(record: Record, text: str) -> list[Entry]:
    """Give the sources whose preserved file, or its SHA-256, or whose address is meant."""
    users = record.index.file_users(text) if len(text) == 64 and _HASH.fullmatch(text) else []
    found = users or record.index.search(text, "source", limit=200)
    bodies = [(entry, entry.body) for entry in found if entry.stands and isinstance(entry.body, Source)]
    return [entry for entry, body in bodies if text in {body.title, body.file_name, body.file, body.address}]


def _newest(record: Record, entries: Iterable[Entry]) -> list[Entry]:
    """Give each thing once, by its entry that stands."""
    return list({entry.about: standing(record, entry.about) or entry for entry in entries}.values())


def _is_named(entry: Entry, text: str) -> bool:
    names = entry.body.named() if entry.body else (Name(text="-"),)
    return any(fold(name.text) == fold(text) for name in names)


def _only(found: list[Entry], text: str, kind: str | None) -> Entry:
    wanted = [entry for entry in found if kind in (None, entry.kind)]
    what = kind or "thing"
    if len(wanted) == 1:
        return wanted[0]
    if wanted:
        shown = "; ".join(map(described, wanted[:_SHOWN])) + (" …" if len(wanted) > _SHOWN else "")
        raise SeveralFitError(f"expected one {what}, got {len(wanted)}: {shown}", where=text, hint="give the id")
    if found:
        raise InputError(f"expected {an(what)}, got {an(found[0].kind)}", where=text)
    raise InputError(
        f"expected {an(what)} of this record, got none of that name or hash",
        where=text,
        hint="look for it: vestige search WORDS",
    )
