from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulate import dates, series

from vestige.observing import Abstention, SeriesError, combine, combine_p_values, rank, survey, test_change

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
    day = np.datetime64("2021-03-01", "s") + np.arange(10) * np.timedelta64(1, "D")
    one = replace(change, p_value=0.001, first_seen=(day[0], day[6]))
    two = replace(change, p_value=0.002, first_seen=(day[2], day[8]), orbit="T002")
    joined = combine([one, two])
    assert joined.first_seen == (day[2], day[6])
    assert joined.orbit == "T001+T002"
    assert joined.p_value == 0.002
    apart = combine([one, replace(two, first_seen=(day[7], day[8]))])
    assert apart.first_seen == (day[0], day[8])


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


def test_a_list_at_a_false_discovery_rate_holds_it(change):
    rng = np.random.default_rng(3)
    wrong = []
    for _ in range(200):
        p = np.concatenate([rng.random(80), rng.beta(0.05, 10, 20)])
        ranked = rank([replace(change, p_value=float(value), site=str(i)) for i, value in enumerate(p)])
        found = [int(one.change.site) for one in ranked if one.q_value <= 0.1]
        wrong.append(np.mean([i < 80 for i in found]) if found else 0)
        assert [one.change.p_value for one in ranked] == sorted(p)
    assert np.mean(wrong) <= 0.1


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
