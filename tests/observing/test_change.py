from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simulate import called, dates, series, stepped, values

from vestige.observing import Abstention, Series, SeriesError, test_change, test_changes
from vestige.observing._bracket import OnsetKind
from vestige.observing._forecast import forecast, pattern
from vestige.observing._robust import estimate_steps

START = dates(80)[68]
AFTER = (START, START + np.timedelta64(61, "D"))


@pytest.fixture(scope="module")
def quiet():
    rng = np.random.default_rng(1)
    return [series(rng, season=rng.uniform(0, 2), moisture=rng.uniform(0.2, 1.2)) for _ in range(600)]


def p_values(batch):
    return np.array([called(change) for change in test_changes(batch, AFTER)])


def test_quiet_simulated_sites_are_called_changed_as_often_as_stated(quiet):
    p = p_values(quiet)
    assert 0.02 <= np.mean(p <= 0.05) <= 0.07
    assert np.mean(p <= 0.01) <= 0.025


def test_a_step_is_found_and_its_size_and_sign_are_right(quiet):
    for decibels in (-3, 3):
        changes = test_changes([stepped(one, START, decibels) for one in quiet[:200]], AFTER)
        assert np.mean([called(change) <= 0.05 for change in changes]) > 0.9
        sizes = np.array([list(change.change_db.values()) for change in changes if change.change_db])
        assert np.allclose(np.median(sizes, axis=0), decibels, atol=0.25)


def test_intervals_hold_the_true_size_19_times_of_20(quiet):
    changes = test_changes([stepped(one, START, 2) for one in quiet], AFTER)
    inside = [low <= 2 <= high for change in changes for low, high in change.interval_db.values()]
    assert 0.93 <= np.mean(inside) <= 0.99


def departed(one, first, last, decibels):
    """A series that is so many decibels off from one date to before another, and as before after it."""
    off = (one.times >= first) & (one.times < last)
    moved = np.where(off[:, None, None, None], one.values * 10 ** (decibels / 10), one.values)
    return Series(one.times, moved, one.bands, one.orbit)


def test_what_was_over_before_the_window_ended_is_no_change_and_what_lasts_is(quiet):
    """Snow on three images of five is told to be over, or not called; a step that lasts is hardly ever told to be over."""
    short = (START, START + np.timedelta64(30, "D"))
    snow = [departed(one, dates(80)[68 + i % 2], dates(80)[71 + i % 2], -5) for i, one in enumerate(quiet)]
    changes = test_changes(snow, short)
    assert np.mean([called(change) <= 0.05 for change in changes]) < 0.05
    over = [change for change in changes if change.abstained]
    assert len(over) > 0.1 * len(quiet)
    assert {change.abstained for change in over} == {Abstention.PASSED}
    for decibels in (-2, 3):
        lasting = test_changes([stepped(one, START, decibels) for one in quiet], short)
        assert np.mean([change.abstained is not None for change in lasting]) < 0.02


def test_the_bracket_holds_the_onset(quiet):
    onset = dates(80)[72]
    changes = test_changes([stepped(one, onset, -4) for one in quiet[:200]], AFTER)
    brackets = [change.first_seen for change in changes if change.first_seen]
    assert len(brackets) > 100
    assert np.mean([last < onset <= first for last, first in brackets]) >= 0.9
    assert np.median([(first - last) / np.timedelta64(1, "D") for last, first in brackets]) <= 18


def test_a_batch_says_what_each_says_alone(quiet):
    odd = Series(dates(70, 7), values(np.random.default_rng(3), dates(70, 7)), ("VV", "VH"), "T002")
    batch = [quiet[0], odd, quiet[1]]
    for one, together in zip(batch, test_changes(batch, AFTER), strict=True):
        assert test_change(one, AFTER) == together or np.isclose(test_change(one, AFTER).p_value, together.p_value)


@given(gain=st.floats(0.01, 10), days=st.integers(-3000, 3000))
def test_calibration_constant_and_calendar_do_not_matter(gain, days):
    one = series(np.random.default_rng(5))
    shift = np.timedelta64(days, "D")
    moved = Series(one.times + shift, one.values * gain, one.bands, one.orbit)
    assert np.isclose(test_change(one, AFTER).p_value, test_change(moved, (AFTER[0] + shift, AFTER[1] + shift)).p_value)


def test_what_follows_the_window_is_not_looked_at():
    one = series(np.random.default_rng(6))
    assert test_change(one, AFTER) == test_change(stepped(one, AFTER[1], 10), AFTER)


def with_values(one, array, **kwargs):
    return Series(one.times, array, one.bands, one.orbit, **kwargs)


def test_it_abstains_and_says_why():
    one = series(np.random.default_rng(7))
    late = (one.times >= START)[:, None, None, None]
    assert test_change(with_values(one, one.values * np.nan), AFTER).abstained == Abstention.NO_COVERAGE
    assert (
        test_change(with_values(one, np.where(late, one.values, np.nan)), AFTER).abstained == Abstention.TOO_FEW_BEFORE
    )
    assert test_change(one, ("2030-01-01", "2030-02-01")).abstained == Abstention.TOO_FEW_AFTER
    assert test_change(one, ("2020-02-01", "2020-04-01")).abstained == Abstention.TOO_FEW_BEFORE
    change = test_change(one, ("2030-01-01", "2030-02-01"))
    assert change.p_value is None
    assert "too few" in change.abstained


