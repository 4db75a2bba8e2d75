"""The plan: what it holds, that it says what the reading then does, and that nothing goes missing without a word."""

import datetime as dt
import json
from collections import deque
from itertools import pairwise

import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from range_server import Fault
from rasterio.transform import from_origin
from scenery import ORIGIN, item, lonlat, speckle, write_cog, write_scenery

from vestige.observing.scenes import FaultKind, Finding, Plan, Reader, Site, plan_reads, read_scenes, scene_from_item
from vestige.observing.scenes._windows import MAX_GAP, Cut, Tile, _coalesced, tiles_under

DAY = dt.timedelta(days=1)
START = dt.datetime(2024, 1, 3, 3, 4, 5, tzinfo=dt.UTC)


def site(name, col, row):
    lon, lat = lonlat(col, row)
    return Site(id=name, lon=lon, lat=lat)


def scenes_of(items):
    found = [scene_from_item(one) for one in items]
    assert not [f for f in found if isinstance(f, Finding)]
    return found


def plan_of(items, sites, settings, *, bands=("vv", "vh"), pixels=9):
    return plan_reads(scenes_of(items), sites, bands=bands, pixels=pixels, headers=Reader(settings).headers, workers=8)


SITES = (site("a", 100, 100), site("b", 105, 102), site("c", 400, 300))


def test_the_window_has_the_site_in_its_middle(server, settings):
    plan = plan_of(write_scenery(server.root, dates=1, href=server.url), SITES, settings)
    assert plan.files[0].cuts == (Cut("a", 96, 96, 9, 9), Cut("b", 101, 98, 9, 9), Cut("c", 396, 296, 9, 9))


def test_the_plan_is_plain_data_and_comes_back_from_json(server, settings):
    plan = plan_of(write_scenery(server.root, dates=2, href=server.url), SITES, settings)
    again = msgspec.json.decode(msgspec.json.encode(plan), type=Plan)
    assert again == plan
    assert json.loads(msgspec.json.encode(plan))["files"][0]["cuts"][0]["site"] == "a"
    with pytest.raises(AttributeError):
        plan.pixels = 3


def test_the_plan_is_what_the_reading_does(server, settings):
    plan = plan_of(write_scenery(server.root, dates=3, href=server.url), SITES, settings)
    server.forget()
    scenes = read_scenes(plan, settings)
    assert len(scenes.chips) == plan.chips == 3 * 2 * 3
    assert (scenes.requests, scenes.bytes) == (plan.requests, plan.bytes) == (len(server.requests), server.sent)


def test_headers_are_asked_for_once_ever(server, settings):
    items = write_scenery(server.root, dates=3, href=server.url)
    first = plan_of(items, SITES, settings)
    server.forget()
    assert plan_of(items, SITES, settings) == first
    assert server.requests == []


def test_of_one_pass_a_site_is_served_once_by_the_newest(server, settings):
    items = write_scenery(server.root, dates=1, href=server.url)
    newer = item(
        "scene000-reprocessed", START + dt.timedelta(seconds=20), {k: v["href"] for k, v in items[0]["assets"].items()}
    )
    later = item("scene001", START + 12 * DAY, {k: v["href"] for k, v in items[0]["assets"].items()})
    plan = plan_of([*items, newer, later], SITES, settings)
    assert {file.scene.id for file in plan.files} == {"scene000-reprocessed", "scene001"}
    assert [(f.kind, f.scene, f.sites) for f in plan.findings] == [(FaultKind.DOUBLED, "scene000", ("a", "b", "c"))]


