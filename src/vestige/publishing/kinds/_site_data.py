"""What a site, and what was judged and observed of it, put into the data files: rows, features and objects."""

from collections.abc import Iterable, Sequence
from typing import Any

from vestige.publishing.kinds._data_file import (
    COUNTRIES,
    ENTRY,
    ID,
    SITE,
    WINDOW,
    Column,
    DataFile,
    columns,
    flat_file,
    nested_file,
)
from vestige.publishing.kinds._rows import csv_rows, days, encode, entered
from vestige.publishing.kinds._site_linked_art import linked_art_object
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._views import SiteView

_DEGREES = "Degrees, WGS 84; the centre of the grid cell when cell_degrees is given"
FILES = (
    flat_file(
        "sites.csv",
        "One row per site",
        ID,
        Column("name", "The first name entered; no name is the name"),
        *columns("name_language", "other_names"),
        COUNTRIES,
        Column("type"),
        Column("latitude", _DEGREES, "number"),
        Column("longitude", _DEGREES, "number"),
        Column("cell_degrees", "Width of the grid cell that a sensitive site was snapped to", "number"),
        Column("sensitivity", "open or sensitive"),
        Column("finding", "State of the newest finding: agreed, contested, single or none"),
        Column("conditions", "EAMENA condition states of the newest finding; several when contested"),
        *WINDOW,
        Column("worst_condition", "The worst condition that an assessor gives, whatever was judged later"),
        Column("worst_first_day", "First day that the window of the worst condition can mean", "date"),
        Column("worst_last_day", "Last day that the window of the worst condition can mean", "date"),
        Column("worst_according_to", "Assessors who judged then, the first three"),
        *(Column(name, type="integer") for name in ("assessments", "statements", "observations")),
        *columns("designations", "identifiers", "entered_from"),
        ENTRY,
    ),
    flat_file(
        "assessments.csv",
        "One row per disturbance and effect of an assessment",
        ID,
        SITE,
        *columns("assessor", "organisation"),
        *WINDOW,
        *columns(
            "condition",
            "original_scheme",
            "original_grade",
            "extent",
            "trend",
            "method",
            "cause_category",
            "cause_type",
        ),
        Column("cause_certainty", "EAMENA certainty of the cause"),
        *columns("effect_type", "effect_certainty"),
        ENTRY,
    ),
    flat_file(
        "findings.csv",
        "One row per finding: agreed, contested or single",
        SITE,
        *WINDOW,
        *columns("state", "condition"),
        Column("assessors", type="integer"),
        Column("required", type="integer"),
        Column("assessments"),
    ),
    nested_file("sites.json", "Sites as entered, with their findings"),
    nested_file("assessments.json", "Assessments as entered, nested"),
    nested_file("observations.json", "Tested changes in satellite series"),
    nested_file("findings.json", "Findings with the assessments that they come from"),
    DataFile(
        "sites.geojson",
        "One feature a site, WGS 84",
        b'{"type":"FeatureCollection","features":[\n',
        b",\n",
        b"\n]}\n",
    ),
    DataFile("sites-index.json", "Short lines of all sites, for search", b'{"format":1,"sites":[\n', b",\n", b"\n]}\n"),
)


def site_pieces(view: SiteView, line: partials.Summary, origin: str) -> dict[str, bytes]:
    """Give what a site and what was judged and observed of it put into the data files."""
    pieces = {
        "sites.csv": csv_rows([_site_row(line)]),
        "sites.geojson": encode(_feature(line)),
        "sites-index.json": encode(_index_row(line)),
        "sites.json": encode({"id": view.id, "entry": view.entry.hash, "body": view.body, "findings": view.findings}),
        "linked-art": encode(linked_art_object(view, line, origin)),
    }
    lists: dict[str, list[bytes]] = {
        "assessments.json": [entered(card) for card in view.assessments],
        "observations.json": [entered(card) for card in view.observations],
        "findings.json": [encode(finding) for finding in view.findings],
    }
    pieces |= {name: b",\n".join(items) for name, items in lists.items() if items}
    tables = {
        "assessments.csv": [row for card in view.assessments for row in _assessment_rows(card)],
        "findings.csv": [_finding_row(finding) for finding in view.findings],
    }
    return pieces | {name: csv_rows(rows) for name, rows in tables.items() if rows}


def _site_row(line: partials.Summary) -> Sequence[Any]:
    first, *others = line.names
    place = line.location
    return (
        line.id, first.text, first.language, "; ".join(name.text for name in others), " ".join(line.countries), line.type,
        place.latitude if place else None, place.longitude if place else None, place.cell_degrees if place else None, line.sensitivity,
        line.finding, "; ".join(line.conditions), *days(line.window), *_worst(line.lead), line.assessments, line.statements, line.observations,
        "; ".join(line.designations), "; ".join(f"{scheme}:{value}" for scheme, value in line.identifiers), line.register, line.entry,
    )  # fmt: skip


def _worst(lead: partials.Lead | None) -> Sequence[Any]:
    return (lead.condition, *days(lead.window), "; ".join(lead.assessors)) if lead else (None, None, None, None)


def _feature(line: partials.Summary) -> dict[str, Any]:
    """Give a GeoJSON feature (RFC 7946); a site without a place has a null geometry."""
    first, last = days(line.window)
    worst, worst_first, worst_last, according_to = _worst(line.lead)
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
            "worst_condition": worst,
            "worst_first_day": worst_first,
            "worst_last_day": worst_last,
            "worst_according_to": according_to,
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
        *days(line.window),
        [line.lead.condition, *days(line.lead.window), line.lead.assessors] if line.lead else None,
    ]


def _assessment_rows(card: partials.AssessmentCard) -> Iterable[Sequence[Any]]:
    """Give a row for each disturbance and effect; an assessment without any has one row."""
    body = card.body
    original = (body.original.scheme, body.original.grade) if body.original else (None, None)
    head = (
        card.id, body.site, body.assessor.name, body.assessor.organisation, *days(body.window), body.condition, *original, body.extent,
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
    first, last = days(finding.window)
    return (
        finding.site, first, last, finding.state, "; ".join(sorted(finding.conditions)), finding.assessors, finding.required,
        " ".join(assessments),
    )  # fmt: skip
