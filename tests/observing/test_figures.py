from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from PIL import Image
from simulate import dates, series, stepped

from vestige.observing import Abstention, Series, SeriesError, before_and_after, expectation, test_change, time_line

AFTER = (dates(80)[68], dates(80)[79])
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def one():
    return stepped(series(np.random.default_rng(0), site="<Mari & Ebla>"), dates(80)[70], -4)


def test_the_quiet_band_holds_95_of_100_quiet_dates():
    rng = np.random.default_rng(1)
    past, window = [], []
    for _ in range(60):
        found = expectation(series(rng), AFTER)
        inside = np.abs(found.seen - found.expected) <= found.half
        past.append(inside[~found.inside].mean())
        window.append(inside[found.inside].mean())
    assert 0.93 <= np.mean(past) <= 0.975
    assert 0.9 <= np.mean(window) <= 0.985


def test_a_past_date_is_expected_from_all_others_but_itself(one):
    values = one.values.copy()
    values[30] *= 5
    moved = expectation(Series(one.times, values, one.bands, one.orbit), AFTER)
    before = expectation(one, AFTER)
    drift = moved.expected[30] - before.expected[30]
    assert np.ptp(drift - 0) < 1
    assert (moved.seen[30] - before.seen[30] > 5).all()


def test_the_time_line_says_what_the_test_says(one):
    change = test_change(one, AFTER)
    root = ET.fromstring(time_line(change, expectation(one, AFTER)))
    text = " ".join(element.text or "" for element in root.iter(f"{SVG}text"))
    assert "<Mari & Ebla>" in text
    assert str(change.first_seen[0])[:10] in text
    assert "damage" not in text
    assert len(list(root.iter(f"{SVG}circle"))) == 2 * change.n_before + 1
    assert len(list(root.iter(f"{SVG}polygon"))) == 2
    assert root.find(f"{SVG}desc").text


def test_an_abstention_has_no_band(one):
    assert expectation(one, ("2030", "2031")) == Abstention.TOO_FEW_AFTER


def test_before_and_after_share_their_stretch(one):
    change = test_change(one, AFTER)
    before, after = (Image.open(BytesIO(data)) for data in before_and_after(one, change, band="VV", pixel_metres=30))
    assert (before.format, before.size) == ("PNG", after.size)
    pixels = [np.asarray(image.convert("L")).astype(int) for image in (before, after)]
    assert pixels[0][:440, :440].mean() > pixels[1][:440, :440].mean() + 60
    assert (pixels[0][-30:] == pixels[1][-30:]).all()  # scale bar and stretch
    same = Series(one.times, np.ones(one.values.shape), one.bands, one.orbit)
    flat = before_and_after(same, change, band="VV", pixel_metres=30)
    assert flat[0] == flat[1]


def test_a_chip_that_cannot_be_drawn_is_refused(one):
    change = test_change(one, AFTER)
    with pytest.raises(SeriesError, match="expected one of VV, VH"):
        before_and_after(one, change, band="HH", pixel_metres=30)
    late = replace(change, window=(np.datetime64("2030-01-01"), np.datetime64("2030-02-01")))
    with pytest.raises(SeriesError, match="no image"):
        before_and_after(one, late, band="VV", pixel_metres=30)
    empty = Series(one.times, one.values * np.nan, one.bands, one.orbit)
    with pytest.raises(SeriesError, match="no pixel"):
        before_and_after(empty, change, band="VV", pixel_metres=30)