def test_two_platforms_or_tracks_are_two_passes(server, settings):
    items = write_scenery(server.root, dates=1, href=server.url)
    hrefs = {k: v["href"] for k, v in items[0]["assets"].items()}
    other = [item("b", START, hrefs, platform="sentinel-1b"), item("c", START, hrefs, orbit=22)]
    plan = plan_of(items + other, SITES, settings)
    assert len({file.scene.id for file in plan.files}) == 3
    assert not plan.findings


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"transform": from_origin(*ORIGIN, 20, 20)}, "steps of 20"),
        ({"transform": from_origin(ORIGIN[0] + 10, ORIGIN[1], 30, 30)}, "grid offset"),
        ({"epsg": 32636}, "EPSG:32636"),
    ],
)
def test_a_file_on_another_grid_is_a_finding(server, settings, change, words):
    items = write_scenery(server.root, dates=4, href=server.url, bands=("vv",))
    write_cog(server.root / "scene002_vv.tif", speckle(2), **change)
    plan = plan_of(items, SITES, settings, bands=("vv",))
    assert len(plan.files) == 3
    (finding,) = plan.findings
    assert (finding.kind, finding.scene, finding.sites) == (FaultKind.OTHER_GRID, "scene002", ("a", "b", "c"))
    assert words in finding.message


def test_a_grid_shifted_by_whole_pixels_is_the_same_grid(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url, bands=("vv",))
    write_cog(
        server.root / "scene001_vv.tif", speckle(2), transform=from_origin(ORIGIN[0] - 60, ORIGIN[1] + 90, 30, 30)
    )
    plan = plan_of(items, SITES[:1], settings, bands=("vv",))
    assert not plan.findings
    assert [(f.cuts[0].col, f.cuts[0].row) for f in plan.files] == [(96, 96), (98, 99)]


def test_bands_of_two_resolutions_are_each_their_own_grid(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url)
    for number in range(2):
        coarse = from_origin(*ORIGIN, 60, 60)
        write_cog(server.root / f"scene00{number}_vh.tif", speckle(number, (300, 350)), transform=coarse)
    plan = plan_of(items, SITES, settings)
    assert not plan.findings
    assert {(f.band, f.cuts[0].col) for f in plan.files} == {("vv", 96), ("vh", 46)}


def test_a_window_over_the_edge_is_outside(server, settings):
    plan = plan_of(
        write_scenery(server.root, dates=1, href=server.url), [site("edge", 3, 300), site("in", 4, 300)], settings
    )
    assert {f.kind for f in plan.findings} == {FaultKind.OUTSIDE}
    assert {(f.band, f.sites) for f in plan.findings} == {("vv", ("edge",)), ("vh", ("edge",))}
    assert [cut.site for cut in plan.files[0].cuts] == ["in"]


def test_a_band_that_a_scene_lacks_is_a_finding(server, settings):
    items = write_scenery(server.root, dates=1, href=server.url, bands=("vv",))
    plan = plan_of(items, SITES, settings)
    assert [(f.kind, f.band, f.sites) for f in plan.findings] == [(FaultKind.NO_ASSET, "vh", ("a", "b", "c"))]
    assert "it has: vv" in plan.findings[0].message


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        (Fault(status=404), FaultKind.MISSING),
        (Fault(status=503), FaultKind.UNAVAILABLE),
        (Fault(status=403, body=b"Signature expired"), FaultKind.EXPIRED),
        (Fault(truncate=True), FaultKind.TRUNCATED),
        (Fault(ignore_range=True), FaultKind.NO_RANGES),
    ],
)
@pytest.mark.parametrize("when", ["header", "tile"])
def test_every_failure_is_a_finding_on_its_observation_and_costs_no_other(server, settings, fault, kind, when):
    items = write_scenery(server.root, dates=3, href=server.url, bands=("vv",))
    if when == "header":
        server.faults["/scene001_vv.tif"] = fault
    plan = plan_of(items, SITES, settings, bands=("vv",))
    server.faults["/scene001_vv.tif"] = fault
    scenes = read_scenes(plan, settings)
    (finding,) = scenes.findings
    assert (finding.kind, finding.scene, finding.band, finding.sites) == (kind, "scene001", "vv", ("a", "b", "c"))
    assert finding.href == f"{server.url}/scene001_vv.tif"
    assert {c.scene.id for c in scenes.chips} == {"scene000", "scene002"}
    server.faults.clear()
    assert not read_scenes(plan_of(items, SITES, settings, bands=("vv",)), settings).findings


