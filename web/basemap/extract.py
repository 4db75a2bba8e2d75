"""Make natural-earth.json from Natural Earth's shapefiles: boundaries with their class, lakes and rivers.

Run by hand when the edition changes; the result is kept beside this script, since no small package carries these lines. Natural Earth
is in the public domain (https://www.naturalearthdata.com/about/terms-of-use/).

    python web/basemap/extract.py FOLDER > web/basemap/natural-earth.json

FOLDER holds ne_10m_admin_0_boundary_lines_land, ne_10m_admin_1_states_provinces_lines, ne_10m_lakes and ne_50m_rivers_lake_centerlines.
Needs geopandas, which the development environment has.
"""

import json
import sys
from collections.abc import Iterable
from pathlib import Path

import geopandas
from shapely.geometry.base import BaseGeometry

DECIMALS = 3  # of a degree: about 100 m, finer than the data
TOLERANCE = 0.008  # degrees: about 900 m, the accuracy of 1:10 million
LARGE_LAKE = 1000e6  # m²
LARGE_RIVER = 5  # scale rank
AGREED = ("International boundary (verify)", "International boundary (Magics)")
CLASSES = {
    "Disputed (please verify)": "disputed",
    "Indefinite (please verify)": "indefinite",
    "Line of control (please verify)": "line of control",
    "Indeterminant frontier": "indefinite",
    "ForgetMagics": "disputed",  # Morocco and Western Sahara, as one distributor marks it
}
# Outer lines in dispute that the file draws as inner boundaries: the districts on one side, as the file spells them.
INNER = {
    ("Abkhazia", "Georgia"): ("GEO", {"Abkhazia"}),
    ("Transnistria", "Moldova"): (
        "MDA",
        {"Transnistria", "StÃ®ngÄ\u0083 Nistrului", "Camenca", "Grigoriopol", "Bender"},
    ),
}


def main(folder: Path) -> None:
    """Write the lines and lakes as one JSON object."""
    print(
        json.dumps(
            {"boundaries": boundaries(folder), "lakes": lakes(folder), "rivers": rivers(folder)}, separators=(",", ":")
        )
    )


def boundaries(folder: Path) -> list[dict]:
    """Give every boundary line: class, the names of both sides, parts."""
    frame = geopandas.read_file(folder / "ne_10m_admin_0_boundary_lines_land.shp").rename(columns=str.lower)
    lines = []
    for row in frame.itertuples():
        kind = "agreed" if row.featurecla in AGREED else CLASSES.get(row.featurecla)
        if kind is None:  # leases and overlays are no boundaries
            continue
        if row.adm0_a3_l != row.adm0_a3_r:
            lines.append({"class": kind, "sides": [row.adm0_left, row.adm0_right], "parts": parts(row.geometry)})
    return lines + inner(folder)


def inner(folder: Path) -> list[dict]:
    """Give the inner boundaries that are disputed as outer ones: those with just one side among the named districts."""
    frame = geopandas.read_file(folder / "ne_10m_admin_1_states_provinces_lines.shp").rename(columns=str.lower)
    return [
        {"class": "disputed", "sides": list(sides), "parts": parts(row.geometry)}
        for sides, (country, districts) in INNER.items()
        for row in frame[frame.adm0_a3 == country].itertuples()
        if len(districts & set((row.name or "").split(" - "))) == 1
    ]


def lakes(folder: Path) -> list:
    """Give the outlines of large lakes: polygons, each a list of rings."""
    frame = geopandas.read_file(folder / "ne_10m_lakes.shp")
    frame = frame[frame.geometry.to_crs("+proj=cea").area > LARGE_LAKE]
    polygons = [p for shape in frame.geometry.simplify(TOLERANCE) for p in getattr(shape, "geoms", [shape])]
    return [[short(p.exterior.coords), *(short(hole.coords) for hole in p.interiors)] for p in polygons]


def rivers(folder: Path) -> list:
    """Give the courses of large rivers."""
    frame = geopandas.read_file(folder / "ne_50m_rivers_lake_centerlines.shp").rename(columns=str.lower)
    large = frame[(frame.featurecla == "River") & (frame.scalerank <= LARGE_RIVER)]
    return [part for shape in large.geometry for part in parts(shape, 3 * TOLERANCE)]


def parts(shape: BaseGeometry, tolerance: float = TOLERANCE) -> list:
    """Give the simplified parts of a line."""
    simple = shape.simplify(tolerance)
    return [short(line.coords) for line in getattr(simple, "geoms", [simple])]


def short(coordinates: Iterable[tuple[float, ...]]) -> list:
    """Round coordinates."""
    return [[round(x, DECIMALS), round(y, DECIMALS)] for x, y, *_ in coordinates]


if __name__ == "__main__":
    main(Path(sys.argv[1]))
