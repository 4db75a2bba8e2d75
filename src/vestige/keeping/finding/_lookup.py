"""What a person types for a record, a site, a source or an entry, to the thing itself."""

import re
from pathlib import Path

from vestige.entries import Name, Site, Source
from vestige.errors import InputError
from vestige.record import Entry, Record

_ID = re.compile(r"[a-z]{1,20}:[a-z2-7]{16}")
_HASH = re.compile(r"[0-9a-f]{8,64}")


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


def find_entry(record: Record, text: str) -> Entry:
    """Give the entry that a hash, the start of one (eight digits or more), or the id of a thing means.

    Raises InputError when there is none or several.
    """
    if _ID.fullmatch(text):
        entry = record.index.current(text)
        if entry is None:
            raise InputError("expected a thing of this record whose entry stands", where=text)
        return entry
    if not _HASH.fullmatch(text):
        raise InputError("expected the hash of an entry (eight digits or more of it) or an id", where=text)
    if len(text) == 64:
        entry = record.index.entry(text)
        found = [entry] if entry else []
    else:
        found = [entry for entry in record.index.entries() if entry.hash.startswith(text)]
    if len(found) != 1:
        raise InputError(f"expected one entry whose hash begins so, got {len(found)}", where=text)
    return found[0]


def find_site(record: Record, text: str) -> Entry:
    """Give the public entry of the site that an id, ``SCHEME:VALUE`` of another register (whc:946), a hash or a name means.

    Raises InputError with the sites that it could be.
    """
    return _find(record, text, "site")


def find_source(record: Record, text: str) -> Entry:
    """Give the source that an id, a hash, a title, a file name or the SHA-256 of its file means; raises InputError."""
    for entry in record.index.entries("source", current=True):
        body = entry.body
        if isinstance(body, Source) and text in {body.title, body.file_name, body.file, body.address}:
            return entry
    return _find(record, text, "source")


def find_statement(record: Record, text: str) -> Entry:
    """Give the statement that an id, a hash, or words of it mean; raises InputError."""
    return _find(record, text, "statement")


def find_evidence(record: Record, text: str) -> Entry:
    """Give the entry that an assessment rests on: a hash, an id, or the title of a source; raises InputError."""
    if _ID.fullmatch(text) or _HASH.fullmatch(text):
        return find_entry(record, text)
    return find_source(record, text)


def _find(record: Record, text: str, kind: str) -> Entry:
    text = text.strip()
    if _ID.fullmatch(text) or _HASH.fullmatch(text):
        entry = find_entry(record, text)
        if entry.kind != kind:
            raise InputError(f"expected a {kind}, got a {entry.kind}", where=text)
        return entry
    scheme, colon, value = text.partition(":")
    found = record.index.by_identifier(scheme, value) if colon and kind == "site" else []
    found = found or record.index.search(text, kind, limit=20)
    found = list({entry.about: record.index.current(entry.about) or entry for entry in found}.values())
    exact = [entry for entry in found if _is_named(entry, text)]
    found = exact if len(exact) == 1 else found
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError(f"expected a {kind} of this record, got none of that name", where=text)
    shown = "; ".join(f"{entry.about} {title_of(entry)}" for entry in found[:5])
    raise InputError(f"expected one {kind}, got {len(found)}: {shown}", where=text, hint="give the id")


def _is_named(entry: Entry, text: str) -> bool:
    names = entry.body.names if isinstance(entry.body, Site) else (Name(text=title_of(entry) or "-"),)
    return any(name.text.casefold() == text.casefold() for name in names)


def title_of(entry: Entry) -> str:
    """Give a short name of a site, a source or a statement."""
    body = entry.body
    if isinstance(body, Site):
        return body.names[0].text
    return getattr(body, "title", None) or getattr(body, "content", "")[:60]
