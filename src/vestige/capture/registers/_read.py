"""Registers of sites: a file in, drafts of sites out, and every row that could not be read with its line and the reason.

Pure: bytes in, values out. The caller reads the file and appends to a record.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from vestige.capture.registers._assessments import RegisterAssessment
from vestige.capture.registers._coordinates import is_swapped_in_countries, swapped_among
from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._letters import is_western
from vestige.capture.registers._merge import RegisterSite, merge_duplicates
from vestige.capture.registers._recognise import recognise
from vestige.capture.registers._rows import LATITUDE, Reading, Refusal, Row
from vestige.capture.registers._text import is_mojibake, lost_letters, unreadable
from vestige.capture.registers.files._open import open_table
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._point import METRES, Point
from vestige.capture.registers.places._projected import projection
from vestige.capture.registers.places._sides import east_or_west
from vestige.entries import Assessment, Identifier, InvalidBodyError, Site, encode_body


class Register(NamedTuple):
    """What a file of sites holds.

    ``rows`` counts all rows, ``merged`` those that went into an earlier one of the same site, ``refused`` lists those that could not be
    read. ``conflicts`` lists rows of one site that place it elsewhere; the first place is kept. ``assessments`` are those of
    the rows, where the form has any, each once; ``unassessed`` lists rows whose assessment lacks its assessor or date. ``unlocated`` counts sites without a point.
    ``notes`` say what was taken for what.
    """

    form: str
    encoding: str
    rows: int
    sites: tuple[RegisterSite, ...]
    merged: int
    refused: tuple[Refusal, ...]
    conflicts: tuple[Refusal, ...]
    assessments: tuple[RegisterAssessment, ...] = ()
    unassessed: tuple[Refusal, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def unlocated(self) -> int:
        """How many sites have no single point: serial properties over several countries."""
        return sum(item.site.location is None for item in self.sites)


def read_register(
    data: bytes,
    *,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    sensitive: bool = False,
    trust_coordinates: bool = False,
    register: str | None = None,
    crs: str | None = None,
    layer: str | None = None,
    dates: str | None = None,
) -> Register:
    """Read the sites of a register: CSV, JSON, files of geographic programs, spreadsheets.

    ``mapping`` says which column holds which field of a site (name, name:LANGUAGE, lat, lon, id, type, country, address,
    description, wkt, sensitive) where the form is not known. ``sensitive`` marks every site so. ``trust_coordinates`` keeps places whose
    latitude and longitude look swapped. ``register`` names a register of an unknown form, and with it the scheme of its ids.
    ``crs`` is the reference system of places that are not in degrees, ``layer`` the layer or sheet of a file that has several, ``dates``
    the order of dates with slashes (dmy, mdy). Raises RegisterError when the file as a whole cannot be read.
    """
    crs_used = projection(crs) if crs else None
    table, used, sure = open_table(data, mapping=mapping, encoding=encoding, layer=layer, crs=crs_used)
    form = recognise(table.columns, mapping, register=register)
    columns = frozenset(table.columns)
    in_file = LATITUDE in columns  # places of a geographic file are degrees by now
    reading = Reading(None if in_file else crs_used, east_or_west(columns), dates)
    rows, refused, found = 0, [], []
    assessed = _Assessed()
    for raw in table.rows:
        rows += 1
        row = raw if isinstance(raw, Refusal) else raw._replace(cells=clean_cells(raw.cells), reading=reading)
        outcome = row if isinstance(row, Refusal) else _site(row, form, checked=used == "windows-1252", sure=sure)
        if isinstance(outcome, Refusal):
            refused.append(outcome)
        else:
            found.append(outcome)
            assessed.take(row, form)
    _require_degrees(found, refused)
    if not trust_coordinates:
        found, suspected = _without_swapped(found)
        refused += suspected
    if sensitive:
        found = [RegisterSite(item.line, msgspec.structs.replace(item.site, sensitivity="sensitive")) for item in found]
    merged = merge_duplicates(found)
    return Register(
        form.name,
        used,
        rows,
        merged.sites,
        merged.joined,
        tuple(sorted(refused)),
        merged.conflicts,
        tuple(assessed.found.values()),
        tuple(assessed.refused),
        (*table.notes, *form.taken(columns)),
    )


class _Assessed:
    """The assessments of a register while it is read: each once, however many rows a site has."""

    def __init__(self) -> None:
        self.found: dict[tuple[Identifier, Assessment], RegisterAssessment] = {}
        self.refused: list[Refusal] = []

    def take(self, row: Row | Refusal, form: Form) -> None:
        """Take the assessment of a row that gave a site."""
        if form.assess is None or isinstance(row, Refusal):
            return
        try:
            item = form.assess(row)
        except RowRefused as error:
            self.refused.append(Refusal(row.line, error.message, _shown_name(row)))
            return
        if item is not None:
            self.found.setdefault((item.site, item.body), item)


def _site(row: Row, form: Form, *, checked: bool, sure: bool) -> RegisterSite | Refusal:
    try:
        site = _without_lost(form.read(row))
        _require_readable(site, checked=checked, sure=sure)
        encode_body(site)
    except RowRefused as error:
        return Refusal(row.line, error.message, _shown_name(row))
    except (InvalidBodyError, UnicodeEncodeError) as error:
        return Refusal(row.line, str(error), _shown_name(row))
    return RegisterSite(row.line, site)


def _without_lost(site: Site) -> Site:
    """Give a site without names whose letters were lost before they came; raises RowRefused where no other is left."""
    whole = tuple(name for name in site.names if lost_letters(name.text) is None)
    if not whole:
        first = site.names[0].text
        raise RowRefused(f"bad encoding: {first[:40]!r}: {lost_letters(first)}")
    return site if len(whole) == len(site.names) else msgspec.structs.replace(site, names=whole)


def _require_readable(site: Site, *, checked: bool, sure: bool) -> None:
    """Refuse a site that rests on bytes which were not read; ``checked`` looks for mojibake too."""
    named = [("name", name.text) for name in site.names]
    texts = [*named, ("address", site.address), ("description", site.description), ("type", site.type)]
    for field, text in texts:
        if text is None:
            continue
        wrong = unreadable(text)
        if wrong:
            raise RowRefused(f"bad encoding: {wrong} in the {field}")
        if field == "name" and ((checked and is_mojibake(text)) or not (sure or is_western(text))):
            raise RowRefused(f"bad encoding: {text[:40]!r} is not Windows-1252; say which with --encoding")


def _require_degrees(found: list[RegisterSite], refused: list[Refusal]) -> None:
    """Raise RegisterError where every row that has a place writes it in metres."""
    if not found and refused and sum(row.reason == METRES for row in refused) * 2 > len(refused):
        raise RegisterError(f"expected degrees, but {METRES.partition(';')[0]}", hint=METRES.partition("; ")[2])


_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|_x00[01][0-9A-Fa-f]_")
_UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\ufeff]")


def clean_cells(cells: Mapping[str, str]) -> dict[str, str]:
    """Give cells with blanks where control characters stood, also those that spreadsheets spell out (``_x000d_``)."""
    return {column: _UNSEEN.sub("", _CONTROLS.sub(" ", text)) for column, text in cells.items()}


def _shown_name(row: Row) -> str:
    name = row.get("name_en", "name", "resource name", "name en", "nom", "название", "назва", "հուշարձան", "title")
    return name[:80].encode("utf-8", "replace").decode()


def _without_swapped(items: list[RegisterSite]) -> tuple[list[RegisterSite], list[Refusal]]:
    """Part the sites whose latitude and longitude look swapped from the others."""
    located = [item for item in items if item.site.location is not None]
    points = [_point(item.site) for item in located]
    odd = {
        id(item) for index, item in enumerate(located) if is_swapped_in_countries(points[index], item.site.countries)
    } | {id(located[index]) for index in swapped_among(points) if not located[index].site.countries}
    refused = [
        Refusal(
            item.line,
            f"latitude {_point(item.site).latitude} and longitude {_point(item.site).longitude} look swapped",
            item.site.names[0].text,
        )
        for item in located
        if id(item) in odd
    ]
    return [item for item in items if id(item) not in odd], refused


def _point(site: Site) -> Point:
    assert site.location is not None  # noqa: S101 - the callers have looked
    return Point(site.location.latitude, site.location.longitude)
