"""What each thing puts into the data files: its rows, features and objects, ready to be joined.

A data file is a head, the pieces of all things in ledger order with a separator between, and a foot. Pieces are made once a thing, so that a
change costs what changed and a join, whatever the size of the record.
"""

import csv
import io
import struct
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from vestige.entries import Assessment, DateWindow
from vestige.publishing.kinds._site_linked_art import linked_art_object
from vestige.publishing.views import _partials as partials
from vestige.publishing.views import _views as views
from vestige.publishing.views._marks import CONDITIONS, FINDINGS

_json = msgspec.json.encode

CSV_COLUMNS = {
    "sites.csv": (
        "id", "name", "name_language", "other_names", "countries", "type", "latitude", "longitude", "cell_degrees", "sensitivity",
        "finding", "conditions", "window_first_day", "window_last_day", "assessments", "statements", "observations",
        "designations", "identifiers", "entered_from", "entry",
    ),
    "assessments.csv": (
        "id", "site", "assessor", "organisation", "window_first_day", "window_last_day", "condition", "original_scheme", "original_grade",
        "extent", "trend", "method", "cause_category", "cause_type", "cause_certainty", "effect_type", "effect_certainty", "entry",
    ),
    "findings.csv": ("site", "window_first_day", "window_last_day", "state", "condition", "assessors", "required", "assessments"),
    "statements.csv": (
        "id", "source", "speaker_name", "speaker_role", "speaker_organisation", "speaker_actor", "cue", "manner", "content", "language",
        "said_first_day", "said_last_day", "sites", "agrees_with", "disagrees_with", "status", "entry",
    ),
    "sources.csv": ("id", "title", "form", "publisher", "author", "published", "address", "language", "file_sha256", "media_type", "entry"),
}  # fmt: skip
"""The columns of each flat file, in order."""


def site_pieces(view: views.SiteView, line: partials.Summary, origin: str) -> dict[str, bytes]:
    """Give what a site and what was judged and observed of it put into the data files."""
    pieces = {
        "sites.csv": csv_rows([_site_row(line)]),
        "sites.geojson": _json(_feature(line)),
        "sites-index.json": _json(_index_row(line)),
        "sites.json": _json({"id": view.id, "entry": view.entry.hash, "body": view.body, "findings": view.findings}),
        "linked-art": _json(linked_art_object(view, line, origin)),
    }
    lists: dict[str, list[bytes]] = {
        "assessments.json": [_object(card) for card in view.assessments],
        "observations.json": [_object(card) for card in view.observations],
        "findings.json": [_json(finding) for finding in view.findings],
    }
    pieces |= {name: b",\n".join(items) for name, items in lists.items() if items}
    tables = {
        "assessments.csv": [row for card in view.assessments for row in _assessment_rows(card)],
        "findings.csv": [_finding_row(finding) for finding in view.findings],
    }
    return pieces | {name: csv_rows(rows) for name, rows in tables.items() if rows}


def statement_pieces(card: partials.StatementCard) -> dict[str, bytes]:
    """Give what a statement puts into the data files."""
    body, speaker = card.body, card.body.speaker
    said = _days(body.said)
    row = (
        card.id, body.source, speaker.name, speaker.role, speaker.organisation, speaker.actor, body.cue, body.manner, body.content,
        body.language, *said, " ".join(body.sites), " ".join(body.agrees_with), " ".join(body.disagrees_with), body.status, card.entry.hash,
    )  # fmt: skip
    return {"statements.csv": csv_rows([row]), "statements.json": _object(card)}


def source_pieces(card: partials.SourceCard) -> dict[str, bytes]:
    """Give what a source puts into the data files."""
    body = card.body
    row = (
        card.id, body.title, body.form, body.publisher, body.author, body.published, body.address, body.language, body.file,
        body.media_type, card.entry.hash,
    )  # fmt: skip
    return {"sources.csv": csv_rows([row]), "sources.json": _object(card)}


def plain_piece(name: str, card: Any) -> dict[str, bytes]:
    """Give what any other thing puts into the JSON file of its kind."""
    return {name: _object(card)}


