"""GeoJSON by RFC 7946, and lists of records in JSON, as rows.

A geometry becomes one point in it. The line of a feature is where its JSON object opens in the file. One feature or record a line
(GeoJSON lines, RFC 8142) is read as well.
"""

import bisect
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._records import plain_records
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Refusal, Row, Table, column_key
from vestige.capture.registers.places._projected import Projection, projection
from vestige.capture.registers.places._shape import read_geojson

_LISTS = ("features", "monuments", "records", "results", "data", "items")
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
_MOST_DIGITS = 300
"""A double ends at 309 digits."""
_SPACE = re.compile(r"[\s,]*")


def read_json(text: str, crs: Projection | None = None) -> Table:
    """Read a GeoJSON feature collection, or a list of JSON objects, into rows; ``crs`` is the system of its geometries where it names none.

    Raises RegisterError when the file is not JSON, holds no list of features, or names a reference system that is not known.
    """
    try:
        document = json.loads(text, parse_int=_whole)
    except json.JSONDecodeError as error:
        lines = _json_lines(text, crs)
        if lines is not None:
            return lines
        raise RegisterError(
            f"expected JSON, got something else: {error.msg}", where=f"line {error.lineno}, column {error.colno}"
        ) from error
    except ValueError as error:
        raise RegisterError(f"expected JSON, got something else: {error}") from error
    except RecursionError as error:
        raise RegisterError("expected GeoJSON, got JSON that is nested too deep") from error
    records = plain_records(document)
    if records is not None:
        return _table(records, range(1, len(records) + 1))
    key, items = _items(document)
    return _table(items, _lines_of_items(text, key, len(items)), _system(document) or crs)


def _whole(digits: str) -> int | str:
    """Read a whole number; one of more digits than Python converts stays text, for its own row to be refused and not the file."""
    return int(digits) if len(digits) <= _MOST_DIGITS else digits


def _json_lines(text: str, crs: Projection | None) -> Table | None:
    """Read one JSON object a line; None where the first line is none. A line that is none is kept for its row to be refused."""
    items: list[Any] = []
    numbers = []
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip("\x1e \r\t")
        if not bare:
            continue
        try:
            items.append(json.loads(bare, parse_int=_whole))
        except (ValueError, RecursionError):
            if not items:
                return None
            items.append(bare)
        numbers.append(number)
    return _table(items, numbers, crs) if len(items) > 1 else None


def _table(items: Sequence[Any], lines: Sequence[int], crs: Projection | None = None) -> Table:
    columns = dict.fromkeys(column_key(name) for item in items if isinstance(item, dict) for name in _properties(item))
    if any(isinstance(item, dict) and item.get("type") == "Feature" for item in items):
        columns |= {LATITUDE: None, LONGITUDE: None}
    return Table(tuple(columns), _rows(items, lines, crs))


def _items(document: Any) -> tuple[str, list[Any]]:
    if isinstance(document, list):
        return "", document
    if isinstance(document, dict):
        for key in _LISTS:
            if isinstance(document.get(key), list):
                return key, document[key]
        if document.get("type") == "Feature":
            return "", [document]
    raise RegisterError("expected a GeoJSON FeatureCollection or a list of JSON objects, got neither")


def _system(document: Any) -> Projection | None:
    """Give the reference system that a file names, which RFC 7946 no longer allows but files still carry; None for WGS 84."""
    crs = document.get("crs") if isinstance(document, dict) else None
    if not isinstance(crs, dict) or any(name in json.dumps(crs) for name in _WGS84):
        return None
    code = re.search(r"EPSG:{1,2}(?:[\d.]*:)?(\d{4,6})", json.dumps(crs))
    if code is None:
        raise RegisterError(
            f"expected a reference system by its EPSG number, got {json.dumps(crs)[:80]}",
            hint="convert it: ogr2ogr -t_srs EPSG:4326 register.geojson FILE",
        )
    return projection(f"EPSG:{code[1]}")


def _properties(item: Mapping[str, Any]) -> Mapping[str, Any]:
    if item.get("type") != "Feature":
        return item
    properties = item.get("properties")
    return properties if isinstance(properties, dict) else {}


def _rows(items: Sequence[Any], lines: Sequence[int], crs: Projection | None) -> Iterator[Row | Refusal]:
    for line, item in zip(lines, items, strict=True):
        if not isinstance(item, dict):
            yield Refusal(line, f"expected a JSON object, got {json.dumps(item, ensure_ascii=False)[:60]}")
            continue
        cells = {column_key(name): _cell(value) for name, value in _properties(item).items()}
        if item.get("type") == "Feature":
            try:
                point = read_geojson(item.get("geometry"), crs)
            except RowRefused as error:
                yield Refusal(line, error.message)
                continue
            except (TypeError, ValueError, IndexError, KeyError, OverflowError):
                yield Refusal(line, "the geometry is not one of GeoJSON (RFC 7946)")
                continue
            if point is not None:
                cells |= {LATITUDE: repr(point.latitude), LONGITUDE: repr(point.longitude)}
            cells.setdefault("@id", _cell(item.get("id")))
        yield Row(line, cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _lines_of_items(text: str, key: str, count: int) -> list[int]:
    """Give the line on which each item of the list opens; the number of the item where the file does not let itself be followed."""
    opening = re.search(rf'"{key}"\s*:\s*\[' if key else r"\[", text)
    starts: list[int] = []
    at = opening.end() if opening else 0
    decoder = json.JSONDecoder(parse_int=_whole)
    while opening and len(starts) < count:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        starts.append(at)
        try:
            _, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            break
    if len(starts) != count:
        return list(range(1, count + 1))
    breaks = [match.start() for match in re.finditer("\n", text)]
    return [bisect.bisect_left(breaks, start) + 1 for start in starts]
