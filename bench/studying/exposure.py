"""Exposure of sites to events at five radii: Vestige, GeoPandas and DuckDB on the same data, then Vestige alone as it grows.

    python bench/studying/exposure.py                       # all of it: 20,000 x 8,000 compared, then up to 1,000,000 x 400,000
    python bench/studying/exposure.py --largest 100000      # stop earlier

The data are made here: war regions on all continents, sites in and around them and as many anywhere on land latitudes, and events of
which many share a town's centroid, over 35 years. Every row count and every count must be equal; times are ratios of one run. The
growth runs are processes of their own, so that their peak memory is theirs.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pandas as pd
import shapely

from vestige.studying import Places, count_near

RADII = (2.0, 5.0, 10.0, 25.0, 50.0)
KM_PER_DEGREE = 111.1949


def make(sites: int, events: int, seed: int = 7, *, towns: bool = True) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Make sites and events; half of the sites lie in the 120 war regions (about 400 km wide each) that hold all events."""
    rng = np.random.default_rng(seed)
    centres = np.column_stack([rng.uniform(-30, 55, 120), rng.uniform(-100, 130, 120)])

    def around(count: int, spread: float) -> np.ndarray:
        return centres[rng.integers(0, len(centres), count)] + rng.normal(scale=spread, size=(count, 2))

    anywhere = np.column_stack([rng.uniform(-50, 65, sites - sites // 2), rng.uniform(-170, 170, sites - sites // 2)])
    located = np.vstack([around(sites // 2, 2.0), anywhere])
    if towns:
        known = np.round(around(max(1, events // 7), 1.8), 4)
        chosen = known[np.minimum(rng.pareto(0.6, events) * len(known) / 200, len(known) - 1).astype(int)]
    else:
        chosen = around(events, 1.8)
    points = pd.DataFrame({"site": range(sites), "latitude": located[:, 0], "longitude": located[:, 1]})
    years = rng.integers(1989, 2024, events)
    return points, pd.DataFrame({"latitude": chosen[:, 0], "longitude": chosen[:, 1], "year": years})


def by_vestige(points: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    pieces = list(count_near(points, Places.of(events, ["events"]), RADII))
    return pd.concat(pieces, ignore_index=True).rename(columns={"period": "year"})


def haversine(frame: pd.DataFrame) -> np.ndarray:
    one, two = np.radians(frame["latitude"]), np.radians(frame["event_latitude"])
    half = np.sin((two - one) / 2) ** 2
    half += np.cos(one) * np.cos(two) * np.sin(np.radians(frame["event_longitude"] - frame["longitude"]) / 2) ** 2
    return 2 * 6371.0088 * np.arcsin(np.sqrt(half))


def by_geopandas(points: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Join events within a box around each site, then filter by the haversine, as one would write it with GeoPandas."""
    tall = RADII[-1] / KM_PER_DEGREE * 1.001
    wide = tall / np.cos(np.radians(np.minimum(np.abs(points["latitude"]) + tall, 89)))
    x, y = points["longitude"], points["latitude"]
    boxes = gpd.GeoDataFrame(points, geometry=shapely.box(x - wide, y - tall, x + wide, y + tall), crs=4326)
    renamed = events.rename(columns={"latitude": "event_latitude", "longitude": "event_longitude"})
    where = gpd.points_from_xy(events["longitude"], events["latitude"], crs=4326)
    joined = gpd.sjoin(gpd.GeoDataFrame(renamed, geometry=where), boxes, predicate="within")
    distance = haversine(joined)
    parts = [
        joined[distance <= radius]
        .groupby(["site", "year"])
        .size()
        .rename("events")
        .reset_index()
        .assign(radius_km=radius)
        for radius in RADII
    ]
    return pd.concat(parts, ignore_index=True)


def by_duckdb(points: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Join on half-degree cells and their neighbours, then filter by the haversine, in SQL on two threads."""
    con = duckdb.connect(config={"threads": 2, "memory_limit": "4GB"})
    con.register("points", points)
    con.register("happened", events)
    reach = RADII[-1] / KM_PER_DEGREE * 1.001
    sums = ", ".join(f"count(*) FILTER (km <= {radius}) AS r{n}" for n, radius in enumerate(RADII))
    query = f"""
        WITH s AS (SELECT site, latitude la, longitude lo, unnest(range(floor((latitude - {reach}) * 2)::BIGINT,
                   floor((latitude + {reach}) * 2)::BIGINT + 1)) cy, {reach} / cos(radians(least(abs(latitude) + {reach}, 89))) w FROM points),
        c AS (SELECT *, unnest(range(floor((lo - w) * 2)::BIGINT, floor((lo + w) * 2)::BIGINT + 1)) cx FROM s),
        e AS (SELECT latitude ea, longitude eo, year, floor(latitude * 2)::BIGINT cy, floor(longitude * 2)::BIGINT cx FROM happened),
        p AS (SELECT site, year, 2 * 6371.0088 * asin(sqrt(pow(sin(radians(ea - la) / 2), 2)
              + cos(radians(la)) * cos(radians(ea)) * pow(sin(radians(eo - lo) / 2), 2))) km FROM c JOIN e USING (cy, cx))
        SELECT site, year, {sums} FROM p WHERE km <= {RADII[-1]} GROUP BY site, year"""
    wide = con.execute(query).df()
    parts = [
        wide.loc[wide[f"r{n}"] > 0, ["site", "year", f"r{n}"]]
        .rename(columns={f"r{n}": "events"})
        .assign(radius_km=radius)
        for n, radius in enumerate(RADII)
    ]
    return pd.concat(parts, ignore_index=True)


def ordered(table: pd.DataFrame) -> np.ndarray:
    columns = ["site", "radius_km", "year", "events"]
    return table[columns].astype(float).sort_values(columns[:3]).to_numpy()


def compare(sites: int, events: int) -> None:
    points, happened = make(sites, events)
    results, times = {}, {}
    for name, count in (("vestige", by_vestige), ("geopandas", by_geopandas), ("duckdb", by_duckdb)):
        runs = []
        for _ in range(3):
            start = time.perf_counter()
            results[name] = ordered(count(points, happened))
            runs.append(time.perf_counter() - start)
        times[name] = min(runs)
    equal = all(np.array_equal(results["vestige"], other) for other in results.values())
    print(f"compared on {sites:,} sites x {events:,} events, best of three:")
    for name, seconds in times.items():
        print(f"  {name:10} {seconds:8.2f} s  {seconds / times['vestige']:6.1f} x vestige")
    print(
        f"  rows {len(results['vestige']):,}, events at 50 km {results['vestige'][results['vestige'][:, 1] == 50][:, 3].sum():,.0f}"
    )
    print(f"  all three equal: {equal}")
    if not equal:
        sys.exit(1)


def peak_gigabytes() -> float:
    """Give the largest resident size of this process; getrusage would give that of the process it was forked from."""
    with Path("/proc/self/status").open(encoding="ascii") as status:
        line = next(line for line in status if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024**2


def grow(sites: int, events: int, towns: int) -> None:
    """Count in this process and print one JSON line; the rows are consumed piece by piece, as the study writes them."""
    points, happened = make(sites, events, towns=bool(towns))
    start, rows, near = time.perf_counter(), 0, 0
    places = Places.of(happened, ["events"])
    for piece in count_near(points, places, RADII):
        rows += len(piece)
        near += int(piece.loc[piece["radius_km"] == RADII[-1], "events"].sum())
    seconds = time.perf_counter() - start
    peak = peak_gigabytes()
    print(json.dumps({"seconds": seconds, "rows": rows, "near": near, "places": places.vectors.shape[0], "peak": peak}))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--largest", type=int, default=1_000_000)
    parser.add_argument("--compare", type=int, default=20_000)
    parser.add_argument("--grow", type=int, nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.grow:
        grow(*options.grow)
        return
    if options.compare:
        compare(options.compare, options.compare * 2 // 5)
    for towns in (1, 0):
        print("\nevents at town centroids" if towns else "\nevents that never share a point")
        print(
            f"{'sites':>10} {'events':>8} {'places':>7} {'rows':>12} {'near 50 km':>14} {'seconds':>8} {'peak GB':>8} {'us/site':>8}"
        )
        size = 10_000
        while size <= options.largest:
            report(size, towns)
            size *= 10


def report(size: int, towns: int) -> None:
    command = [sys.executable, __file__, "--grow", str(size), str(size * 2 // 5), str(towns)]
    run = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(
        f"{size:>10,} {size * 2 // 5:>8,} {run['places']:>7,} {run['rows']:>12,} {run['near']:>14,} {run['seconds']:>8.1f} "
        f"{run['peak']:>8.2f} {run['seconds'] / size * 1e6:>8.1f}",
        flush=True,
    )


if __name__ == "__main__":
    main()
