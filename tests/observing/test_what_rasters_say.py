"""What a file or its catalogue says of its numbers: masks, alpha, no data, scale, offset, unit; and sites and scenes at 180 degrees."""

import datetime as dt
import json

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from rasterio.transform import from_origin
from rasterio.windows import Window
from scenery import ORIGIN, item, lonlat, speckle, write_catalogue, write_cog

from vestige.observing import Abstention, Series, test_change
from vestige.observing.scenes import (
    FaultKind,
    Interval,
    ReaderSettings,
    Site,
    find_scenes,
    plan_reads,
    read_scenes,
    read_sites,
    reader_for,
    scene_from_item,
)
from vestige.observing.scenes.stated._footprints import box_of, covers, turned
from vestige.observing.scenes.stated._units import Units, said_of

WHEN = dt.datetime(2024, 1, 3, 3, 4, 5, tzinfo=dt.UTC)
ALWAYS = Interval(dt.datetime(2020, 1, 1, tzinfo=dt.UTC), dt.datetime(2030, 1, 1, tzinfo=dt.UTC))
SITE = Site(id="a", lon=lonlat(40, 30)[0], lat=lonlat(40, 30)[1])
SHAPE = (90, 110)


def read_one(folder, *, pixels=9, asset=None):
    """Read the window around the site from folder/x.tif; ``asset`` is what the catalogue says beside its address."""
    one = item("x", WHEN, {"vv": str(folder / "x.tif")}, shape=SHAPE)
    one["assets"]["vv"] |= asset or {}
    found = find_scenes(str(write_catalogue(folder / "items.json", [one])), sites=[SITE], intervals=[ALWAYS])
    settings = ReaderSettings(allow_local=True)
    plan = plan_reads(found.scenes, [SITE], bands=("vv",), pixels=pixels, headers=reader_for(settings).headers)
    return read_scenes(plan, settings)


def write_plain(path, pixels, *, mask=None, count=1, **options):
    """Write a GeoTIFF without a value for no data, with a mask of its own where one is given."""
    with (
        rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True),
        rasterio.open(
            path, "w", driver="GTiff", width=pixels.shape[1], height=pixels.shape[0], count=count, dtype=pixels.dtype,
            crs="EPSG:32637", transform=from_origin(*ORIGIN, 30, 30), **options,
        ) as file,
    ):  # fmt: skip
        for band in range(1, count + 1):
            file.write(pixels if band == 1 else np.where(mask, 255, 0).astype(pixels.dtype), band)
        if mask is not None and count == 1:
            file.write_mask(mask)


@pytest.mark.parametrize(
    "options",
    [
        {"tiled": True, "blockxsize": 32, "blockysize": 32, "compress": "deflate"},
        {"tiled": True, "blockxsize": 32, "blockysize": 32, "compress": "lzw", "predictor": 3},
        {"compress": "deflate", "BIGTIFF": "YES"},
        {"ENDIANNESS": "BIG"},
        {},
    ],
)
def test_a_mask_within_the_file_hides_what_rasterio_hides(tmp_path, options):
    mask = np.random.default_rng(3).random(SHAPE) < 0.7
    write_plain(tmp_path / "x.tif", speckle(1, SHAPE), mask=mask, **options)
    (chip,) = read_one(tmp_path).chips
    with rasterio.open(tmp_path / "x.tif") as file:
        window = Window(chip.col, chip.row, 9, 9)
        expected = file.read(1, window=window, masked=True).filled(np.nan)
        assert np.isnan(expected).any()
    assert np.array_equal(chip.values(), expected, equal_nan=True)
    assert len(chip.evidence) >= 2


def test_a_window_that_a_mask_hides_whole_holds_no_valid_pixel(tmp_path):
    mask = np.ones(SHAPE, bool)
    mask[20:40, 30:50] = False
    write_plain(tmp_path / "x.tif", speckle(1, SHAPE), mask=mask, compress="deflate")
    scenes = read_one(tmp_path)
    assert not scenes.chips
    assert [one.kind for one in scenes.findings] == [FaultKind.EMPTY]


@pytest.mark.parametrize("interleave", ["pixel", "band"])
@pytest.mark.parametrize("compress", ["deflate", "zstd"])
def test_what_alpha_hides_is_hidden(tmp_path, interleave, compress):
    mask = np.random.default_rng(4).random(SHAPE) < 0.5
    numbers = (speckle(1, SHAPE) * 1000).astype("uint16") + 1
    write_plain(
        tmp_path / "x.tif", numbers, mask=mask, count=2, ALPHA="YES", interleave=interleave, compress=compress,
        tiled=True, blockxsize=32, blockysize=32,
    )  # fmt: skip
    (chip,) = read_one(tmp_path).chips
    rows, cols = slice(chip.row, chip.row + 9), slice(chip.col, chip.col + 9)
    assert np.array_equal(np.isnan(chip.values()), ~mask[rows, cols])
    assert np.array_equal(chip.values()[mask[rows, cols]], numbers[rows, cols][mask[rows, cols]])


