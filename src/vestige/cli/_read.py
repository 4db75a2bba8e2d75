"""``vestige read``: who said what about which place, from files, pages and the sources of a record."""

from pathlib import Path
from typing import Any

import msgspec
from rich.table import Table

from vestige.capture import Document, open_document, take_in
from vestige.cli._console import TextConsole, err, fail, out, print_json, progress
from vestige.errors import InputError, VestigeError
from vestige.keeping.candidates import (
    SourceRead,
    encoding_doubts,
    enter_candidates,
    located,
    read_document,
    reading_context,
    unread_sources,
)
from vestige.keeping.finding import find_source, title_of
from vestige.reading import PageReading, Place, Reading, unread
from vestige.record import Record

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
                document, page = _open(source)
            except VestigeError as error:
                failed += 1
                fail(str(error))
                continue
            found.append(_as_data(source, document, page))
            if not json:
                _print(source, document, page)
    if json:
        print_json(found)
    return 2 if failed else 0


def _open(source: str) -> tuple[Document, PageReading]:
    """Take in one file or address and read it."""
    captured = take_in(source)
    document = open_document(captured.data, captured.media_type, where=source)
    return document, read_document(document, where=source)


def _as_data(name: str, document: Document, page: PageReading) -> dict[str, Any]:
    """Give all that was found, with the words beside the offsets."""
    reading, text = page.reading, page.text
    data: dict[str, Any] = msgspec.to_builtins(reading)
    for statement, row in zip(reading.statements, data["statements"], strict=True):
        row["content_text"] = [text[first:last] for first, last in statement.content]
        row["speaker_text"] = text[slice(*statement.speaker)] if statement.speaker else None
        row["cue_text"] = text[slice(*statement.cue)] if statement.cue else None
        row["about_text"] = _places(reading, statement.about, text)
        row["locator"] = located(statement, document)
        row["posted_text"] = text[slice(*statement.posted)] if statement.posted else None
    for possible, row in zip(reading.possible, data["possible"], strict=True):
        row["sentence_text"] = text[slice(*possible.sentence)]
    printed = {field: msgspec.to_builtins(getattr(page, field)) for field in ("title", "author", "date")}
    printed |= {"form": document.form, "address": document.address, "captured": document.captured}
    return {
        "source": name,
        "encoding": _encoding(document),
        "remarks": document.remarks,
        **printed,
        "body_by": page.body_by or "line scores",
        **data,
    }


def _encoding(document: Document) -> dict[str, Any] | None:
    """Give how the letters were known; nothing for forms that say it themselves."""
    decoded = document.decoded
    if decoded is None:
        return None
    return {"name": decoded.encoding, "known_by": decoded.ground, "bytes_not_valid": decoded.replaced}


def _places(reading: Reading, about: tuple[int, ...], text: str) -> list[str]:
    """Give the places of a statement by name and country."""
    return [_place(reading.places[index], text) for index in about]


def _place(place: Place, text: str) -> str:
    """Give the printed name of a place, its country, and how many others it may be."""
    name = " ".join(text[place.span.start : place.span.end].split())
    if not place.candidates:
        return name
    others = f" +{len(place.candidates) - 1}" if len(place.candidates) > 1 else ""
    country = place.candidates[0].country
    return f"{name} ({country}{others})" if country or others else name


def _print(name: str, document: Document, page: PageReading) -> None:
    """Print one reading as a table, and what may have been missed."""
    reading, text = page.reading, page.text
    count = len(reading.statements)
    out.print(f"{name}: language {reading.language}, {count} statement{'' if count == 1 else 's'}")
    if document.decoded and (encoding := encoding_doubts(document.decoded)):
        out.print(f"  encoding: {encoding}")
    for remark in filter(None, (unread(reading.language), *document.remarks)):
        out.print(f"  {remark}")
    if document.address:
        out.print(f"  captured: {document.address}" + (f" at {document.captured}" if document.captured else ""))
    for label, printed in (("title", page.title), ("author", page.author), ("date", page.date)):
        if printed:
            out.print(f"  {label}: {printed.value} (from {printed.found_in}; not checked)")
    table = Table(show_lines=True, expand=True)
    for column, ratio in (("speaker", 2), ("role", 2), ("manner", 2), ("what was said", 6), ("places", 2)):
        table.add_column(column, ratio=ratio, overflow="fold")
    for one in reading.statements:
        where = located(one, document)
        said = " … ".join(" ".join(text[first:last].split()) for first, last in one.content)
        cue = " ".join(text[slice(*one.cue)].split()) if one.cue else "no tag: speaker inferred"
        speaker = one.name or (" ".join(text[slice(*one.speaker)].split()) if one.speaker else "not named")
        via = f"\nvia {', '.join(one.reported_via)}" if one.reported_via else ""
        role = "\n".join(part for part in (one.role, one.organisation) if part)
        table.add_row(
            f"{speaker}{via}",
            role,
            f"{one.manner}\n({cue})",
            f"{said}\n{where}" if where else said,
            "\n".join(_places(reading, one.about, text)),
        )
    if count:
        (out if out.is_terminal else TextConsole(width=PIPED_WIDTH, highlight=False, markup=False)).print(table)
    for possible in reading.possible:
        out.print(f"  possible statement: {' '.join(text[slice(*possible.sentence)].split())}")


def _read_record(folder: Path, sources: tuple[str, ...], key: Path | None, *, json: bool) -> int:
    """Read sources of a record and enter what is found as candidates."""
    done: list[SourceRead] = []
    failed = 0
    with Record.open(folder, key=key, withheld=True) as opened:
        opened.signing_key()
        entries = [find_source(opened, source) for source in sources] or unread_sources(opened)
        context = reading_context(opened)
        with progress() as bar:
            for entry in bar.track(entries, description="reading"):
                try:
                    done.append(enter_candidates(opened, entry, context))
                except VestigeError as error:
                    failed += 1
                    err.print(f"vestige: {entry.about}: {error}")
                    done.append(SourceRead(entry.about, title_of(entry), 0, 0, "", skipped=str(error)))
    if json:
        print_json([row._asdict() for row in done])
    else:
        for row in done:
            if row.skipped is not None:  # said where it was met
                continue
            if not row.text:
                out.print(f"{row.title}: holds no text, nothing to read")
                continue
            out.print(
                f"{row.title}: {row.candidates} candidates"
                + (f", {row.possible} possible" if row.possible else "")
                + (f"; {row.unread}" if row.unread else "")
                + (f"; {row.too_long} longer than an entry may be, left out: vestige state" if row.too_long else "")
                + (f"; read as {row.encoding}" if row.encoding else "")
            )
        read = sum(row.text and row.skipped is None for row in done)
        total = sum(row.candidates for row in done)
        out.print(
            f"{read} source{'' if read == 1 else 's'} read, {total} candidates entered; confirm them with: vestige review"
            + (f"; {failed} skipped" if failed else "")
        )
    return 2 if failed else 0
