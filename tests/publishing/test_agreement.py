"""Agreement of assessors: the published figures, a second way to count, and what the page says to whom."""

import csv
import json
import math
import random
from collections import Counter
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import Assessment, Assessor, DateWindow, Draft, Site, derive_findings
from vestige.entries import Name as SiteName
from vestige.publishing import publish
from vestige.publishing.data._agreement import LEAST_WINDOWS, TITLE, agreement, alpha, coincidences
from vestige.publishing.kinds._site_judged import judged_together

OBSERVERS = ("123321412000", "123322412503", "033323422510", "123324412510")
"""The reliability data of Krippendorff (2011), section C: four observers, twelve units, 0 is missing."""
UNITS = [[int(grade) - 1 for grade in unit if grade != "0"] for unit in zip(*OBSERVERS, strict=True)]


@pytest.mark.parametrize(("metric", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849)])
def test_the_published_figures(metric, published):
    assert round(alpha(coincidences(UNITS, 5), metric), 3) == published


@given(st.lists(st.lists(st.integers(0, 4), max_size=4), max_size=12), st.sampled_from(["ordinal", "nominal"]))
def test_alpha_is_what_counting_pairs_one_by_one_gives(units, metric):
    paired = [unit for unit in units if len(unit) > 1]
    values = [grade for unit in paired for grade in unit]
    number = Counter(values)

    def apart(one, other):
        if metric == "nominal" or one == other:
            return one != other
        low, high = sorted((one, other))
        return (sum(number[g] for g in range(low, high + 1)) - (number[low] + number[high]) / 2) ** 2

    expected = sum(apart(*pair) for pair in permutations(values, 2)) / max(1, len(values) - 1)
    seen = sum(apart(*pair) / (len(unit) - 1) for unit in paired for pair in permutations(unit, 2))
    found = alpha(coincidences(units, 5), metric)
    if len(number) < 2:
        assert found is None
    else:
        assert math.isclose(found, 1 - seen / expected, abs_tol=1e-9)


def judged(name, person, condition, site="s"):
    window = DateWindow(when="on", start="2024-05-01")
    return name, Assessment(site=site, assessor=Assessor(name=name), window=window, condition=condition), person


@pytest.mark.parametrize(
    ("judgements", "text"),
    [
        ([judged("a", "p", "Good"), judged("b", "q", "Very Bad")], "03"),
        ([judged("a", "p", "Good"), judged("b", "q", "Unknown")], ""),
        ([judged("a", "p", "Unknown"), judged("b", "q", "Unknown")], ""),
        ([judged("a", "p", "Good"), judged("b", "p", "Good")], ""),
        ([judged("a", "p", "Good"), judged("b", "p", "Poor"), judged("c", "q", "Fair")], ""),
        ([judged("a", "p", "Good"), judged("b", "p", "Good"), judged("c", "q", "Fair")], "01"),
    ],
)
def test_what_counts_are_persons_who_judge(judgements, text):
    persons = {name: person for name, _, person in judgements}
    assert judged_together(derive_findings(judgements), persons) == text


def test_below_twenty_windows_there_is_no_figure():
    few = agreement({"01": LEAST_WINDOWS - 1})
    assert (few.windows, few.ordinal, few.nominal, few.same) == (LEAST_WINDOWS - 1, None, None, None)
    assert agreement({"01": LEAST_WINDOWS}).ordinal is not None


def test_many_windows_of_few_sites_give_a_figure_without_an_interval():
    found = agreement({" ".join(["00", "13"] * 20): 2})
    assert found.ordinal is not None
    assert found.ordinal.low is None


def test_where_nothing_varies_there_is_no_alpha():
    found = agreement({"44": 40})
    assert found.ordinal is None
    assert (found.same.value, found.same.low, found.same.high) == (1, 1, 1)


def test_chance_is_inside_the_interval_and_agreement_is_not():
    draw = random.Random(3)
    by_chance = Counter("".join(sorted(draw.choices("01234", k=2))) for _ in range(200))
    found = agreement(by_chance).ordinal
    assert found.low < 0 < found.high
    alike = Counter(draw.choice("01234") * 2 for _ in range(180)) + Counter({"01": 10, "34": 10})
    assert agreement(alike).ordinal.low > agreement(alike).nominal.low > 0.8
    assert agreement(alike) == agreement(dict(reversed(alike.items())))


def test_the_page_and_the_data_say_how_far_assessors_agree(fresh):
    publish(fresh.record, fresh.out)
    assert "Not enough to say how far assessors agree" in (fresh.out / "en/balance.html").read_text("utf-8")
    before = json.loads((fresh.out / "balance.json").read_bytes())[TITLE]
    assert before["ordinal"] is None
    when = DateWindow(when="on", start="2024-05-01")
    sites = fresh.record.append(*(Draft(Site(names=(SiteName(text=f"Made up {i}"),))) for i in range(24)))
    for key, grades in ((None, ("Good", "Fair", "Poor")), (fresh.others, ("Good", "Poor", "Poor"))):
        drafts = [
            Draft(Assessment(site=site.about, assessor=Assessor(name="N"), window=when, condition=grades[i % 3]))
            for i, site in enumerate(sites)
        ]
        fresh.record.append(*drafts, **({"key": key} if key else {}))
    publish(fresh.record, fresh.out)
    after = json.loads((fresh.out / "balance.json").read_bytes())[TITLE]
    assert after["windows"] == before["windows"] + 24
    with (fresh.out / "data/balance.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = {row["value"]: row for row in csv.DictReader(file) if row["table"] == TITLE}
    ordinal = rows["Krippendorff's alpha, ordinal"]
    assert [float(ordinal[name]) for name in ("number", "low", "high")] == list(after["ordinal"].values())
    page = (fresh.out / "en/balance.html").read_text("utf-8")
    assert ordinal["number"] in page
    assert "Not enough to say" not in page


def test_blind_second_judgements_count_once_they_are_opened(fresh):
    """Two persons judge, each withheld from the other; the ledger shows that both were committed to before either was opened."""
    when = DateWindow(when="on", start="2024-05-01")
    record = fresh.record
    sites = record.append(*(Draft(Site(names=(SiteName(text=f"Made up {i}"),))) for i in range(24)))
    sealed = []
    for key, grades in ((None, ("Good", "Fair", "Poor")), (fresh.others, ("Good", "Poor", "Poor"))):
        drafts = [
            Draft(
                Assessment(site=site.about, assessor=Assessor(name="N"), window=when, condition=grades[i % 3]),
                visibility="withheld",
            )
            for i, site in enumerate(sites)
        ]
        sealed += record.append(*drafts, **({"key": key} if key else {}))
    publish(record, fresh.out)
    before = json.loads((fresh.out / "balance.json").read_bytes())[TITLE]["windows"]
    opened = [record.open_entry(receipt.entry) for receipt in sealed]
    assert max(receipt.index for receipt in sealed) < min(receipt.index for receipt in opened)
    publish(record, fresh.out)
    assert json.loads((fresh.out / "balance.json").read_bytes())[TITLE]["windows"] == before + 24