def test_a_platform_that_the_past_has_not_seen_is_not_compared():
    one = series(np.random.default_rng(8))
    late = one.times >= START
    new = with_values(one, one.values, platform=np.where(late, "S1C", "S1A"))
    assert test_change(new, AFTER).abstained == Abstention.MIXED_PLATFORMS
    other = with_values(one, one.values, processor=np.where(late, "2.0", "1.0"))
    assert test_change(other, AFTER).abstained == Abstention.MIXED_PROCESSORS
    both = with_values(one, one.values, platform=np.where(np.arange(len(one)) % 2 == 0, "S1A", "S1B"))
    told, untold = test_change(both, AFTER), test_change(one, AFTER)
    assert told.abstained is None
    assert abs(told.p_value - untold.p_value) < 0.05  # what one platform sees higher is learned, and costs little


def test_dates_of_a_new_platform_are_left_out_while_enough_others_remain():
    one = series(np.random.default_rng(9))
    inside = np.flatnonzero((one.times >= AFTER[0]) & (one.times < AFTER[1]))
    platform = np.full(len(one), "S1A")
    platform[inside[::2]] = "S1C"
    jumped = one.values * np.where(platform == "S1C", 100, 1)[:, None, None, None]
    change = test_change(with_values(one, jumped, platform=platform), AFTER)
    assert change.n_after == len(inside[1::2])
    assert change.p_value > 0.001


def test_pixels_that_come_and_go_shift_nothing():
    rng = np.random.default_rng(10)
    one = series(rng, looks=1e6, season=0, moisture=0)
    holes = np.where(rng.random(one.values.shape) < 0.3, np.nan, one.values)
    size = test_change(with_values(one, holes), AFTER).change_db
    assert max(map(abs, size.values())) < 0.01


@pytest.mark.parametrize("window", [("2021-02-01", "2021-01-01"), ("now", "then"), ("2021-02-01",), (None, None)])
def test_a_window_that_is_none_is_refused(window):
    with pytest.raises(SeriesError, match="expected"):
        test_change(series(np.random.default_rng(11)), window)


def at(one, place, factor):
    values = one.values.copy()
    values[place] *= factor
    return Series(one.times, values, one.bands, one.orbit)


@pytest.mark.parametrize("factor", [1e6, 1e-9, 30.0, 0.02])
def test_one_date_never_decides_alone(factor):
    one = series(np.random.default_rng(11))
    inside = np.flatnonzero((one.times >= AFTER[0]) & (one.times < AFTER[1]))
    assert test_change(at(one, inside[1], factor), AFTER).p_value > 0.005
    changed = stepped(one, AFTER[0], 5)
    assert test_change(at(changed, 20, 1e-9), AFTER).p_value < 0.01, "an absurd date of the past hides nothing"
    assert test_change(at(changed, inside[1], 1e6), AFTER).p_value < 0.01, "nor does one of the window"


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        (lambda power: 10 * np.log10(power), Abstention.NOT_POSITIVE),
        (lambda power: -10 * np.log10(power), Abstention.NOT_POWER),
        (lambda power: 1e3 * np.sqrt(power), Abstention.NOT_POWER),
    ],
)
def test_what_is_no_power_is_told(values, reason):
    one = series(np.random.default_rng(12))
    power = one.values / np.nanmedian(one.values) * 0.05
    assert test_change(with_values(one, values(power)), AFTER).abstained == reason


def test_the_same_pass_twice_is_refused():
    one = series(np.random.default_rng(13))
    times = np.sort(np.concatenate([one.times, one.times + np.timedelta64(25, "s")]))
    with pytest.raises(SeriesError, match="two images of one pass"):
        Series(times, np.repeat(one.values, 2, axis=0), one.bands, one.orbit)


@given(st.integers(0, 2**32 - 1))
@settings(max_examples=20)
def test_without_each_date_in_turn_is_what_leaving_it_out_gives(seed):
    """The closed form against the forecast without the date."""
    rng = np.random.default_rng(seed)
    days = dates(14)
    found = forecast(pattern(days[:10], days[10:]), rng.normal(size=(2, 10, 2)), rng.normal(size=(2, 4, 2)))
    steps = estimate_steps(found)
    for date in range(4):
        kept = np.delete(np.arange(4), date)
        error, spread = found.error[:, :, kept], found.spread[:, :, kept][..., kept]
        alone = estimate_steps(replace(found, error=error, spread=spread))
        assert np.allclose(steps.without[date], alone.size)
        assert np.allclose(steps.without_variance[date], alone.variance)
    assert (steps.noise >= 1).all()


def test_a_platform_that_sees_higher_is_no_change():
    rng = np.random.default_rng(14)
    calls = []
    for _ in range(60):
        one = series(rng)
        inside = (one.times >= AFTER[0]) & (one.times < AFTER[1])
        other = inside | (np.arange(len(one)) < 15)
        moved = one.values * np.where(other, 10**0.1, 1.0)[:, None, None, None]
        calls.append(
            called(test_change(with_values(one, moved, platform=np.where(other, "S1B", "S1A")), AFTER)) <= 0.05
        )
    assert np.mean(calls) <= 0.1


def test_a_change_that_grows_or_began_before_has_no_bracket():
    one = series(np.random.default_rng(15), looks=1e4)
    early = test_change(stepped(one, AFTER[0] - np.timedelta64(12, "D"), -6), AFTER)
    assert early.p_value <= 0.05
    assert early.first_seen is None
    assert early.onset.kind == OnsetKind.EARLIER
    days = np.clip((one.times - AFTER[0]) / (one.times[-1] - AFTER[0]), 0, 1)
    grown = with_values(one, one.values * (10 ** (-1.2 * days))[:, None, None, None])
    slow = test_change(grown, AFTER)
    assert slow.p_value <= 0.05
    assert slow.onset.kind == OnsetKind.GRADUAL
    assert slow.first_seen is None
