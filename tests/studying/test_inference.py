"""Harder inference of the danger study: against statsmodels fits one by one, and where the truth of a simulator is known."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm

from vestige.studying.danger._inference import (
    fit_cloglog,
    harder_inference,
    jackknife,
    permuted,
    with_inference,
    within_countries,
)
from vestige.studying.statistics._hazard import hazard_ratios


def world(ratio, *, countries=24, seed=1, level=0.03, confounded=False):
    """Simulate properties of countries over thirty years; where confounded, countries at war list more even in peace."""
    rng = np.random.default_rng(seed)
    rows = []
    for number in range(countries):
        fights = number % 3 == 0
        begin = rng.integers(3, 20)
        own = level * (4 if confounded and fights else 1)
        for site in range(8):
            for step in range(30):
                war = int(fights and begin <= step < begin + 8)
                rows.append((f"{number:02}x", f"r{number % 2}", f"{number}-{site}", 1990 + step, war, own))
    table = pd.DataFrame(rows, columns=["country", "region", "id_no", "year", "war", "own"])
    chance = 1 - np.exp(-table["own"] * np.where(table["war"] == 1, ratio, 1.0))
    return table.assign(
        listing=rng.random(len(table)) < chance,
        period=(table["year"] - 1990) // 10,
        log_age=np.log1p(table["year"] - 1980),
    )


def test_a_fit_is_that_of_statsmodels_and_bears_a_level_without_an_event():
    rows = world(3.0)
    design = np.column_stack([np.ones(len(rows)), rows["war"], rows["log_age"], rows["year"] > 2015]).astype(float)
    happened = rows["listing"].to_numpy(dtype=float)
    theirs = sm.GLM(happened, design, family=sm.families.Binomial(sm.families.links.CLogLog())).fit().params
    np.testing.assert_allclose(fit_cloglog(design, happened, np.zeros(4)), theirs, atol=1e-5)
    empty = np.where(rows["year"] > 2015, 0.0, happened)
    assert np.isfinite(fit_cloglog(design, empty, np.zeros(4))[1])


def test_the_jackknife_is_that_of_fits_one_by_one():
    rows = world(4.0, countries=8)
    left = [
        np.log(hazard_ratios(rows[rows["country"] != name], "listing", ["war"]).iloc[0]["hazard_ratio"])
        for name in sorted(rows["country"].unique())
    ]
    whole = np.log(hazard_ratios(rows, "listing", ["war"]).iloc[0]["hazard_ratio"])
    error = np.sqrt(7 / 8 * np.sum((np.array(left) - whole) ** 2))
    found = jackknife(rows)
    assert np.log(found["hazard_ratio"]) == pytest.approx(whole, abs=1e-4)
    assert np.log(found["high"]) - whole == pytest.approx(2.3646 * error, rel=1e-3)  # t of 7 degrees of freedom


def test_within_countries_a_country_that_lists_more_even_in_peace_misleads_no_longer():
    rows = world(1.0, confounded=True)
    biased = hazard_ratios(rows, "listing", ["war"]).iloc[0]
    inside = within_countries(rows)
    assert biased["low"] > 1
    assert inside["low"] < 1 < inside["high"]
    assert "countries with a listing" in inside["note"]


def test_wars_dealt_out_anew_tell_an_effect_from_none_and_the_same_each_time():
    strong = permuted(world(8.0), {}, 199)
    assert max(strong) < 0.05
    assert strong == permuted(world(8.0), {}, 199)
    none = [permuted(world(1.0, seed=seed), {}, 99) for seed in range(8)]
    assert 0.15 < np.mean(none) < 0.85


def test_the_table_takes_the_checks_and_says_what_carries_the_ratio():
    rows = world(8.0, countries=12)
    harder = harder_inference(rows, {}, draws=19)
    table = with_inference(pd.DataFrame({"choice": ["main", "other"], "note": ""}), harder)
    assert len(table) == 2 + 4
    assert "in 4 countries" in table["note"].iloc[0]
    none = harder_inference(rows.assign(listing=False), {}, draws=19)
    assert (len(none), none["note"].iloc[0]) == (1, "no event in this class")
