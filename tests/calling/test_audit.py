"""The audit: bounds that cover, a sample that neither party steers, and California's example."""

import random

import pytest
from scipy.stats import beta, binom

from vestige.calling import at_most, projected, sample_positions, sample_seed


@pytest.mark.parametrize(
    ("bad", "of", "bound"), [(0, 300, 0.0099), (0, 400, 0.0075), (5, 400, 0.0261), (0, 240, 0.0124), (160, 400, 0.442)]
)
def test_bounds_are_those_of_clopper_and_pearson(bad, of, bound):
    assert at_most(bad, of) == pytest.approx(bound, abs=6e-4)
    assert binom.cdf(bad, of, at_most(bad, of)) == pytest.approx(
        0.05, abs=1e-9
    )  # the definition, from the other distribution


def test_nobody_who_answers_bounds_nothing():
    assert at_most(0, 0) == at_most(7, 7) == 1.0


def test_the_upper_bound_covers_over_simulated_calls():
    """2,000 calls, bad share 0 to 10 %, silence 0 to 50 %: silent signers are as often false, then far more often."""
    dice = random.Random(9)
    covered, worst, calls = 0, 0, 2000
    table = {}
    for _ in range(calls):
        share, silence = dice.uniform(0, 0.1), dice.uniform(0, 0.5)
        false = [dice.random() < share for _ in range(200)]
        silent = [dice.random() < silence for _ in range(200)]
        no = sum(f and not s for f, s in zip(false, silent, strict=True))
        answers = 200 - sum(silent)
        for bad, of in ((no, answers), (no + sum(silent), 200)):
            if (bad, of) not in table:
                table[bad, of] = float(beta.ppf(0.95, bad + 1, of - bad)) if bad < of else 1.0
                assert table[bad, of] == pytest.approx(at_most(bad, of), rel=1e-9)
        covered += table[no, answers] >= share
        worst += table[no + sum(silent), 200] >= sum(false) / 200
    assert covered >= 0.95 * calls - 3 * (calls * 0.05 * 0.95) ** 0.5
    assert worst == calls


def test_neither_party_alone_steers_the_sample():
    tally, nonce = "ab" * 32, "cd" * 32
    seeds = {sample_seed(tally, nonce), sample_seed("ac" * 32, nonce), sample_seed(tally, "ce" * 32)}
    assert len(seeds) == 3
    draws = [sample_positions(seed, 100, 10_000) for seed in sorted(seeds)]
    assert all(len(set(one) & set(other)) < 15 for one, other in [(draws[0], draws[1]), (draws[1], draws[2])])


@pytest.mark.parametrize(("size", "population"), [(1, 1), (5, 3), (300, 1_000_000), (99, 100), (3, 0)])
def test_positions_are_different_ascending_and_within(size, population):
    drawn = sample_positions(b"s" * 32, size, population)
    assert drawn == sorted(set(drawn)) and len(drawn) == min(size, population)
    assert all(0 <= one < population for one in drawn)


def test_every_position_is_as_likely():
    hits = [0] * 10
    for number in range(4000):
        for position in sample_positions(number.to_bytes(32, "big"), 3, 10):
            hits[position] += 1
    assert all(abs(count - 1200) < 120 for count in hits)


def test_the_example_of_the_californian_regulation_comes_out_exactly():
    """Cal. Code Regs. tit. 2, § 20540: 24,034 raw, 722 drawn, 516 valid, 2 duplicates."""
    assert projected(24_034, 722, 516, 2) == 15_028
    assert projected(24_034, 722, 516, 0) == 17_178
