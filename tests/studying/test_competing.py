"""Removal with returning fighting as a competing event, the lull that makes an end, and the reasons of listings."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import CumIncidenceRight

from vestige.studying import StudyInputError
from vestige.studying.data._reasons import load_reasons, with_reason
from vestige.studying.recovery._lulls import by_lull
from vestige.studying.recovery._words import removal_findings
from vestige.studying.statistics._competing import aalen_johansen, cumulative_incidence
from vestige.studying.statistics._spells import LULLS, peace_spells
from vestige.studying.statistics._survival import _quick_share

YEARS = np.arange(16)
ROWS = st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12), st.integers(0, 2)), min_size=3, max_size=40)


@given(ROWS)
def test_the_incidence_is_that_of_statsmodels(raw):
    values = np.array([(0, length, kind) for _, length, kind in raw])
    ours = aalen_johansen(values, YEARS)
    if not values[:, 2].any():
        assert not ours.any()
        return
    theirs = CumIncidenceRight(values[:, 1], values[:, 2])
    for kind in range(len(theirs.cinc)):
        before = np.searchsorted(theirs.times, YEARS, side="right")
        np.testing.assert_allclose(ours[kind], np.concatenate([[0.0], theirs.cinc[kind]])[before], atol=1e-9)


@given(ROWS)
def test_with_late_entries_both_kinds_and_what_is_left_are_one(raw):
    values = np.array([(entry, entry + length, kind) for entry, length, kind in raw])
    values[0, 0] = 0
    left = _quick_share(np.column_stack([values[:, 1], values[:, 2] > 0, values[:, 0]]).astype(float), YEARS)
    np.testing.assert_allclose(aalen_johansen(values, YEARS).sum(axis=0) + left, 1, atol=1e-9)


def test_competing_hazards_of_a_simulator_are_found():
    """Constant hazards a and b: by year t the share removed is a / (a + b) of all that ended."""
    rng = np.random.default_rng(4)
    kind = rng.choice([0, 1, 2], p=[0.7, 0.1, 0.2], size=(20_000, 15))
    ended = np.argmax(kind > 0, axis=1)
    some = (kind > 0).any(axis=1)
    values = np.column_stack(
        [np.zeros(20_000, int), np.where(some, ended + 1, 15), np.where(some, kind[np.arange(20_000), ended], 0)]
    )
    removed, returned = aalen_johansen(values, YEARS)[:, 5]
    assert (removed, returned) == (
        pytest.approx((1 - 0.7**5) / 3, abs=0.01),
        pytest.approx((1 - 0.7**5) * 2 / 3, abs=0.01),
    )


@pytest.mark.parametrize(
    ("lull", "ends"), [(1, [1992, 1996, 2000]), (2, [1992, 1996, 2000]), (3, [1996, 2000]), (5, [2000])]
)
def test_an_end_of_fighting_needs_its_lull(lull, ends):
    site = {"category": "Cultural", "deleted": False, "last_seen": 2023, "id_no": "1", "name": "A", "states": ("fr",)}
    table = pd.DataFrame([{**site, "danger": ((1990, None),)}])
    fighting = {220: frozenset([1991, 1992, 1995, 1996, 2000])}
    empty = pd.DataFrame({"country_id": [], "year": [], "ended": [], "outcome": []})
    assert peace_spells(table, fighting, empty, 2006, lull)["fighting_ended"].tolist() == ends


def spells(reason, count, why="fighting returned"):
    rows = {"id_no": "1", "category": "Cultural", "cluster": list("abcde") * (count // 5), "listed": 1990, "entry": 0}
    return pd.DataFrame(
        rows | {"exit": 3, "recovered": why.startswith("removed"), "why": why, "reason": reason, "outcome": "not coded"}
    )


def test_other_and_unknown_reasons_are_said_apart_and_nothing_is_said_without_conflict():
    alone = pd.concat([spells("other", 10, "removed from the list"), spells("unknown", 5)], ignore_index=True)
    told = removal_findings(alone, pd.DataFrame(), pd.DataFrame(), pd.DataFrame())
    assert told[0].startswith("No listing is known to have been made for conflict")
    assert "10 spells of properties listed for other reasons (10 removals) and 5 whose reason is unknown (0)" in told[1]
    lulls = by_lull(dict.fromkeys(LULLS, alone))
    assert lulls["conflict"].tolist() == [0] * 4
    assert lulls["removed"].isna().all()


def test_intervals_draw_countries_again_and_are_the_same_each_time():
    both = pd.concat([spells("conflict", 10), spells("conflict", 10, "removed from the list")], ignore_index=True)
    one, two = (cumulative_incidence(both, 5, replicates=50) for _ in range(2))
    pd.testing.assert_frame_equal(one, two)
    assert (one["low"] <= one["share"]).all()
    assert (one["share"] <= one["high"]).all()


def test_every_reason_of_the_table_has_its_source():
    table = load_reasons().table
    assert {"conflict", "other", "unknown"} == set(table["reason"])
    assert table["source"].str.contains(r"^https://(?:whc\.unesco\.org|news\.un\.org)/").all()
    found = with_reason(pd.DataFrame({"id_no": ["95", "95", "999"], "listed": [1991, 1980, 1990]}), table)
    assert found["reason"].tolist() == ["conflict", "unknown", "unknown"]


@pytest.mark.parametrize(
    ("row", "says"),
    [
        ("1,1990,war,x,https://a", "expected one of conflict, other, unknown"),
        ("1,1990,conflict,x,", "needs the page or document"),
        ("1,soon,conflict,x,https://a", "column listed"),
        ("2,1990,conflict,x,https://a", "twice"),
    ],
)
def test_a_table_of_reasons_that_cannot_be_used_is_refused(make, row, says):
    path = make("reasons.csv", "id_no,listed,reason,says,source", ["2,1990,other,y,https://b", row])
    with pytest.raises(StudyInputError, match=says):
        load_reasons(path)
