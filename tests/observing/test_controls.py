import re

import numpy as np
import pytest
from simulate import called, dates, values

from vestige.observing import Series, SeriesError, combine, test_change, test_changes

TIMES = dates(80)
AFTER = (TIMES[68], TIMES[79])


def neighbours(rng, sites, **kwargs):
    """Sites that share season and moisture, each with its own speckle, and the mean of many more as their control."""
    shared = values(rng, TIMES, pixels=1, looks=1e9, **kwargs)
    shared = shared / shared.mean(axis=0)

    def one(pixels):
        return Series(TIMES, shared * rng.gamma(10, 0.1, (80, 2, pixels, pixels)), ("VV", "VH"), "T001")

    return [one(3) for _ in range(sites)], one(30)


def test_weather_that_controls_show_too_is_no_change_of_the_site():
    rng = np.random.default_rng(0)
    batch, control = neighbours(rng, 300)
    storm = np.where(((AFTER[0] <= TIMES) & (AFTER[1] > TIMES))[:, None, None, None], 10**0.3, 1)
    batch = [Series(TIMES, one.values * storm, one.bands, one.orbit) for one in batch]
    control = Series(TIMES, control.values * storm, control.bands, control.orbit)
    alone = np.array([called(change) for change in test_changes(batch, AFTER)])
    known = np.array([called(change) for change in test_changes(batch, AFTER, controls=[[control]] * 300)])
    assert np.mean(alone <= 0.05) > 0.5
    assert np.mean(known <= 0.05) < 0.08
    assert np.mean(known <= 0.01) < 0.03


def test_controls_let_smaller_steps_be_found():
    rng = np.random.default_rng(1)
    batch, control = neighbours(rng, 200, moisture=1.2)
    step = np.where((AFTER[0] <= TIMES)[:, None, None, None], 10**0.1, 1)
    batch = [Series(TIMES, one.values * step, one.bands, one.orbit) for one in batch]
    alone = np.array([called(change) for change in test_changes(batch, AFTER)])
    known = np.array([called(change) for change in test_changes(batch, AFTER, controls=[[control]] * 200)])
    assert np.mean(known <= 0.05) > np.mean(alone <= 0.05) + 0.2


def test_a_date_that_the_controls_lack_is_not_used():
    batch, control = neighbours(np.random.default_rng(2), 1)
    fewer = Series(TIMES[1:], control.values[1:], control.bands, control.orbit)
    assert test_change(batch[0], AFTER, controls=[fewer]).n_before == 67
    assert test_change(batch[0], AFTER, controls=[fewer, control]).n_before == 68


def test_controls_of_another_orbit_are_refused():
    batch, control = neighbours(np.random.default_rng(3), 1)
    other = Series(TIMES, control.values, control.bands, "T002")
    with pytest.raises(SeriesError, match=re.escape("expected controls of orbit T001")):
        test_change(batch[0], AFTER, controls=[other])


def test_a_calibration_that_changed_everywhere_is_no_change_beside_controls_and_said_to_be_unknown_without():
    rng = np.random.default_rng(4)
    batch, control = neighbours(rng, 200, season=0.3, moisture=0.3)
    shifted = np.where((AFTER[0] <= TIMES)[:, None, None, None], 10**0.1, 1)
    batch = [Series(TIMES, one.values * shifted, one.bands, one.orbit) for one in batch]
    control = Series(TIMES, control.values * shifted, control.bands, control.orbit)
    alone = test_changes(batch, AFTER)
    known = test_changes(batch, AFTER, controls=[[control]] * 200)
    assert np.mean([called(change) <= 0.05 for change in known]) <= 0.08
    assert np.mean([called(change) <= 0.05 for change in alone]) > 0.2
    assert {change.controlled for change in alone} == {False}
    assert {change.controlled for change in known} == {True}
    assert combine(alone[:1]).controlled is False
    assert combine([known[0], known[1]]).controlled is True
    assert combine([known[0], alone[1]]).controlled is False
