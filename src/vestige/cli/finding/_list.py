"""``vestige list`` and ``vestige search``: the things of a record, all or those that fit."""

import itertools

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, InRecord
from vestige.entries import KINDS
from vestige.errors import InputError
from vestige.keeping.finding import Row, found_rows, rows


def list_things(kind: str | None = None, *, limit: int = 100, withheld: bool = False, at: InRecord = READ) -> int:
    """List what stands in a record, in order of entry: sites, sources, statements and all other kinds.

    Example: vestige list site --limit 20

    Parameters
    ----------
    kind
        Only this kind: site, source, statement, assessment, actor ….
    limit
        At most so many; 0 lists all.
    withheld
        List what is withheld from the public, too.
    """
    _require_kind(kind)
    with at.read(withheld=withheld) as record:
        found = rows(record, kind)
        listed = list(itertools.islice(found, limit or None))
        more = next(found, None) is not None
    return _print(listed, json=at.json, more=more)


def search(*words: str, kind: str | None = None, limit: int = 20, withheld: bool = False, at: InRecord = READ) -> int:
    """Find things by words: names, addresses, countries, types, conditions, speakers, places; the beginning of a word does.

    Case, and marks of letters, do not matter: елкино finds Ёлкино, susa finds Şuşa.

    Example: vestige search old bridge --kind site

    Parameters
    ----------
    words
        What to look for; every word must begin a word of the thing.
    kind
        Only this kind: site, source, statement, assessment, actor ….
    limit
        At most so many.
    withheld
        Search what is withheld from the public, too.
    """
    _require_kind(kind)
    if not words:
        raise InputError("expected words to look for, got none", hint="vestige search old bridge")
    if limit < 1:
        raise InputError(f"expected a limit of 1 or more, got {limit}", where="--limit")
    with at.read(withheld=withheld) as record:
        found = found_rows(record, " ".join(words), kind, limit)
    return _print(found, json=at.json, more=False)


def _require_kind(kind: str | None) -> None:
    if kind is not None and kind not in KINDS:
        raise InputError(f"expected a kind among {', '.join(sorted(KINDS))}, got {kind!r}")


def _print(listed: list[Row], *, json: bool, more: bool) -> int:
    if json:
        print_json([row._asdict() for row in listed])
        return 0
    for row in listed:
        kept = "" if row.visibility == "public" else f"  ({row.visibility})"
        out.print(f"{row.about:<28} {row.title}{kept}")
    if more:
        out.print("… and more: --limit 0 lists all")
    elif not listed:
        out.print("nothing found")
    return 0
