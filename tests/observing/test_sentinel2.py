import numpy as np
import pytest
from simulate import dates

from vestige.observing import Abstention, SeriesError, clear, optical_series, reflectance, test_change

TIMES = dates(60, 10)
AFTER = (TIMES[50], TIMES[58])


def images(rng, baselines, *, late=1.0):
    """Digital numbers of a plain with a season, noise of 3 %, and the offset that each baseline adds."""
    season = 1 + 0.1 * np.cos(2 * np.pi * np.arange(60) / 36.5)
    level = np.array([900.0, 2400.0])[None, :, None, None] * season[:, None, None, None]
    noise = rng.normal(1, 0.03, (60, 2, 4, 4))
    change = np.where(np.arange(60) >= 50, late, 1.0)[:, None, None, None]
    return np.round(level * noise * change) + np.where(np.array(baselines) >= "04.00", 1000, 0)[:, None, None, None]


def series(numbers, baselines, scl=None, **kwargs):
    scl = np.full((60, 4, 4), 5) if scl is None else scl
    return optical_series(TIMES, numbers, ("B04", "B08"), "R064", baselines=baselines, classification=scl, **kwargs)


def test_a_new_baseline_is_no_change_wherever_its_dates_lie():
    rng = np.random.default_rng(0)
    for baselines in (["02.14"] * 50 + ["04.00"] * 10, ["05.00", "02.14"] * 25 + ["05.11"] * 10):
        numbers = images(rng, baselines)
        assert test_change(series(numbers, baselines), AFTER).p_value > 0.05
    one_jump = ["02.14"] * 50 + ["04.00"] * 10
    assert test_change(series(images(rng, one_jump), ["02.14"] * 60), AFTER).p_value < 0.01


def test_a_change_of_reflectance_is_found():
    baselines = ["02.14"] * 50 + ["04.00"] * 10
    change = test_change(series(images(np.random.default_rng(1), baselines, late=1.5), baselines), AFTER)
    assert change.p_value < 0.01
    assert np.allclose(list(change.change_db.values()), 10 * np.log10(1.5), atol=0.4)


def test_digital_numbers_become_reflectance_by_their_baseline():
    assert np.isnan(reflectance(np.array([0]), "04.00")).all()
    assert reflectance(np.array([3000]), "04.00") == pytest.approx(0.2)
    assert reflectance(np.array([3000]), "03.01") == pytest.approx(0.3)
    assert reflectance(np.array([3000]), "05.09", offset_removed=True) == pytest.approx(0.3)


@pytest.mark.parametrize("baseline", ["", "4", "N0400", None])
def test_without_a_baseline_nothing_is_compared(baseline):
    with pytest.raises(SeriesError, match="processing baseline"):
        reflectance(np.array([1]), baseline)


def test_clouds_hide_their_surroundings_too_and_shadow_and_snow_are_no_ground():
    scl = np.full((6, 6), 4)
    scl[2, 2], scl[5, 5] = 9, 11
    shown = clear(scl)
    assert not shown[1:4, 1:4].any()
    assert shown[0].all()
    assert not shown[5, 5]
    assert shown[4, 4]
    assert clear(scl, widen=0).sum() == 34
    assert not clear(np.array([[0, 1, 2, 3, 8, 9, 10, 11]]), widen=0).any()


def test_bright_clouds_are_no_change_and_too_many_make_it_abstain():
    baselines = ["02.14"] * 60
    numbers = images(np.random.default_rng(2), baselines)
    scl = np.full((60, 4, 4), 5)
    scl[50:54], numbers[50:54] = 9, 9000
    some = test_change(series(numbers, baselines, scl), AFTER)
    assert some.p_value > 0.05
    assert some.n_after == 4
    scl[50:58] = 8
    assert test_change(series(numbers, baselines, scl), AFTER).abstained == Abstention.CLOUD
    early = np.full((60, 4, 4), 5)
    early[:45] = 3
    assert test_change(series(numbers, baselines, early), AFTER).abstained == Abstention.CLOUD


def test_shapes_must_agree():
    numbers = images(np.random.default_rng(3), ["02.14"] * 60)
    with pytest.raises(SeriesError, match="baseline a date"):
        series(numbers, ["02.14"])
    with pytest.raises(SeriesError, match="classification"):
        series(numbers, ["02.14"] * 60, np.zeros((60, 2, 2)))
