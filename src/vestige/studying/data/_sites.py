"""Sites to study: World Heritage editions, or any register with an id, a name and coordinates.

A site may have several points: a serial property is known by its components where a file of them is given (columns ``id_no``,
``component``, ``latitude``, ``longitude``). An event then counts once for the property when it is near any of its
components. UNESCO's exports give one point a property, which for a serial property is only a place on the map; such
properties are named in the study's limits.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from vestige.capture import Register, RegisterError, read_register
from vestige.entries import Site
from vestige.studying._errors import ColumnsError, EmptyStudyError, StudyInputError
from vestige.studying.data._editions import KIND as EDITION
from vestige.studying.data._editions import load_editions, other_edition
from vestige.studying.data._places import check_coordinates
from vestige.studying.data._tables import Dropped, Source, decode, kind_of, numbers, read_bytes, read_csv, sha256_of

KIND = "a register of sites"


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
    first = read_bytes(paths[0])[:20_000].split(b"\n", 1)[0].decode("latin-1").lower()
    is_edition = "danger_list" in first or other_edition(paths[0]) is not None
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
    """Read a register as `vestige add sites` does, with its letters, headings and notations of place."""
    content = read_bytes(path)
    _refuse_events(content, path)
    try:
        read = read_register(content, trust_coordinates=True, register=path.stem)
    except RegisterError as error:
        raise ColumnsError(
            f"expected {KIND} (or {EDITION}): {error.message}",
            where=", ".join(filter(None, (path.name, error.where))),
            hint=error.hint,
        ) from error
    source = Source(name=path.name, sha256=sha256_of(content), rows=read.rows, kind=KIND)
    shown = [item for item in read.sites if item.site.sensitivity != "sensitive"]
    rows = [(_id(item.site, number), item.site) for number, item in enumerate(shown, 1)]
    table = pd.DataFrame(
        [(key, site.names[0].text, ",".join(site.countries).lower()) for key, site in rows],
        columns=["id", "name", "countries"],
    )
    spots = [(site.location.latitude, site.location.longitude) if site.location else (None, None) for _, site in rows]
    coordinates = pd.DataFrame(spots, columns=["latitude", "longitude"], dtype=float)
    return _placed(table, coordinates, (source,), _left_out(read, len(read.sites) - len(shown)))


def _refuse_events(content: bytes, path: Path) -> None:
    """Refuse a table of another kind that has names and places too, such as events."""
    head = decode(content[:20_000], path.name) if not content.startswith(b"PK") else ""
    columns = {name.strip().strip('"').lower() for name in head.partition("\n")[0].split(",")}
    looks_like = kind_of(columns)
    if looks_like:
        raise ColumnsError(f"expected {KIND} (or {EDITION})", where=path.name, hint=f"this looks like {looks_like}")


def _id(site: Site, number: int) -> str:
    return site.identifiers[0].value if site.identifiers else str(number)


def _left_out(read: Register, hidden: int) -> tuple[Dropped, ...]:
    """Count what of a register is not studied, and say why."""
    reasons = Counter("no coordinates" if "no coordinate" in row.reason else row.reason for row in read.refused)
    found = [Dropped(what="rows", count=count, why=why) for why, count in reasons.most_common()]
    if read.merged:
        found.append(Dropped(what="rows", count=read.merged, why="a further row of the same site"))
    if hidden:
        why = "sensitive: counts at several radii would betray the place"
        found.append(Dropped(what="sites", count=hidden, why=why))
    return tuple(found)


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
