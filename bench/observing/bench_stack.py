"""200 sites in one scene stack of 30 dates: Vestige against odc-stac loading the same windows site by site.

    uv sync --group bench && python bench/observing/bench_stack.py

The goal: at least 10 times odc-stac's speed, and bytes within 1.1 times the tiles that must be read. Pixels are compared.
One after the other, the time of odc-stac is in proportion to the sites, so it loads some and is scaled; --odc-sites 200 loads all.
"""

import datetime as dt
import shutil
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import odc.stac
import pyproj
import pystac
import rasterio
from _scenery import EPSG, GDAL, ORIGIN, STEP, parser, served, write_cogs
from odc.geo.geobox import GeoBox
from rasterio.transform import from_origin

from vestige.observing.scenes import Asset, ReaderSettings, Scene, Site, plan_reads, read_scenes, reader_for
from vestige.observing.scenes._read import READERS

SIDE, PIXELS = 3072, 16
START = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


def items(urls: list[str]) -> list[pystac.Item]:
    """Give the stack as STAC items with the projection extension, as odc-stac wants them."""
    back = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
    west, north = ORIGIN
    corners = [back.transform(west + x, north - y) for x in (0, SIDE * STEP) for y in (0, SIDE * STEP)]
    box = [
        min(c[0] for c in corners),
        min(c[1] for c in corners),
        max(c[0] for c in corners),
        max(c[1] for c in corners),
    ]
    ring = [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]], [box[0], box[1]]]
    made = []
    for number, url in enumerate(urls):
        properties = {
            "proj:code": f"EPSG:{EPSG}",
            "proj:shape": [SIDE, SIDE],
            "proj:transform": [STEP, 0, west, 0, -STEP, north],
        }
        one = pystac.Item(
            f"{number:03d}", {"type": "Polygon", "coordinates": [ring]}, box, START + dt.timedelta(days=12 * number), properties,
            stac_extensions=["https://stac-extensions.github.io/projection/v2.0.0/schema.json"],
        )  # fmt: skip
        one.add_asset("vv", pystac.Asset(url, media_type=pystac.MediaType.COG, roles=["data"]))
        made.append(one)
    return made


def by_odc(found: list[pystac.Item], at: list[tuple[int, int]]) -> list[np.ndarray]:
    odc.stac.configure_rio(cloud_defaults=True, **GDAL)
    out = []
    for col, row in at:
        left, top = ORIGIN[0] + (col - PIXELS // 2) * STEP, ORIGIN[1] - (row - PIXELS // 2) * STEP
        box = GeoBox((PIXELS, PIXELS), from_origin(left, top, STEP, STEP), f"EPSG:{EPSG}")
        out.append(odc.stac.load(found, bands=["vv"], geobox=box, pool=32, progress=None)["vv"].values)
    return out


def by_vestige(
    found: list[pystac.Item], at: list[tuple[int, int]], settings: ReaderSettings
) -> tuple[list[np.ndarray], object]:
    back = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
    sites = []
    for number, (col, row) in enumerate(at):
        lon, lat = back.transform(ORIGIN[0] + (col + 0.5) * STEP, ORIGIN[1] - (row + 0.5) * STEP)
        sites.append(Site(id=f"{number:04d}", lon=lon, lat=lat))
    scenes = [
        Scene(
            id=item.id, collection="bench", time=item.datetime, platform="S1A", track="137", orbit_state="", processor="",
            assets=(Asset("vv", item.assets["vv"].href),), bbox=tuple(item.bbox),
        )
        for item in found
    ]  # fmt: skip
    plan = plan_reads(scenes, sites, bands=("vv",), pixels=PIXELS, headers=reader_for(settings).headers)
    result = read_scenes(plan, settings)
    assert not result.findings, result.findings[:3]
    stacks: dict[str, list[np.ndarray]] = {}
    for chip in result.chips:
        stacks.setdefault(chip.site, []).append(chip.stored())
    return [np.stack(stacks[site.id]) for site in sites], plan


def tiles_that_must_be_read(paths: list[Path], at: list[tuple[int, int]]) -> int:
    """Bytes of the tiles under the windows, as GDAL's own reading of the headers says."""
    total = 0
    for path in paths:
        with rasterio.open(path) as file:
            blocks = {
                (c // 512, r // 512)
                for col, row in at
                for c in (col - PIXELS // 2, col - PIXELS // 2 + PIXELS - 1)
                for r in (row - PIXELS // 2, row - PIXELS // 2 + PIXELS - 1)
            }
            total += sum(int(file.get_tag_item(f"BLOCK_SIZE_{x}_{y}", "TIFF", bidx=1)) for x, y in blocks)
    return total


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--sites", type=int, default=200)
    options.add_argument("--dates", type=int, default=30)
    options.add_argument(
        "--odc-sites", type=int, default=20, help="sites that odc-stac loads; its time is scaled to all"
    )
    arguments = options.parse_args()
    paths = write_cogs(arguments.folder, arguments.dates, SIDE)
    rng = np.random.default_rng(11)
    at = [tuple(int(n) for n in rng.integers(PIXELS, SIDE - PIXELS, 2)) for _ in range(arguments.sites)]
    rows = []
    with served(arguments.folder, arguments.latency) as server:
        found = items([f"{server.url}/{path.name}" for path in paths])
        for _ in range(arguments.repeats):
            cache = Path(tempfile.mkdtemp(prefix="vestige-"))
            settings = ReaderSettings(cache=str(cache), allow_private=True)
            server.stats()
            begin = time.perf_counter()
            ours, _ = by_vestige(found, at, settings)
            our_time, our = time.perf_counter() - begin, server.stats()
            shutil.rmtree(cache)
            READERS.clear()
            begin = time.perf_counter()
            theirs = by_odc(found, at[: arguments.odc_sites])
            scale = len(at) / len(theirs)
            their_time, their = (time.perf_counter() - begin) * scale, server.stats()
            assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(ours, theirs, strict=False)), (
                "pixels differ"
            )
            rows.append(
                (their_time, our_time, their["requests"] * scale, our["requests"], their["sent"] * scale, our["sent"])
            )
    needed = tiles_that_must_be_read(paths, at)
    middle = [float(np.median(column)) for column in zip(*rows, strict=True)]
    print(
        f"{len(at)} sites, {len(paths)} dates, windows of {PIXELS} by {PIXELS}, {arguments.latency * 1000:.0f} ms a request; median of {len(rows)}"
    )
    print(f"{'':24}{'seconds':>9}{'requests':>10}{'MB':>9}{'of what must be read':>22}")
    for name, t, r, b in zip(
        ("odc-stac, site by site", "vestige, cold"), middle[:2], middle[2:4], middle[4:], strict=True
    ):
        print(f"{name:24}{t:9.2f}{r:10.0f}{b / 1e6:9.1f}{b / needed:22.3f}")
    print(f"speed against odc-stac: {np.median([r[0] / r[1] for r in rows]):.1f}; pixels equal")
    return 0


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    sys.exit(main())
