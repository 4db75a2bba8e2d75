"""Real OPERA RTC-S1 chips through the whole way: catalogue, plan, read, stack, test; rasterio is the judge of the pixels."""

import datetime as dt

import numpy as np
import pyproj
import rasterio
from rasterio.warp import transform_bounds
from rasterio.windows import Window
from scenery import write_catalogue

from vestige.observing import Abstention, survey
from vestige.observing.scenes import (
    Interval,
    ReaderSettings,
    Site,
    find_scenes,
    plan_reads,
    read_scenes,
    reader_for,
    stack,
)

ALL = Interval(dt.datetime(2021, 1, 1, tzinfo=dt.UTC), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
BURSTS = ("T137-292320-IW1", "T137-292321-IW1")


def items(folder):
    """STAC items as NASA's catalogue gives them: a granule's name, a footprint, numbered assets, little else."""
    made = {}
    for path in sorted(folder.glob("*/*.tif")):
        granule, band = path.stem.rsplit("_", 1)
        if not any(burst in granule for burst in BURSTS):
            continue
        one = made.setdefault(
            granule, {"type": "Feature", "id": granule, "geometry": None, "properties": {}, "assets": {}, "links": []}
        )
        with rasterio.open(path) as file:
            one["bbox"] = list(transform_bounds(file.crs, 4326, *file.bounds))
        one["assets"][str(len(one["assets"]))] = {"href": str(path), "title": band}
    return list(made.values())


def centre_of(path):
    with rasterio.open(path) as file:
        x, y = file.transform @ (50.5, 50.5)
        return pyproj.Transformer.from_crs(file.crs, 4326, always_xy=True).transform(x, y)


def test_the_time_lines_of_real_bursts_are_those_of_their_files(shared_data, tmp_path):
    found_items = items(shared_data / "s1_chips/T137")
    catalogue = write_catalogue(tmp_path / "opera.json", found_items)
    first = {burst: next(i for i in found_items if burst in i["id"]) for burst in BURSTS}
    sites = [
        Site(id=burst, lon=lon, lat=lat)
        for burst in BURSTS
        for lon, lat in [centre_of(first[burst]["assets"]["0"]["href"])]
    ]
    found = find_scenes(str(catalogue), sites=sites, intervals=[ALL])
    assert {scene.processor for scene in found.scenes} == {"OPERA RTC-S1 v1.0"}
    settings = ReaderSettings(allow_local=True, cache=str(tmp_path / "cache"))
    plan = plan_reads(found.scenes, sites, bands=("VV", "VH"), pixels=9, headers=reader_for(settings).headers)
    result = read_scenes(plan, settings)
    for chip in result.chips[::17]:
        with rasterio.open(chip.href) as file:
            assert np.array_equal(chip.stored(), file.read(1, window=Window(chip.col, chip.row, 9, 9)), equal_nan=True)
    own = [s for s in stack(result.chips, bands=plan.bands, pixels=3) if s.site == s.orbit]
    assert {s.orbit for s in own} == set(BURSTS)
    assert all(len(s) == 21 and set(s.platform) == {"S1A", "S1B"} for s in own)
    start = own[0].times[15]
    ranked = survey(own, (start, own[0].times[-1] + np.timedelta64(1, "D")))
    assert all(one.change.abstained is Abstention.OPEN_WATER for one in ranked), "both bursts lie in the Pacific"
    assert all(one.change.n_before >= 14 for one in ranked)