def _object(card: Any) -> bytes:
    return _json(
        {"id": card.id, "entry": card.entry.hash, "index": card.entry.index, "made": card.entry.made, "body": card.body}
    )


def _site_row(line: partials.Summary) -> Sequence[Any]:
    first, *others = line.names
    place = line.location
    return (
        line.id, first.text, first.language, "; ".join(name.text for name in others), " ".join(line.countries), line.type,
        place.latitude if place else None, place.longitude if place else None, place.cell_degrees if place else None, line.sensitivity,
        line.finding, "; ".join(line.conditions), *_days(line.window), line.assessments, line.statements, line.observations,
        "; ".join(line.designations), "; ".join(f"{scheme}:{value}" for scheme, value in line.identifiers), line.register, line.entry,
    )  # fmt: skip


def _feature(line: partials.Summary) -> dict[str, Any]:
    """Give a GeoJSON feature (RFC 7946); a site without a place has a null geometry."""
    first, last = _days(line.window)
    place = line.location
    return {
        "type": "Feature",
        "id": line.id,
        "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]} if place else None,
        "properties": {
            "id": line.id,
            "name": line.names[0].text,
            "names": [{"text": name.text, "language": name.language} for name in line.names],
            "countries": line.countries,
            "type": line.type,
            "cell_degrees": place.cell_degrees if place else None,
            "sensitivity": line.sensitivity,
            "finding": line.finding,
            "conditions": line.conditions,
            "window_first_day": first,
            "window_last_day": last,
            "assessments": line.assessments,
            "statements": line.statements,
            "observations": line.observations,
            "entry": line.entry,
        },
    }


def _index_row(line: partials.Summary) -> list[Any]:
    place = line.location
    return [
        line.key,
        [[name.language or "", name.text] for name in line.names],
        line.type,
        line.countries,
        line.condition,
        line.finding,
        int(line.sensitivity != "open"),
        place.longitude if place else None,
        place.latitude if place else None,
        place.cell_degrees if place else None,
        *_days(line.window),
    ]


def _assessment_rows(card: partials.AssessmentCard) -> Iterable[Sequence[Any]]:
    """Give a row for each disturbance and effect; an assessment without any has one row."""
    body: Assessment = card.body
    original = (body.original.scheme, body.original.grade) if body.original else (None, None)
    head = (
        card.id, body.site, body.assessor.name, body.assessor.organisation, *_days(body.window), body.condition, *original, body.extent,
        body.trend, body.method,
    )  # fmt: skip
    if not body.disturbances:
        yield (*head, None, None, None, None, None, card.entry.hash)
    for item in body.disturbances:
        cause = (item.cause_category, item.cause_type, item.cause_certainty)
        for effect in item.effects or (None,):
            yield (*head, *cause, effect and effect.type, effect and effect.certainty, card.entry.hash)


def _finding_row(finding: Any) -> Sequence[Any]:
    assessments = [name for names in finding.conditions.values() for name in names]
    first, last = _days(finding.window)
    return (
        finding.site, first, last, finding.state, "; ".join(sorted(finding.conditions)), finding.assessors, finding.required,
        " ".join(assessments),
    )  # fmt: skip


def _days(window: DateWindow | None) -> tuple[str | None, str | None]:
    if window is None:
        return None, None
    first, last = window.bounds()
    return first.isoformat() if first else None, last.isoformat()


def csv_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    """Give rows as CSV (RFC 4180), no cell of which a spreadsheet would run as a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([list(map(_cell, row)) for row in rows])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    """Guard a cell against being run as a formula by a spreadsheet: an apostrophe before what would start one."""
    if isinstance(value, str) and value[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        return "'" + value
    return value


def point(longitude: float, latitude: float) -> bytes:
    """Give a point as well-known binary (OGC 06-103r4), little-endian."""
    return struct.pack("<BIdd", 1, 1, longitude, latitude)


__all__ = [
    "CONDITIONS",
    "CSV_COLUMNS",
    "FINDINGS",
    "csv_rows",
    "plain_piece",
    "point",
    "site_pieces",
    "source_pieces",
    "statement_pieces",
]
