"""``vestige read``: who said what about which place, from files, pages and the sources of a record."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from vestige.cli._console import TextConsole, err, fail, out, print_json, progress
from vestige.errors import VestigeError

if TYPE_CHECKING:
    from vestige.capture import Decoded
    from vestige.reading import Context, PageReading, Place, Reading
    from vestige.record import Entry, Record

PIPED_WIDTH = 140
"""Columns of a table that is written to a file or another program."""


def read(*sources: str, record: Path | None = None, key: Path | None = None, json: bool = False) -> int:
    """Read news texts and pages: statements with speaker, role, manner and places, each for a person to check.

    With --record every preserved source of the record that was not read yet is read, and what is found is entered as candidates;
    confirm them with: vestige review. Files and addresses given beside it are looked up among its sources by name, title or id.

    Example: vestige read article.txt page.html https://www.example.org/news/1

    Parameters
    ----------
    sources
        Files in plain text or HTML, or addresses that begin with http.
    record
        The folder of a record whose sources are read.
    key
        The private key to sign with.
    json
        Print everything that was found as JSON.
    """
    from vestige.errors import InputError

    if record is not None:
        return _read_record(record, sources, key, json=json)
    if not sources:
        raise InputError(
            "expected a file or an address, got none", hint="vestige read article.txt, or vestige read --record FOLDER"
        )
    found: list[dict[str, Any]] = []
    failed = 0
    with progress() as bar:
        for source in bar.track(sources, description="reading"):
            try:
                decoded, page = _open(source)
            except VestigeError as error:
                failed += 1
                fail(str(error))
                continue
            found.append(_as_data(source, decoded, page))
            if not json:
                _print(source, decoded, page)
    if json:
        print_json(found)
    return 2 if failed else 0


def _open(source: str) -> tuple["Decoded", "PageReading"]:
    """Take in one file or address and read it."""
    from vestige.capture import decode, take_in

    captured = take_in(source)
    decoded = decode(captured.data, captured.media_type, where=source)
    return decoded, _page(decoded.text, captured.media_type, where=source)


def _page(text: str, media_type: str, context: "Context | None" = None, *, where: str) -> "PageReading":
    """Read a text, or the text of a page."""
    from vestige.errors import InputError
    from vestige.reading import PageReading, ReadingError, read, read_page

    if not text.strip():
        raise InputError("expected a text, got an empty file", where=where)
    if "html" in media_type or text[:2000].lstrip().lower().startswith(("<!doctype html", "<html")):
        try:
            return read_page(text, context=context)
        except ReadingError as error:
            raise ReadingError(error.message, where=where, hint=error.hint) from error
    return PageReading(text=text, reading=read(text, context=context))


def _as_data(name: str, decoded: "Decoded", page: "PageReading") -> dict[str, Any]:
    """Give all that was found, with the words beside the offsets."""
    import msgspec

    reading, text = page.reading, page.text
    data: dict[str, Any] = msgspec.to_builtins(reading)
    for statement, row in zip(reading.statements, data["statements"], strict=True):
        row["content_text"] = [text[first:last] for first, last in statement.content]
        row["speaker_text"] = text[slice(*statement.speaker)] if statement.speaker else None
        row["cue_text"] = text[slice(*statement.cue)] if statement.cue else None
        row["about_text"] = _places(reading, statement.about, text)
    for possible, row in zip(reading.possible, data["possible"], strict=True):
        row["sentence_text"] = text[slice(*possible.sentence)]
    printed = {field: msgspec.to_builtins(getattr(page, field)) for field in ("title", "author", "date")}
    encoding = {"name": decoded.encoding, "known_by": decoded.ground, "bytes_not_valid": decoded.replaced}
    return {"source": name, "encoding": encoding, **printed, "body_by": page.body_by or "line scores", **data}


def _places(reading: "Reading", about: tuple[int, ...], text: str) -> list[str]:
    """Give the places of a statement by name and country."""
    return [_place(reading.places[index], text) for index in about]


def _place(place: "Place", text: str) -> str:
    """Give the printed name of a place, its country, and how many others it may be."""
    name = " ".join(text[place.span.start : place.span.end].split())
    if not place.candidates:
        return name
    others = f" +{len(place.candidates) - 1}" if len(place.candidates) > 1 else ""
    country = place.candidates[0].country
    return f"{name} ({country}{others})" if country or others else name


def _encoding(decoded: "Decoded") -> str:
    """Say in which encoding a text was read where that is a guess, or did not fit all of it; else nothing."""
    doubts = ["guessed"] * (decoded.ground == "guessed")
    if decoded.replaced:
        doubts.append(f"{decoded.replaced} bytes are not valid in it")
    return f"{decoded.encoding} ({'; '.join(doubts)}; not checked)" if doubts else ""


def _print(name: str, decoded: "Decoded", page: "PageReading") -> None:
    """Print one reading as a table, and what may have been missed."""
    from rich.table import Table

    reading, text = page.reading, page.text
    count = len(reading.statements)
    out.print(f"{name}: language {reading.language}, {count} statement{'' if count == 1 else 's'}")
    if encoding := _encoding(decoded):
        out.print(f"  encoding: {encoding}")
    for label, printed in (("title", page.title), ("author", page.author), ("date", page.date)):
        if printed:
            out.print(f"  {label}: {printed.value} (from {printed.found_in}; not checked)")
    table = Table(show_lines=True, expand=True)
    for column, ratio in (("speaker", 2), ("role", 2), ("manner", 2), ("what was said", 6), ("places", 2)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for one in reading.statements:
        said = " … ".join(" ".join(text[first:last].split()) for first, last in one.content)
        cue = " ".join(text[slice(*one.cue)].split()) if one.cue else "no tag: speaker inferred"
        speaker = one.name or (" ".join(text[slice(*one.speaker)].split()) if one.speaker else "not named")
        via = f"\nvia {', '.join(one.reported_via)}" if one.reported_via else ""
        role = "\n".join(part for part in (one.role, one.organisation) if part)
        table.add_row(
            f"{speaker}{via}", role, f"{one.manner}\n({cue})", said, "\n".join(_places(reading, one.about, text))
        )
    if count:
        (out if out.is_terminal else TextConsole(width=PIPED_WIDTH, highlight=False, markup=False)).print(table)
    for possible in reading.possible:
        out.print(f"  possible statement: {' '.join(text[slice(*possible.sentence)].split())}")


def _read_record(folder: Path, sources: tuple[str, ...], key: Path | None, *, json: bool) -> int:
    """Read sources of a record and enter what is found as candidates."""
    from vestige.cli._lookup import find_source
    from vestige.record import Record

    done: list[dict[str, Any]] = []
    failed = 0
    with Record.open(folder, key=key, withheld=True) as opened:
        opened.signing_key()
        entries = [find_source(opened, source) for source in sources] or _unread(opened)
        context = _context(opened)
        with progress() as bar:
            for entry in bar.track(entries, description="reading"):
                try:
                    done.append(_enter(opened, entry, context))
                except VestigeError as error:
                    failed += 1
                    err.print(f"vestige: {entry.about}: {error}")
    if json:
        print_json(done)
    else:
        for row in done:
            out.print(
                f"{row['title']}: {row['candidates']} candidates"
                + (f", {row['possible']} possible" if row["possible"] else "")
                + (f"; read as {row['encoding']}" if row["encoding"] else "")
            )
        total = sum(row["candidates"] for row in done)
        out.print(
            f"{len(done)} source{'' if len(done) == 1 else 's'} read, {total} candidates entered; confirm them with: vestige review"
        )
    return 2 if failed else 0


def _unread(record: "Record") -> list["Entry"]:
    """Give the preserved sources that no reader has entered statements from, nor looked for some in vain."""
    from vestige.cli._sources_read import read_in_vain
    from vestige.entries import Source, Statement

    found, in_vain = [], read_in_vain()
    for entry in record.index.entries("source", current=True):
        if (
            isinstance(entry.body, Source)
            and entry.body.file
            and entry.body.form == "copy"
            and entry.hash not in in_vain
        ):
            bodies = [other.body for other in record.index.of_source(entry.about)]
            if not any(isinstance(body, Statement) and body.reader for body in bodies):
                found.append(entry)
    return found


def _context(record: "Record") -> "Context":
    """Tell the reading which sites the record knows and which countries it is about."""
    from collections import Counter

    from vestige.entries import Site
    from vestige.reading import Candidate, Context

    sites: list[Candidate] = []
    countries: Counter[str] = Counter()
    for entry in record.index.entries("site", current=True):
        body = entry.body if entry.envelope.visibility == "public" else None  # the keeper's view holds exact places too
        if isinstance(body, Site) and body.location:
            countries.update(body.countries)
            country = body.countries[0] if body.countries else ""
            point = body.location
            sites += [
                Candidate(
                    id=entry.about,
                    name=name.text,
                    lat=point.latitude,
                    lon=point.longitude,
                    country=country,
                    kind="site",
                )
                for name in body.names
            ]
    return Context(sites=tuple(sites), countries=tuple(country for country, _ in countries.most_common(5)))


def _enter(record: "Record", entry: "Entry", context: "Context") -> dict[str, Any]:
    """Read one source and enter its candidates; the text of a page is preserved beside the page."""
    from vestige.capture import decode
    from vestige.cli._sources_read import remember_read_in_vain
    from vestige.entries import Draft, Source
    from vestige.reading import candidates

    source = entry.body
    assert isinstance(source, Source)  # noqa: S101 - the callers give sources
    assert source.file is not None  # noqa: S101 - with a file
    withheld = entry.envelope.visibility == "withheld"
    data = record.files.read(source.file)
    decoded = decode(data, source.media_type or "", where=source.title)
    page = _page(decoded.text, source.media_type or "", context, where=source.title)
    encoded = page.text.encode("utf-8", "surrogatepass")
    file = source.file if encoded == data else record.add_file(encoded, withheld=withheld)
    bodies = candidates(page.reading, page.text, source=entry.about, file=file)
    drafts = [Draft(body, cites=(entry.hash,), visibility=entry.envelope.visibility) for body in bodies]
    if drafts:
        record.append(*drafts)
    else:
        remember_read_in_vain(entry.hash)
    return {
        "source": entry.about,
        "title": source.title,
        "candidates": len(drafts),
        "possible": len(page.reading.possible),
        "encoding": _encoding(decoded),
    }
