"""Series that are already at hand: a folder of CSV files, one file a site and viewing geometry.

The form is that of the OPERA DIST-S1 validation series: ``sites.geojson`` (optional) with the places, and, beside it or in
``series/``, CSV files with a row a date: ``datetime`` (ISO 8601; UTC unless it says otherwise), ``site_id``, ``burst_id`` or ``orbit``, and for each band a column of
pixel values in brackets, ``[0.07, nan, …]``; ``platform``, ``processor`` and ``scene`` may be there too. A column whose name
holds a slash is a ratio and no band. Coordinates are taken from ``sites.geojson`` alone: the CSV's may be wrong.
"""

import csv
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import isqrt
from pathlib import Path
from typing import Any

import numpy as np

from vestige.observing._errors import SeriesError
from vestige.observing._series import Series

_NAMES = ("platform", "processor", "scene")


@dataclass(frozen=True)
class SeriesFolder:
    """What a folder held."""

    series: tuple[Series, ...]
    places: dict[str, tuple[float, float]]
    """Longitude and latitude of each site, WGS 84, where ``sites.geojson`` gives them."""
    notes: tuple[str, ...]
    """What was left out, and why: one line a file."""
    files: Mapping[str, tuple[Path, ...]]
    """The files of each site, one a viewing geometry."""


def read_folder(folder: Path) -> SeriesFolder:
    """Read all series of ``folder``; raises `SeriesError` that names file and line where one cannot be read."""
    where = folder / "series" if (folder / "series").is_dir() else folder
    paths = sorted(where.glob("*.csv")) if where.is_dir() else []
    if not paths:
        raise SeriesError("found no series (*.csv)", where=str(folder), hint="docs/observing.md describes the form")
    notes: list[str] = []
    series = tuple(_read(path, notes) for path in paths)
    files: dict[str, tuple[Path, ...]] = {}
    for path, one in zip(paths, series, strict=True):
        files[str(one.site)] = (*files.get(str(one.site), ()), path)
    return SeriesFolder(series, _places(folder / "sites.geojson"), tuple(notes), files)


def _read(path: Path, notes: list[str]) -> Series:
    rows = list(_rows(path))
    if not rows:
        raise SeriesError("holds no row", where=str(path))
    bands = _bands(rows[0][1], path)
    dated = sorted(
        ((_time(row, path, line), _pixels(row, bands, path, line), row) for line, row in rows), key=lambda r: r[0]
    )
    size = Counter(len(pixels) for _, lists, _ in dated for pixels in lists).most_common(1)[0][0]
    kept: list[tuple[np.datetime64, list[list[float]], dict[str, str]]] = []
    for one in dated:
        if all(len(pixels) == size for pixels in one[1]) and not (kept and kept[-1][0] == one[0]):
            kept.append(one)
    if not kept:
        raise SeriesError(f"expected {size} pixels in every band of a date, got none that has", where=str(path))
    if len(kept) < len(dated):
        notes.append(
            f"{path.name}: {len(dated) - len(kept)} of {len(dated)} dates left out (doubled, or not {size} pixels)"
        )
    return _series(path, bands, size, kept)


def _series(path: Path, bands: list[str], size: int, kept: list[tuple[Any, Any, dict[str, str]]]) -> Series:
    side = isqrt(size)
    shape = (len(kept), len(bands), *((side, side) if side * side == size else (1, size)))
    first = kept[0][2]
    names = {name: [row[name] for _, _, row in kept] for name in _NAMES if first.get(name)}
    return Series(
        times=np.array([time for time, _, _ in kept], "datetime64[s]"),
        values=np.array([pixels for _, pixels, _ in kept], "float32").reshape(shape),
        bands=tuple(band.upper() for band in bands),
        orbit=first.get("orbit") or first.get("burst_id") or path.stem,
        site=first.get("site_id") or path.stem,
        platform=names.get("platform"),
        processor=names.get("processor"),
        scenes=names.get("scene", ()),
    )


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        try:
            for row in reader:
                yield reader.line_num, {str(key): value or "" for key, value in row.items() if key is not None}
        except (csv.Error, UnicodeDecodeError) as error:
            raise SeriesError(f"is not CSV in UTF-8: {error}", where=f"{path}:{reader.line_num + 1}") from error


def _bands(row: dict[str, str], path: Path) -> list[str]:
    bands = [name for name, value in row.items() if value.startswith("[") and "/" not in name]
    if not bands or "datetime" not in row:
        raise SeriesError(
            f"expected a column datetime and a column of pixel lists for each band, got {', '.join(row)}",
            where=str(path),
        )
    return bands


def _time(row: dict[str, str], path: Path, line: int) -> np.datetime64:
    text = row["datetime"].strip()
    if text in ("", "NaT"):
        raise SeriesError("the date is missing", where=f"{path}:{line}")
    try:
        time = dt.datetime.fromisoformat(text)
        utc = time.astimezone(dt.UTC).replace(tzinfo=None) if time.tzinfo else time
    except (ValueError, OverflowError) as error:
        raise SeriesError(f"expected a date, got {row['datetime']!r}", where=f"{path}:{line}") from error
    return np.datetime64(utc, "s")


def _pixels(row: dict[str, str], bands: list[str], path: Path, line: int) -> list[list[float]]:
    try:
        lists = [json.loads(re.sub(r"\b(nan|none|null)\b", "NaN", row[band], flags=re.IGNORECASE)) for band in bands]
        return [[float(value) for value in pixels] for pixels in lists]
    except (ValueError, TypeError, OverflowError, RecursionError) as error:
        raise SeriesError("expected pixel values such as [0.07, nan, 0.12]", where=f"{path}:{line}") from error


def _places(path: Path) -> dict[str, tuple[float, float]]:
    if not path.exists():
        return {}
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {
            str(feature["properties"]["site_id"]): (
                float(feature["geometry"]["coordinates"][0]),
                float(feature["geometry"]["coordinates"][1]),
            )
            for feature in features
        }
    except (ValueError, KeyError, TypeError, IndexError, OverflowError, RecursionError) as error:
        raise SeriesError("expected GeoJSON points with a property site_id", where=str(path)) from error
