"""400 distinct COGs, one window each: Vestige against rasterio with 32 threads, cold and with headers known.

    python bench/observing/bench_distinct.py

The goal: at least 1.3 times rasterio's speed, and at most 1.05 requests a chip once headers are known. Pixels are compared.
"""

import datetime as dt
import shutil
import sqlite3
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pyproj
import rasterio
from _scenery import EPSG, GDAL, ORIGIN, STEP, parser, served, write_cogs
from rasterio.windows import Window

from vestige.observing.scenes import Asset, ReaderSettings, Scene, Site, plan_reads, read_scenes
from vestige.observing.scenes._read import READERS, reader_for

SIDE, PIXELS = 1024, 16


def scene(number: int, href: str) -> Scene:
    return Scene(
        id=f"{number:04d}", collection="bench", time=dt.datetime(2020, 1, 1, tzinfo=dt.UTC) + dt.timedelta(days=number),
        platform="S1A", track="137", orbit_state="", processor="", assets=(Asset("vv", href),), bbox=(-180, -90, 180, 90),
    )  # fmt: skip


def places(count: int) -> list[tuple[int, int]]:
    rng = np.random.default_rng(7)
    return [tuple(rng.integers(PIXELS, SIDE - PIXELS, 2)) for _ in range(count)]


def by_rasterio(urls: list[str], at: list[tuple[int, int]], threads: int) -> list[np.ndarray]:
    def read(one):
        url, (col, row) = one
        with rasterio.open(url) as file:
            return file.read(1, window=Window(col - PIXELS // 2, row - PIXELS // 2, PIXELS, PIXELS))

    def environment():
        rasterio.env.getenv() if rasterio.env.hasenv() else rasterio.Env(**GDAL).__enter__()

    with rasterio.Env(**GDAL), ThreadPoolExecutor(threads, initializer=environment) as pool:
        return list(pool.map(read, zip(urls, at, strict=True)))


def by_vestige(urls: list[str], at: list[tuple[int, int]], settings: ReaderSettings) -> list[np.ndarray]:
    back = pyproj.Transformer.from_crs(EPSG, 4326, always_xy=True)
    out = []
    sites, scenes = [], []
    for number, (url, (col, row)) in enumerate(zip(urls, at, strict=True)):
        lon, lat = back.transform(ORIGIN[0] + (col + 0.5) * STEP, ORIGIN[1] - (row + 0.5) * STEP)
        sites.append(Site(id=f"{number:04d}", lon=lon, lat=lat))
        near = (lon - 1e-9, lat - 1e-9, lon + 1e-9, lat + 1e-9)
        one = scene(number, url)
        scenes.append(Scene(**{**{f: getattr(one, f) for f in one.__struct_fields__}, "bbox": near}))
    plan = plan_reads(
        scenes, sites, bands=("vv",), pixels=PIXELS, headers=reader_for(settings).headers, workers=settings.connections
    )
    result = read_scenes(plan, settings)
    assert not result.findings, result.findings[:3]
    out = {chip.site: chip.stored() for chip in result.chips}
    return [out[f"{n:04d}"] for n in range(len(urls))]


def forget_all_but_headers(cache: Path) -> None:
    with sqlite3.connect(cache / "index.sqlite") as index:
        index.execute("DELETE FROM tile")
        index.execute("DELETE FROM item WHERE room = 'chips'")


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--connections", type=int, default=64)
    arguments = options.parse_args()
    paths = write_cogs(arguments.folder, arguments.count, SIDE)
    at = places(len(paths))
    rows = []
    with served(arguments.folder, arguments.latency) as server:
        urls = [f"{server.url}/{path.name}" for path in paths]
        for repeat in range(arguments.repeats):
            server.stats()
            begin = time.perf_counter()
            theirs = by_rasterio([f"/vsicurl/{url}?{repeat}" for url in urls], at, 32)
            their_time, their = time.perf_counter() - begin, server.stats()
            cache = Path(tempfile.mkdtemp(prefix="vestige-"))
            settings = ReaderSettings(cache=str(cache), connections=arguments.connections, allow_private=True)
            begin = time.perf_counter()
            ours = by_vestige(urls, at, settings)
            our_time, our = time.perf_counter() - begin, server.stats()
            assert all(np.array_equal(a, b, equal_nan=True) for a, b in zip(ours, theirs, strict=True)), "pixels differ"
            forget_all_but_headers(cache)
            begin = time.perf_counter()
            by_vestige(urls, at, settings)
            warm_time, warm = time.perf_counter() - begin, server.stats()
            shutil.rmtree(cache)
            rows.append(
                (
                    their_time,
                    our_time,
                    warm_time,
                    their["requests"],
                    our["requests"],
                    warm["requests"],
                    their["sent"],
                    our["sent"],
                    warm["sent"],
                )
            )
            READERS.clear()
    chips = len(paths)
    middle = [float(np.median(column)) for column in zip(*rows, strict=True)]
    print(
        f"{chips} distinct COGs, one {PIXELS} by {PIXELS} window each, {arguments.latency * 1000:.0f} ms a request; median of {len(rows)}"
    )
    print(f"{'':28}{'seconds':>9}{'requests a chip':>17}{'MB':>8}")
    for name, t, r, b in zip(
        ("rasterio, 32 threads", "vestige, cold", "vestige, headers known"),
        middle[:3],
        middle[3:6],
        middle[6:9],
        strict=True,
    ):
        print(f"{name:28}{t:9.2f}{r / chips:17.3f}{b / 1e6:8.0f}")
    print(
        f"speed against rasterio: cold {np.median([r[0] / r[1] for r in rows]):.2f}, headers known {np.median([r[0] / r[2] for r in rows]):.2f}; pixels equal"
    )
    return 0


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    sys.exit(main())
