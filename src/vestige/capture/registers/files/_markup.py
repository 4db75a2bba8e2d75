"""KML (OGC 07-147r2) and GPX 1.1: placemarks and waypoints as rows, with their data, wherever folders keep them.

Read by lxml without entities or network, because GDAL keeps the data of a placemark only in some of its forms.
"""

import html
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Refusal, Row, Table, column_key
from vestige.capture.registers.places._shape import read_geojson

_TAG = re.compile(r"<[^<>]{0,500}>")
_KINDS = {"Point": "Point", "LineString": "LineString", "LinearRing": "LineString"}
_ITEMS = ("Placemark", "wpt", "trk", "rte")


def is_markup(data: bytes) -> bool:
    """Whether bytes begin like KML or GPX."""
    head = data[:4000].lstrip(b"\xef\xbb\xbf \r\n\t")
    return head.startswith(b"<") and re.search(rb"<(?:\w+:)?(?:kml|gpx)\b", data[:4000]) is not None


def read_markup(data: bytes, layer: str | None) -> tuple[Table, str]:
    """Read KML or GPX into rows and the name of the format; ``layer`` names a folder of KML. Raises RegisterError for broken XML."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise RegisterError(f"expected KML or GPX, got XML that is not well-formed: {str(error)[:100]}") from error
    if layer is not None:
        folders = [item for item in root.iter("{*}Folder", "{*}Document") if _own(item, "name") == layer]
        if not folders:
            raise RegisterError(f"expected a folder of the file, got {layer!r}", where="--layer")
        root = folders[0]
    items = list(root.iter(*(f"{{*}}{name}" for name in _ITEMS)))
    if not items:
        raise RegisterError("expected placemarks or waypoints, got none")
    rows = [_row(item) for item in items]
    columns = dict.fromkeys(key for row in rows if isinstance(row, Row) for key in row.cells)
    kind = "GPX" if etree.QName(items[0]).localname != "Placemark" else "KML"
    return Table((*columns, *(key for key in (LATITUDE, LONGITUDE) if key not in columns)), iter(rows)), kind


def _row(item: Any) -> Row | Refusal:
    cells = {"name": _own(item, "name"), "description": plain(_own(item, "description") or _own(item, "desc"))}
    cells |= {column_key(key): text for key, text in _data(item) if column_key(key) != "name"}
    if "id" not in cells:
        known = next((cells[key] for key in ("site_id", "siteid", "eamena id") if cells.get(key)), item.get("id") or "")
        cells |= {"id": known} if known else {}
    line = item.sourceline or 1
    try:
        point = read_geojson(_geometry(item))
    except RowRefused as error:
        return Refusal(line, error.message, cells["name"][:80])
    except (ValueError, TypeError, IndexError):
        return Refusal(line, "the geometry is malformed", cells["name"][:80])
    if point is not None:
        cells |= {LATITUDE: repr(point.latitude), LONGITUDE: repr(point.longitude)}
    return Row(line, cells)


def plain(text: str) -> str:
    """Give a description without its tags."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def _own(item: Any, name: str) -> str:
    child = item.find(f"{{*}}{name}")
    return "".join(child.itertext()).strip() if child is not None else ""


def _data(item: Any) -> Iterator[tuple[str, str]]:
    for entry in item.iter("{*}SimpleData", "{*}Data"):
        value = entry.find("{*}value")
        text = "".join((entry if value is None else value).itertext()).strip()
        if entry.get("name"):
            yield entry.get("name"), text


def _geometry(item: Any) -> dict[str, Any] | None:
    if item.get("lat") is not None and item.get("lon") is not None:
        return {"type": "Point", "coordinates": [float(item.get("lon")), float(item.get("lat"))]}
    track = [[float(p.get("lon")), float(p.get("lat"))] for p in item.iter("{*}trkpt", "{*}rtept")]
    if track:
        return (
            {"type": "LineString", "coordinates": track}
            if len(track) > 1
            else {"type": "Point", "coordinates": track[0]}
        )
    shapes = [_shape(part) for part in item.iter("{*}Point", "{*}LineString", "{*}Polygon")]
    found = [shape for shape in shapes if shape is not None]
    return {"type": "GeometryCollection", "geometries": found} if len(found) > 1 else next(iter(found), None)


def _shape(part: Any) -> dict[str, Any] | None:
    kind = etree.QName(part).localname
    rings = [_positions(child) for child in part.iter("{*}coordinates")]
    if not rings or not rings[0]:
        return None
    if kind == "Polygon":
        return {"type": "Polygon", "coordinates": rings}
    return {"type": kind, "coordinates": rings[0][0] if kind == "Point" else rings[0]}


def _positions(item: Any) -> list[list[float]]:
    texts = re.sub(r"\s*,\s*", ",", item.text or "").split()
    return [[float(number) for number in text.split(",")[:2]] for text in texts]
