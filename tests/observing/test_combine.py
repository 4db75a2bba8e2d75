from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulate import dates, series, stepped

from vestige.observing import Abstention, Series, SeriesError, combine, combine_p_values, rank, survey, test_change
from vestige.observing._bracket import Onset, OnsetKind

AFTER = (dates(80)[68], dates(80)[79])
RULES = ("simes", "bonferroni", "cauchy")


@pytest.fixture(scope="module")
def change():
    return test_change(series(np.random.default_rng(0), site="a"), AFTER)


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("correlation", [0.0, 0.5, 0.95])
def test_rules_keep_their_level_when_orbits_share_their_weather(rule, correlation):
    rng = np.random.default_rng(2)
    shared, own = rng.standard_normal((20000, 1)), rng.standard_normal((20000, 3))
    from scipy.stats import norm

    p = 2 * norm.sf(np.abs(np.sqrt(correlation) * shared + np.sqrt(1 - correlation) * own))
    joined = np.array([combine_p_values(row, rule) for row in p])
    for level in (0.05, 0.01):
        assert np.mean(joined <= level) <= level * 1.15


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.sampled_from(RULES))
def test_a_joined_p_value_is_one_and_order_does_not_matter(p_values, rule):
    joined = combine_p_values(p_values, rule)
    assert 0 <= joined <= 1
    assert np.isclose(joined, combine_p_values(p_values[::-1], rule))
    if rule == "simes":
        assert min(p_values) <= joined + 1e-12 <= max(p_values) + 1e-9 + 1e-12


@pytest.mark.parametrize("p_values", [[], [0.1, 1.2], [float("nan")]])
def test_what_is_no_p_value_is_refused(p_values):
    with pytest.raises(SeriesError, match="p-value"):
        combine_p_values(p_values)


def test_two_orbits_narrow_the_bracket(change):
    day = np.datetime64("2021-01-01", "s") + np.arange(0, 60, 6) * np.timedelta64(1, "D")
    even = np.full(9, 1 / 9)
    wide = Onset(day, even, OnsetKind.STEP)
    left = Onset(day[[0, 4, 9]], np.array([0.99, 0.01]), OnsetKind.STEP)
    assert wide.bracket() == (day[0], day[9])
    one, two = (replace(change, p_value=0.001, orbit=str(i), onset=onset) for i, onset in enumerate((wide, left)))
    joined = combine([one, two])
    assert joined.first_seen == (day[0], day[4])
    right = replace(two, onset=Onset(day[[5, 7, 9]], np.array([0.5, 0.5]), OnsetKind.STEP))
    assert combine([one, right]).first_seen == (day[5], day[9])


def test_a_change_that_is_no_step_has_no_bracket():
    day = np.datetime64("2021-01-01", "s") + np.arange(3) * np.timedelta64(6, "D")
    for kind in (OnsetKind.GRADUAL, OnsetKind.EARLIER):
        assert Onset(day, np.array([0.5, 0.5]), kind).bracket() is None


def test_an_orbit_that_abstains_does_not_count(change):
    silent = replace(
        change, p_value=None, abstained=Abstention.NO_COVERAGE, change_db={}, interval_db={}, first_seen=None
    )
    joined = combine([change, silent])
    assert joined.p_value == change.p_value
    assert joined.abstained is None
    assert combine([silent, silent]).abstained == Abstention.NO_COVERAGE
    assert combine([silent, replace(silent, abstained=Abstention.CLOUD)]).abstained == Abstention.NOTHING_TO_COMBINE


def test_sites_and_windows_are_not_mixed(change):
    with pytest.raises(SeriesError, match="one site"):
        combine([change, replace(change, site="b")])
    with pytest.raises(SeriesError, match="one site"):
        combine([])


def test_a_list_at_a_false_discovery_rate_holds_it_through_the_test_itself():
    """Quiet places with single odd dates (rain, a ship, a fault), and some that changed: what p-values alone could not keep."""
    rng = np.random.default_rng(3)
    wrong, found = [], []
    for _ in range(6):
        batch = [with_odd_dates(rng, series(rng, site=f"quiet {i}")) for i in range(120)]
        batch += [stepped(series(rng, site=f"changed {i}"), AFTER[0], -3) for i in range(12)]
        listed = [one.change.site for one in survey(batch, AFTER) if one.q_value is not None and one.q_value <= 0.1]
        wrong.append(sum(site.startswith("quiet") for site in listed) / max(1, len(listed)))
        found.append(sum(site.startswith("changed") for site in listed) / 12)
    assert np.mean(wrong) <= 0.1
    assert np.mean(found) >= 0.5


def with_odd_dates(rng, one, share=0.03):
    odd = rng.random(len(one)) < share
    factor = np.where(odd, 10 ** (-rng.uniform(3, 9, len(one)) / 10), 1.0)
    return Series(one.times, one.values * factor[:, None, None, None], one.bands, one.orbit, site=one.site)


def test_since_when_is_said_only_of_what_the_list_holds(change):
    day = np.datetime64("2021-01-01", "s") + np.arange(2) * np.timedelta64(6, "D")
    weak = replace(change, p_value=0.04, site="weak", first_seen=(day[0], day[1]))
    quiet = [replace(change, p_value=0.5, site=str(i), first_seen=None) for i in range(20)]
    assert rank([weak, *quiet])[0].change.first_seen is None
    assert rank([weak])[0].change.first_seen == (day[0], day[1])


def test_abstentions_come_last_and_have_no_q_value(change):
    silent = replace(change, p_value=None, abstained=Abstention.NO_COVERAGE)
    ranked = rank([silent, change], "any")
    assert [one.q_value for one in ranked] == [change.p_value, None]
    assert rank([]) == []


def test_a_survey_joins_the_orbits_of_a_site():
    rng = np.random.default_rng(4)
    batch = [series(rng, site=site) for site in ("a", "b", "a")]
    ranked = survey(batch, AFTER)
    assert sorted(one.change.site for one in ranked) == ["a", "b"]
    assert len(survey([series(rng), series(rng)], AFTER)) == 2