def test_no_data_of_the_catalogue_counts_where_the_file_says_none(tmp_path):
    pixels = speckle(1, SHAPE)
    pixels[30, 40] = -9999
    write_plain(tmp_path / "x.tif", pixels)
    (chip,) = read_one(tmp_path, asset={"raster:bands": [{"nodata": -9999}]}).chips
    assert np.isnan(chip.values()).sum() == 1
    write_cog(tmp_path / "x.tif", pixels, nodata=7.0)
    (chip,) = read_one(tmp_path, asset={"nodata": -9999}).chips
    assert np.isfinite(chip.values()).all()


@pytest.mark.parametrize(
    "asset",
    [
        {"raster:bands": [{"scale": 0.01, "offset": -50, "unit": "dB", "nodata": 0}]},
        {"bands": [{"raster:scale": 0.01, "raster:offset": -50, "unit": "decibel"}], "nodata": 0},
        {"raster:scale": 0.01, "raster:offset": -50, "unit": "DB", "nodata": "0"},
        {"bands": [{"name": "vv"}], "raster:scale": 0.01, "raster:offset": -50, "unit": "dB (gamma0)"},
    ],
)
def test_scaled_decibels_become_power(tmp_path, asset):
    power = np.clip(speckle(2, SHAPE), 1e-4, None)
    write_plain(tmp_path / "x.tif", np.round((10 * np.log10(power) + 50) * 100).astype("uint16"))
    (chip,) = read_one(tmp_path, asset=asset).chips
    expected = power[chip.row : chip.row + 9, chip.col : chip.col + 9]
    assert np.allclose(chip.values(), expected, rtol=0.0012)


def test_scale_offset_and_unit_of_the_file_itself_count_before_the_catalogues(tmp_path):
    write_plain(tmp_path / "x.tif", np.full(SHAPE, 4000, "uint16"))
    with rasterio.open(tmp_path / "x.tif", "r+") as file:
        file.scales, file.offsets, file.units = (0.01,), (-50.0,), ("dB",)
    (chip,) = read_one(tmp_path, asset={"raster:bands": [{"scale": 3, "unit": "1"}]}).chips
    assert np.allclose(chip.values(), 0.1)


def test_a_unit_that_is_no_backscatter_is_refused_by_name(tmp_path):
    write_plain(tmp_path / "x.tif", speckle(1, SHAPE))
    scenes = read_one(tmp_path, asset={"raster:bands": [{"unit": "kelvin"}]})
    assert [one.kind for one in scenes.findings] == [FaultKind.UNIT]
    assert "'kelvin'" in scenes.findings[0].message


@given(db=st.floats(-40, 20), scale=st.floats(0.001, 10), offset=st.floats(-60, 60))
def test_power_is_what_was_scaled(db, scale, offset):
    stored = np.array([(db - offset) / scale])
    assert np.allclose(Units(scale, offset, "dB").power(stored), 10 ** (db / 10), rtol=1e-6)
    amplitude = np.sqrt(10 ** (db / 10))
    assert np.allclose(Units(1.0, 0.0, "amplitude").power(np.array([amplitude])), 10 ** (db / 10))


@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text(max_size=8), lambda x: st.lists(x, max_size=3)))
def test_odd_words_of_a_catalogue_are_passed_over(odd):
    said = said_of({"raster:bands": [{"scale": odd, "offset": odd, "nodata": odd, "unit": odd}], "bands": odd})
    assert np.isfinite(said.units.scale)
    assert np.isfinite(said.units.offset)
    assert not said.nodata or float(said.nodata) is not None


@pytest.mark.parametrize(
    "kind",
    [
        "image/tiff", "IMAGE/TIFF; application=geotiff", "image/tiff; application=geotiff; profile=cloud-optimized",
        "image/vnd.stac.geotiff", "image/vnd.stac.geotiff; cloud-optimized=true", "image/x.geotiff", "image/geotiff",
        "application/geotiff", "image/x-tiff", "image/tif", "image/tiff;application=geotiff", "", "application/octet-stream",
    ],
)  # fmt: skip
def test_every_spelling_of_a_tiffs_media_type(kind):
    one = item("x", WHEN, {"vv": "https://example.org/x_vv.TIF"})
    one["assets"]["vv"]["type"] = kind
    assert scene_from_item(one).asset("vv")


