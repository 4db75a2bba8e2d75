"""Sites to study: World Heritage editions, or any register with an id, a name and coordinates.

A site may have several points: a serial property is known by its components where a file of them is given (columns ``id_no``,
``component``, ``latitude``, ``longitude``). An event then counts once for the property when it is near any of its
components. UNESCO's exports give one point a property, which for a serial property is only a place on the map; such
properties are named in the study's limits.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from vestige.studying._errors import EmptyStudyError, StudyInputError
from vestige.studying.data._editions import KIND as EDITION
from vestige.studying.data._editions import load_editions
from vestige.studying.data._places import check_coordinates
from vestige.studying.data._tables import Dropped, Source, decode, numbers, read_bytes, read_csv

KIND = "a register of sites"
_IDS = ("id", "site", "id_no", "site_id")


@dataclass(frozen=True, kw_only=True)
class Sites:
    """Sites and their points.

    ``table``: ``id name countries`` (ISO codes, comma-separated) a site; ``points``: ``site`` (row of ``table``), ``latitude``,
    ``longitude`` a point.
    """

    table: pd.DataFrame
    points: pd.DataFrame
    sources: tuple[Source, ...]
    dropped: tuple[Dropped, ...]
    by_component: int = 0
    heritage: pd.DataFrame | None = None
    """``danger`` (periods) and ``inscribed`` (year) by row of ``table``, where the sites come from UNESCO's exports."""


def load_sites(paths: Sequence[Path], components: Path | None = None) -> Sites:
    """Load World Heritage editions (any number, joined) or one register of sites; raise a `StudyInputError` otherwise."""
    first = decode(read_bytes(paths[0])[:200_000], paths[0].name).split("\n", 1)[0].lower()
    is_edition = "danger_list" in first
    if not is_edition and len(paths) > 1:
        raise StudyInputError("several files are only joined for World Heritage List exports", where=paths[0].name)
    sites = _from_editions(paths) if is_edition else _from_register(paths[0])
    return sites if components is None else _with_components(sites, components)


def _from_editions(paths: Sequence[Path]) -> Sites:
    loaded = load_editions(paths)
    countries = loaded.table["states"].map(",".join)
    table = pd.DataFrame({"id": loaded.table["id_no"], "name": loaded.table["name"], "countries": countries})
    sites = _placed(table, loaded.table[["latitude", "longitude"]], loaded.sources, loaded.dropped)
    heritage = loaded.table.set_index("id_no")[["danger", "inscribed"]].loc[sites.table["id"]].reset_index(drop=True)
    return replace(sites, heritage=heritage)


def _from_register(path: Path) -> Sites:
    required = ("name", "latitude", "longitude")
    raw, source = read_csv(path, required, f"{KIND} (or {EDITION})", optional=(*_IDS, "iso_code", "sensitivity"))
    key = next((name for name in _IDS if name in raw), None)
    ids = raw[key] if key else pd.Series([str(row + 1) for row in range(len(raw))])
    table = pd.DataFrame({"id": ids.str.strip(), "name": raw["name"].str.strip()})
    table["countries"] = raw["iso_code"].str.lower() if "iso_code" in raw else ""
    raw, table, dropped = _without_sensitive(raw, table)
    coordinates = pd.DataFrame(
        {name: numbers(raw, name, path.name, blank=float("nan")) for name in ("latitude", "longitude")}
    )
    placed_first = (
        coordinates.isna().any(axis=1).sort_values(kind="stable").index
    )  # a later row may know where a site is
    repeats = table["id"][placed_first].duplicated().sort_index()
    if repeats.any():
        dropped = (*dropped, Dropped(what="rows", count=int(repeats.sum()), why="a further row of the same site"))
    return _placed(table[~repeats], coordinates[~repeats], (source,), dropped)


def _without_sensitive(
    raw: pd.DataFrame, table: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame, tuple[Dropped, ...]]:
    """Leave out sites whose place is not to be told: counts within several radii of known events would tell it."""
    if "sensitivity" not in raw:
        return raw, table, ()
    hidden = raw["sensitivity"].str.strip().str.lower() == "sensitive"
    if not hidden.any():
        return raw, table, ()
    why = "sensitive: counts at several radii would betray the place"
    kept = (frame[~hidden].reset_index(drop=True) for frame in (raw, table))
    return *kept, (Dropped(what="sites", count=int(hidden.sum()), why=why),)


def _placed(
    table: pd.DataFrame, coordinates: pd.DataFrame, sources: tuple[Source, ...], dropped: tuple[Dropped, ...]
) -> Sites:
    missing = coordinates.isna().any(axis=1)
    if missing.any():
        dropped = (*dropped, Dropped(what="sites", count=int(missing.sum()), why="no coordinates"))
    table, points = table[~missing].reset_index(drop=True), coordinates[~missing].reset_index(drop=True)
    if table.empty:
        raise EmptyStudyError("no site has coordinates", where=sources[0].name)
    check_coordinates(points, sources[0].name, table["countries"])
    return Sites(table=table, points=points.assign(site=range(len(points))), sources=sources, dropped=dropped)


def _with_components(sites: Sites, path: Path) -> Sites:
    raw, source = read_csv(path, ("id_no", "component", "latitude", "longitude"), "components of serial properties")
    rows = pd.Series(sites.table.index, index=sites.table["id"])
    points = pd.DataFrame(
        {
            "latitude": numbers(raw, "latitude", path.name),
            "longitude": numbers(raw, "longitude", path.name),
            "site": raw["id_no"].str.strip().map(rows),
        }
    )
    check_coordinates(points, path.name)
    unknown = points["site"].isna()
    dropped = sites.dropped
    if unknown.any():
        dropped = (
            *dropped,
            Dropped(what="components", count=int(unknown.sum()), why="of no property in the list of sites"),
        )
    known = points[~unknown].astype({"site": int})
    kept = sites.points[~sites.points["site"].isin(known["site"])]
    merged = pd.concat([kept, known], ignore_index=True).sort_values("site", kind="stable", ignore_index=True)
    by_component = int(known["site"].nunique())
    return replace(sites, points=merged, sources=(*sites.sources, source), dropped=dropped, by_component=by_component)
