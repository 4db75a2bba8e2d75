"""The k-step rule over random histories with endings: no two published tables single out fewer than k."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from vestige.calling import Table, breaches, next_table

NAMES = "ABCDE"
DAY = st.dictionaries(st.sampled_from(NAMES), st.integers(-60, 90), max_size=5)


@given(st.lists(DAY, max_size=25), st.sampled_from([10, 20, 35]))
@settings(max_examples=300)
def test_no_two_tables_single_out_fewer_than_k(days, k):
    numbers = dict.fromkeys(NAMES, 0)
    published = []
    for day in days:
        numbers = {name: max(0, numbers[name] + day.get(name, 0)) for name in NAMES}
        published.append(next_table(published, numbers, k))
    assert breaches(published, k) == []
    for table in published:
        assert all(number >= k for number in table.cells.values())
        assert table.rest == 0 or table.rest >= k
    values = [[table.cells.get(name, 0) for table in published] for name in NAMES] + [[t.total for t in published]]
    assert all(a == b or abs(a - b) >= k for one in values for a in one for b in one)


def test_a_breach_is_named():
    assert breaches([Table({"A": 20}), Table({"A": 39})], 20) == ["A", "total"]
    assert breaches([Table({"A": 20}, 5)], 20) == ["rest"]
    assert breaches([Table({"A": 40}), Table({"A": 20, "B": 20}), Table({"A": 41, "B": 20})], 20) == ["A"]


def test_most_signatures_stand_in_a_cell_of_their_own_country():
    """A crowd of sixty countries by Zipf's law over 120 days, three in a hundred of whom end."""
    dice = random.Random(22)
    names = [f"{a}{b}" for a in "ABCDEFGH" for b in "ABCDEFGH"][:60]
    weights = [1 / rank for rank in range(1, 61)]
    numbers, published = dict.fromkeys(names, 0), []
    for _ in range(120):
        for name in dice.choices(names, weights, k=dice.randrange(40, 120)):
            numbers[name] += 1 if dice.random() > 0.03 else -1 if numbers[name] else 0
        published.append(next_table(published, numbers, 20))
    assert breaches(published, 20) == []
    assert sum(published[-1].cells.values()) >= 0.85 * sum(numbers.values())
