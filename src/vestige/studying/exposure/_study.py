"""The exposure study: events of organized violence near sites, by distance and year."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pandas as pd

from vestige.studying._errors import EmptyStudyError, StudyInputError
from vestige.studying._study import Figure, Study, Table
from vestige.studying.data._events import load_events, precise, year_spans, years_of
from vestige.studying.data._sites import Sites, load_sites
from vestige.studying.exposure._counts import Counted, summary_of
from vestige.studying.exposure._words import of_comparison, of_towns
from vestige.studying.report._figures import line_figure
from vestige.studying.statistics._centroids import dominant_points, is_artefact, town_points
from vestige.studying.statistics._near import Places, count_near
from vestige.studying.statistics._robustness import listing_varies, robustness_table, variation_table

RADII: Final = (2.0, 5.0, 10.0, 25.0, 50.0)
_CENTROID_SITES: Final = 100_000


def exposure_study(
    sites: Sequence[Path],
    events: Sequence[Path],
    *,
    radii: Sequence[float] = RADII,
    precision: int = 2,
    components: Path | None = None,
) -> Study:
    """Count events and deaths within each radius (kilometres) of each site, year by year.

    Raises a `StudyInputError` for unusable files, and `EmptyStudyError` when no event is near any site.
    """
    radii = check_radii(radii)
    register, everything = load_sites(sites, components), load_events(events)
    usable = precise(everything, precision)
    places = Places.of(usable.table, ["events", "deaths"])
    counted = Counted.of(register, places, radii)
    if not counted.rows:
        hint = "are latitude and longitude in the right columns, and do both files cover the same part of the world?"
        raise EmptyStudyError(f"no event lies within {radii[-1]:g} km of any site", where=sites[0].name, hint=hint)
    middle = radii[len(radii) // 2]
    centroids = _centroids(register, places, middle)
    summary = summary_of(register, counted, radii)
    robust = robustness_table(register, everything.table, radii)
    towns, variation = town_points(usable.table), variation_table(register, usable.table, middle)
    table, pieces = counted.table(register, radii)
    main_tables = (
        (Table(name="exposure", title="Events and deaths by site, radius and year", data=table),)
        if table is not None
        else ()
    )
    return Study(
        name="exposure",
        title="Organized violence near cultural sites",
        question="How many events of organized violence are recorded near each site, at which distances, in which years?",
        findings=_findings(summary, centroids, robust, register, radii, middle, towns, usable.table, variation),
        method=_method(radii, precision, register),
        denominators=_denominators(register, usable.table, everything.table, precision),
        limits=_LIMITS,
        references=_REFERENCES,
        tables=(
            Table(
                name="most-exposed",
                title=f"Most events within {middle:g} km",
                data=_top(summary, centroids, middle),
                on_page=True,
            ),
            *main_tables,
            Table(name="sites", title="Totals by site and radius", data=summary),
            Table(name="town-centroids", title="Sites whose counts hang on one point", data=centroids),
            Table(name="town-points", title="Points on which ten events or more stand", data=towns),
            Table(name="variation", title="What a comparison could rest on, by country", data=variation),
            Table(name="robustness", title="In danger: radius by precision, town points and lag", data=robust),
        ),
        figures=(_figure(register, places, usable.table, summary, middle),),
        sources=(*register.sources, *usable.sources),
        dropped=(*register.dropped, *usable.dropped),
        options={"radii_km": list(radii), "precision": precision},
        pieces=pieces,
    )


def check_radii(radii: Sequence[float]) -> tuple[float, ...]:
    """Give radii in order, each once; raise `StudyInputError` for none, or for one that is no distance on Earth."""
    ordered = tuple(sorted({float(radius) for radius in radii}))
    if not ordered or ordered[0] <= 0 or ordered[-1] > 2000:
        raise StudyInputError(f"radii must be above 0 and at most 2,000 km, got {list(radii)}", where="--radius")
    return ordered


def _centroids(sites: Sites, places: Places, radius: float) -> pd.DataFrame:
    if len(sites.table) > _CENTROID_SITES:
        return pd.DataFrame(columns=["id", "name", "radius_km", "events", "on_one_point", "share", "distance_km"])
    table = dominant_points(sites.points, places, radius)
    flagged = table[is_artefact(table)].reset_index(drop=True)
    names = sites.table.loc[flagged["site"], ["id", "name"]].reset_index(drop=True)
    return pd.concat([names, flagged.drop(columns="site")], axis=1).assign(radius_km=radius)


def _top(summary: pd.DataFrame, centroids: pd.DataFrame, radius: float) -> pd.DataFrame:
    rows = summary[summary["radius_km"] == radius].sort_values(["events", "id"], ascending=[False, True]).head(10)
    flagged = set(centroids["id"])
    return rows.drop(columns="radius_km").assign(one_point=["yes" if key in flagged else "no" for key in rows["id"]])


def _figure(sites: Sites, places: Places, events: pd.DataFrame, summary: pd.DataFrame, radius: float) -> Figure:
    ranked = summary[summary["radius_km"] == radius].sort_values(["events", "id"], ascending=[False, True])
    top = [int(sites.table.index[sites.table["id"] == key][0]) for key in ranked["id"].head(4)]
    points = sites.points[sites.points["site"].isin(top)]
    found = list(count_near(points, places, [radius]))
    counts = {(row.site, row.period): row.events for piece in found for row in piece.itertuples()}
    spans, every = year_spans(events), range(int(places.periods.min()), int(places.periods.max()) + 1)
    table = pd.DataFrame(
        [
            {"series": sites.table["name"][site], "year": year, "value": int(counts.get((site, year), 0))}
            for site in top
            for year in years_of(sites.table["countries"][site], spans) or every
        ],
        columns=["series", "year", "value"],
    )
    said = "; ".join(
        f"{name}, {part['year'].min()} to {part['year'].max()}: {', '.join(map(str, part['value']))}"
        for name, part in table.groupby("series", sort=False)
    )
    title = f"Events within {radius:g} km by year, the most exposed sites, in the years that the events of their country span"
    return line_figure("by-year", title, f"Events a year. {said}.", table, f"events within {radius:g} km")


def _findings(
    summary: pd.DataFrame,
    centroids: pd.DataFrame,
    robust: pd.DataFrame,
    sites: Sites,
    radii: Sequence[float],
    middle: float,
    towns: pd.DataFrame,
    events: pd.DataFrame,
    variation: pd.DataFrame,
) -> tuple[str, ...]:
    exposed = summary.groupby("radius_km")["id"].nunique()
    counts = ", ".join(f"{int(exposed.get(radius, 0)):,} within {radius:g} km" for radius in radii)
    first = summary[summary["radius_km"] == middle].nlargest(1, "events")
    most = (
        f" Most at {first['name'].iloc[0]}: {int(first['events'].iloc[0]):,} events within {middle:g} km."
        if len(first)
        else ""
    )
    found = (
        f"Of {len(sites.table):,} sites, these had at least one recorded event near them: {counts}.{most}",
        f"{of_towns(towns, events)} {_said_of_centroids(len(sites.table), len(centroids), middle)}",
    )
    return (*found, of_comparison(robust, variation, listing_varies(sites)))


def _said_of_centroids(sites: int, flagged: int, radius: float) -> str:
    if sites > _CENTROID_SITES:
        return f"Town centroids were not looked for: there are more than {_CENTROID_SITES:,} sites."
    return (
        f"At {flagged:,} sites at least half of the events within {radius:g} km stand on one point (as of a town's centroid): "
        "their rings are not distances to fighting."
    )


def _method(radii: Sequence[float], precision: int, sites: Sites) -> tuple[str, ...]:
    serial = (
        f"{sites.by_component} serial properties are known by their components"
        if sites.by_component
        else "no components given"
    )
    return (
        (
            f"Events of UCDP GED with where_prec of {precision} or less, counted within {', '.join(f'{r:g}' for r in radii)} km of "
            "each site; great-circle distance on a sphere of 6,371.0088 km, boundaries included."
        ),
        f"A property with several points counts an event once, by its nearest point ({serial}); others have one point.",
        "Flag: at least ten events and half of all within the middle radius at identical coordinates.",
        (
            "Robustness: share in danger at the end of the year plus lag, with and without an event near, properties in the countries of "
            "the events; bootstrap over properties."
        ),
    )


def _denominators(sites: Sites, usable: pd.DataFrame, everything: pd.DataFrame, precision: int) -> tuple[str, ...]:
    years = f"{int(usable['year'].min())} to {int(usable['year'].max())}"
    return (
        f"{len(sites.table):,} sites, {len(sites.points):,} points.",
        f"{len(usable):,} of {len(everything):,} events (where_prec ≤ {precision}), {years}; a year without an event has no row.",
    )


_LIMITS: Final = (
    (
        "An event near a site is not damage to it, and no event near it is not safety: UCDP records deaths, not shells that hit stone, and "
        "only in the countries and years of the files given."
    ),
    "where_prec 2 means within about 25 km of the point: rings smaller than that mix precise and nearby events.",
    "A World Heritage export gives one point a property; a serial property may be far from it. Give components where they are known.",
    (
        "Any comparison is an association, never a cause, and mostly one between countries: with few of them, the intervals over properties are "
        "too narrow. Properties listed in danger before the first event year count as listed."
    ),
)

_REFERENCES: Final = (
    "Sundberg and Melander 2013, Journal of Peace Research 50(4), doi 10.1177/0022343313484347 (UCDP GED, CC BY 4.0).",
    "UNESCO World Heritage Centre, World Heritage List, whc.unesco.org/en/list.",
)
