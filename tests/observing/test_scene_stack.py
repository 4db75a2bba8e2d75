"""Chips to time lines: dates, bands, geometry, and Sentinel-2 with its offset and its clouds."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scenery import EPSG, ORIGIN

from vestige.errors import InputError
from vestige.observing.scenes import Acquisition, Chip, stack, surroundings

START = dt.datetime(2024, 1, 1, 10, 0, 0, tzinfo=dt.UTC)


def chip(
    pixels,
    *,
    day=0,
    band="vv",
    site="a",
    track="21",
    platform="S1A",
    processor="1",
    step=30.0,
    nodata="nan",
    removed=False,
    at=(0.0, 0.0),
):
    pixels = np.asarray(pixels)
    scene = Acquisition(
        id=f"s{day}-{platform}", collection="c", time=START + dt.timedelta(days=day), platform=platform, track=track,
        orbit_state="", processor=processor, offset_removed=removed,
    )  # fmt: skip
    return Chip(
        site=site, scene=scene, band=band, data=pixels.tobytes(), dtype=pixels.dtype.str, shape=pixels.shape, nodata=nodata, epsg=EPSG,
        transform=(step, 0.0, ORIGIN[0] + at[0], 0.0, -step, ORIGIN[1] - at[1]), col=0, row=0, href="x.tif", etag="", evidence=(),
    )  # fmt: skip


def ramp(number, size=5):
    return (np.arange(size * size, dtype="f4") + 100 * number + 1).reshape(size, size)


def test_the_middle_of_each_chip_in_order_of_time_and_band():
    chips = [chip(ramp(d * 2 + b), day=d, band=band) for d in (2, 0, 1) for b, band in ((1, "VH"), (0, "vv"))]
    (series,) = stack(chips, bands=("vv", "vh"), pixels=3)
    assert series.bands == ("VV", "VH")
    assert series.values.shape == (3, 2, 3, 3)
    assert series.times.tolist() == [(START + dt.timedelta(days=d)).replace(tzinfo=None) for d in range(3)]
    for date in range(3):
        for band in range(2):
            assert np.array_equal(series.values[date, band], ramp(date * 2 + band)[1:4, 1:4])
    assert series.platform == ("S1A",) * 3
    assert series.scenes == ("s0-S1A", "s1-S1A", "s2-S1A")


def test_sites_and_tracks_are_never_joined():
    chips = [chip(ramp(0), site=site, track=track, day=d) for site in "ab" for track in ("21", "94") for d in range(3)]
    assert [(s.site, s.orbit, len(s)) for s in stack(chips, bands=("vv",), pixels=1)] == [
        ("a", "21", 3),
        ("a", "94", 3),
        ("b", "21", 3),
        ("b", "94", 3),
    ]


def test_platform_and_processor_go_with_each_date():
    chips = [
        chip(ramp(0), day=d, platform=p, processor=v)
        for d, p, v in ((0, "S1A", "1"), (6, "S1B", "1"), (12, "S1A", "2"))
    ]
    (series,) = stack(chips, bands=("vv",), pixels=1)
    assert (series.platform, series.processor) == (("S1A", "S1B", "S1A"), ("1", "1", "2"))


def test_a_band_that_a_date_lacks_is_absent_there_alone():
    chips = [chip(ramp(0), day=0), chip(ramp(1), day=1), chip(ramp(2), day=1, band="vh")]
    (series,) = stack(chips, bands=("vv", "vh"), pixels=3)
    assert np.isnan(series.values[0, 1]).all()
    assert np.isfinite(series.values[[0, 1, 1], [0, 0, 1]]).all()


def test_nodata_is_absent():
    pixels = ramp(0)
    pixels[2, 2] = -9999
    (series,) = stack([chip(pixels, nodata="-9999")], bands=("vv",), pixels=3)
    assert np.isnan(series.values[0, 0, 1, 1])
    assert np.isfinite(series.values).sum() == 8


def test_a_window_larger_than_the_chip_is_refused():
    with pytest.raises(InputError, match="at least 7 pixels"):
        stack([chip(ramp(0))], bands=("vv",), pixels=7)


@given(size=st.integers(1, 12), pixels=st.integers(1, 12))
def test_the_pixel_that_holds_the_site_stays_in_the_middle(size, pixels):
    if pixels > size:
        return
    field = np.zeros((size, size), "f4")
    field[size // 2, size // 2] = 1
    (series,) = stack([chip(field)], bands=("vv",), pixels=pixels)
    assert np.argwhere(np.nan_to_num(series.values[0, 0]) == 1).tolist() == [[pixels // 2, pixels // 2]]


def test_the_surroundings_leave_out_the_site_and_a_margin_around_it():
    (wide,) = stack([chip(ramp(0, 15))], bands=("vv",), pixels=15)
    around = surroundings(wide, 3)
    absent = np.isnan(around.values[0, 0])
    assert absent.sum() == 81
    assert absent[3:12, 3:12].all()
    assert np.array_equal(around.values[~np.isnan(around.values)], wide.values[~np.isnan(around.values)])


# Sentinel-2


def s2(value, day, *, baseline="05.00", removed=False, classes=4):
    """Red at 10 m and its classification at 20 m, both around one place."""
    red = np.full((6, 6), value, "u2")
    scl = np.full((6, 6), classes, "u1")
    common = {"day": day, "platform": "S2A", "track": "", "processor": baseline, "removed": removed, "nodata": "0"}
    return [chip(red, band="B04", step=10.0, **common), chip(scl, band="SCL", step=20.0, at=(-30.0, -30.0), **common)]


def test_the_offset_goes_by_baseline_and_by_what_the_provider_did():
    chips = [
        *s2(500, 0, baseline="03.01"),
        *s2(1500, 5, baseline="05.10"),
        *s2(500, 10, baseline="05.10", removed=True),
        *s2(500, 15, baseline="02.00", removed=True),
    ]
    (series,) = stack(chips, bands=("B04", "scl"), pixels=3)
    assert series.bands == ("B04",)
    assert np.allclose(series.values, 0.05)


def test_cloud_is_left_out():
    (series,) = stack([*s2(1500, 0), *s2(9000, 5, classes=9)], bands=("b04", "scl"), pixels=3)
    assert np.isfinite(series.values[0]).all()
    assert np.isnan(series.values[1]).all()
    assert series.cloud[0] == 0 < series.cloud[1]


def test_the_classification_is_taken_from_under_each_pixel():
    from vestige.observing.scenes._stack import _sampled

    red, scl = s2(1500, 0)
    classes = np.arange(36, dtype="u1").reshape(6, 6)
    scl = chip(classes, band="SCL", step=20.0, at=(-30.0, -30.0))
    sampled = _sampled(scl, red)
    for row in range(6):
        for col in range(6):
            assert sampled[row, col] == classes[int((row * 10 + 5 + 30) // 20), int((col * 10 + 5 + 30) // 20)]


def test_an_image_without_classification_or_baseline_is_left_out():
    assert stack(s2(1500, 0)[:1], bands=("B04", "scl"), pixels=3) == ()
    assert stack(s2(1500, 0, baseline=""), bands=("B04", "scl"), pixels=3) == ()
    (series,) = stack([*s2(1500, 0), *s2(1500, 5)[:1]], bands=("B04", "scl"), pixels=3)
    assert len(series) == 1