@pytest.mark.parametrize("kind", ["image/png", "application/json", "application/x-hdf5"])
def test_other_media_types_are_no_tiff(kind):
    one = item("x", WHEN, {"vv": "https://example.org/x_vv.tif"})
    one["assets"]["vv"]["type"] = kind
    assert scene_from_item(one).asset("vv") is None


WAYS = {
    "jumps": [[(179.9, -1), (-179.8, -1), (-179.8, 1), (179.9, 1), (179.9, -1)]],
    "goes on": [[(179.9, -1), (180.2, -1), (180.2, 1), (179.9, 1), (179.9, -1)]],
    "goes on westward": [[(-180.1, -1), (-179.8, -1), (-179.8, 1), (-180.1, 1), (-180.1, -1)]],
    "cut in two": [
        [(179.9, -1), (180, -1), (180, 1), (179.9, 1), (179.9, -1)],
        [(-180, -1), (-179.8, -1), (-179.8, 1), (-180, 1), (-180, -1)],
    ],
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("box", [[-179.8, -1, 179.9, 1], [179.9, -1, -179.8, 1], [-180, -1, 180, 1]])
def test_a_scene_over_180_degrees_covers_what_it_covers(way, box):
    one = item("x", WHEN, {"vv": "https://example.org/x_vv.tif"})
    one["bbox"], one["geometry"] = box, {"type": "MultiPolygon", "coordinates": [[ring] for ring in WAYS[way]]}
    scene = scene_from_item(one)
    assert [scene.covers(lon, 0) for lon in (179.95, -179.9, 180.0, -180.0, 179.8, -179.7, 0.0)] == [
        True, True, True, True, False, False, False,
    ]  # fmt: skip


@given(west=st.floats(-180, 179.99), width=st.floats(0.01, 100), part=st.floats(0.01, 0.99))
def test_a_ring_covers_its_own_points_wherever_it_lies(west, width, part):
    ring = tuple((turned(x), y) for x, y in ((west, -1), (west + width, -1), (west + width, 1), (west, 1)))
    assert covers([ring], turned(west + width * part), 0)
    assert not covers([ring], turned(west + width + (360 - width) * part), 0)
    assert box_of([ring]) is not None


@pytest.mark.parametrize("way", WAYS)
def test_an_area_over_180_degrees_stands_for_its_middle(way, tmp_path):
    geometry = {"type": "MultiPolygon", "coordinates": [[ring] for ring in WAYS[way]]}
    feature = {"type": "Feature", "id": "x", "properties": {}, "geometry": geometry}
    path = tmp_path / "sites.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}))
    (site,) = read_sites(path)
    assert abs(site.lon) > 179.8
    assert abs(site.lat) <= 0.5


def series(decibels, bands=("VV",), **more):
    """One pixel a date, from decibels (T, band)."""
    values = 10 ** (np.asarray(decibels, float) / 10)
    times = np.datetime64("2022-01-01") + 12 * np.arange(len(values)).astype("timedelta64[D]")
    return Series(times, values[:, :, None, None], bands, "orbit 21", **more)


def test_values_in_decibels_are_refused_by_name_though_some_are_positive():
    numbers = np.random.default_rng(1).normal(-9, 1, (40, 1, 3, 3))
    numbers[-3:] = 2.0
    times = np.datetime64("2022-01-01") + 12 * np.arange(40).astype("timedelta64[D]")
    given_db = Series(times, numbers, ("VV",), "orbit 21")
    assert test_change(given_db, after=(times[-4], times[-1])).abstained is Abstention.NOT_POSITIVE


@pytest.mark.parametrize("bands", [("VV", "VH"), ("VV",), ("HH", "HV")])
def test_open_water_is_never_called_changed(bands):
    rng = np.random.default_rng(7)
    wind = rng.normal(-17, 3, 40)
    wind[-4:] += 9
    levels = np.stack([wind, rng.normal(-28, 0.8, 40)], axis=1)[:, : len(bands)]
    change = test_change(series(levels, bands), after=("2023-03-10", "2023-06-01"))
    assert (change.p_value, change.abstained) == (None, Abstention.OPEN_WATER)


def test_sand_returns_as_little_as_water_but_steadily_and_is_judged():
    rng = np.random.default_rng(7)
    levels = np.stack([rng.normal(-19, 0.8, 40), rng.normal(-28, 0.8, 40)], axis=1)
    assert test_change(series(levels, ("VV", "VH")), after=("2023-03-10", "2023-06-01")).p_value is not None
