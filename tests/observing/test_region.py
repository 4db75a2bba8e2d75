"""A list whose sites move together: a regional burst of a simulator is told, and no longer found at each site."""

import numpy as np
from simulate import series, stepped

from vestige.observing import moved_together, survey, survey_region, test_changes

AFTER = ("2021-01-01", "2021-03-01")
SITES = 24


def places(seed, burst):
    rng = np.random.default_rng(seed)
    quiet = [series(rng, site=f"quiet {i}", season=0.3, moisture=0.4) for i in range(SITES)]
    return [stepped(one, AFTER[0], burst) for one in quiet] if burst else quiet


def listed(ranked):
    return [one.change.site for one in ranked if one.q_value is not None and one.q_value <= 0.05]


def test_a_regional_burst_is_told_and_the_changed_site_is_found_against_it():
    batch = places(1, 2.0)
    batch[5] = stepped(batch[5], AFTER[0], -6.0)
    alone = listed(survey(batch, AFTER))
    assert len(alone) > SITES / 2
    ranked, (together,) = survey_region(batch, AFTER)
    assert listed(ranked) == ["quiet 5"]
    assert together.same >= SITES - 2
    assert 1.5 < together.median_db < 2.5
    assert f"{together.same} of {SITES} sites of orbit T001 moved the same way" in str(together)


def test_quiet_sites_and_few_sites_are_judged_alone():
    batch = places(2, 0.0)
    ranked, together = survey_region(batch, AFTER)
    assert together == []
    alone = survey(batch, AFTER)
    assert [one.change.p_value for one in ranked] == [one.change.p_value for one in alone]
    assert {one.change.controlled for one in ranked} == {True}  # each of so many is a control of the others
    assert {one.change.controlled for one in alone} == {False}
    few = places(3, 2.0)[:9]
    assert moved_together(test_changes(few, AFTER)) == []
    assert {one.change.controlled for one in survey_region(few, AFTER)[0]} == {False}
    assert survey_region([], AFTER) == ([], [])