def test_a_file_cut_short_is_truncated(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url, bands=("vv",))
    path = server.root / "scene001_vv.tif"
    path.write_bytes(path.read_bytes()[:30_000])
    plan = plan_of(items, SITES, settings, bands=("vv",))
    assert [(f.kind, f.scene) for f in plan.findings] == [(FaultKind.TRUNCATED, "scene001")]


def test_a_tile_of_rubbish_is_unreadable(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url, bands=("vv",))
    plan = plan_of(items, SITES, settings, bands=("vv",))
    path, tile = server.root / "scene001_vv.tif", plan.files[1].ranges[0].tiles[0]
    raw = bytearray(path.read_bytes())
    raw[tile.start : tile.start + 40] = b"\xff" * 40
    stat = path.stat()
    path.write_bytes(raw)
    import os

    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    scenes = read_scenes(plan, settings)
    assert [(f.kind, f.scene) for f in scenes.findings] == [(FaultKind.UNREADABLE, "scene001")]


def test_a_file_that_was_replaced_is_read_anew(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url, bands=("vv",))
    plan_of(items, SITES, settings, bands=("vv",))
    write_cog(server.root / "scene001_vv.tif", speckle(77), blocksize=128)
    plan = plan_of(items, SITES, settings, bands=("vv",))
    scenes = read_scenes(plan, settings)
    assert not scenes.findings
    chip = next(c for c in scenes.chips if c.site == "a" and c.scene.id == "scene001")
    assert np.array_equal(chip.stored(), speckle(77)[96:105, 96:105])


def test_a_file_that_keeps_changing_is_replaced(server, settings):
    items = write_scenery(server.root, dates=1, href=server.url, bands=("vv",))
    plan = plan_of(items, SITES, settings, bands=("vv",))
    server.faults["/scene000_vv.tif"] = deque(Fault(etag=f'"{n}"') for n in range(20))
    scenes = read_scenes(plan, settings)
    assert [f.kind for f in scenes.findings] == [FaultKind.REPLACED]


def test_an_empty_window_is_a_finding(server, settings):
    items = write_scenery(server.root, dates=2, href=server.url, bands=("vv",))
    write_cog(server.root / "scene001_vv.tif", np.full((600, 700), np.nan, "float32"))
    scenes = read_scenes(plan_of(items, SITES, settings, bands=("vv",)), settings)
    assert [(f.kind, f.scene, f.sites) for f in scenes.findings] == [(FaultKind.EMPTY, "scene001", ("a", "b", "c"))]


# requests


@given(
    tiles=st.lists(st.tuples(st.integers(0, 2 * MAX_GAP), st.integers(1, 9000)), min_size=1, max_size=30),
)
def test_requests_cover_every_tile_once_and_little_else(tiles):
    placed, at = [], 1000
    for number, (gap, length) in enumerate(tiles):
        placed.append(Tile(number, at + gap, length))
        at += gap + length
    ranges = list(_coalesced(placed))
    assert [t for r in ranges for t in r.tiles] == placed
    for part in ranges:
        assert (part.start, part.start + part.length) == (
            part.tiles[0].start,
            part.tiles[-1].start + part.tiles[-1].length,
        )
        wasted = part.length - sum(t.length for t in part.tiles)
        assert wasted <= MAX_GAP * (len(part.tiles) - 1)
    for one, two in pairwise(ranges):
        assert two.start - one.start - one.length > MAX_GAP


@given(col=st.integers(0, 690), row=st.integers(0, 590), size=st.integers(1, 10))
def test_the_tiles_under_a_window_are_those_that_hold_its_pixels(col, row, size, tmp_path_factory):
    from vestige.observing.scenes import Headers, LocalSource

    path = tmp_path_factory.getbasetemp() / "tiles.tif"
    if not path.exists():
        write_cog(path, speckle(1), blocksize=128)
    layout = Headers(LocalSource(), None).read(str(path)).layout
    expected = {(r // 128) * layout.across + c // 128 for r in range(row, row + size) for c in range(col, col + size)}
    assert set(tiles_under(Cut("a", col, row, size, size), layout)) == expected
