"""What is derived: public coordinates, findings, mapped grades."""

import datetime as dt
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import (
    Assessment,
    Assessor,
    DateWindow,
    Location,
    Name,
    Site,
    UnknownTermError,
    condition_from,
    crosswalks,
    derive_findings,
    known_by,
    public_location,
    public_site,
    vocabulary,
)

latitudes, longitudes = st.floats(-90, 90), st.floats(-180, 180)
cells = st.sampled_from([0.1, 0.5, 1.0])


def sensitive(latitude, longitude):
    return Site(
        names=(Name(text="A"),), sensitivity="sensitive", location=Location(latitude=latitude, longitude=longitude)
    )


@given(latitudes, longitudes, cells)
def test_a_public_place_tells_the_cell_and_nothing_else(latitude, longitude, cell):
    place = public_location(sensitive(latitude, longitude), cell)
    assert place.cell_degrees == cell
    assert abs(place.latitude - latitude) <= cell / 2 + 1e-9
    assert abs(place.longitude - longitude) <= cell / 2 + 1e-9
    for other in (place.latitude - cell / 3, place.latitude + cell / 3):
        assert public_location(sensitive(other, place.longitude), cell) == place


@given(latitudes, longitudes, cells, cells)
def test_snapping_again_tells_nothing_more(latitude, longitude, first, second):
    site = sensitive(latitude, longitude)
    once = public_site(site, first)
    again = public_location(once, second)
    assert (
        again in {public_location(once, first), public_location(site, max(first, second))}
        or again.cell_degrees >= first
    )
    assert public_location(public_site(once, first), first) == once.location


def test_an_open_place_stays_and_none_stays_none():
    site = Site(names=(Name(text="A"),), location=Location(latitude=1.25, longitude=2.5))
    assert public_location(site) == site.location
    assert public_location(Site(names=(Name(text="A"),), sensitivity="sensitive")) is None


@pytest.mark.parametrize("corner", [(90.0, 180.0), (-90.0, -180.0), (0.0, 0.0)])
def test_the_edges_of_the_world_have_cells(corner):
    place = public_location(sensitive(*corner))
    assert -90 < place.latitude < 90
    assert -180 < place.longitude < 180


ON = DateWindow(when="on", start="2020-11")


def judge(who, condition, window=ON, site="site:aaaaaaaaaaaaaaaa", *, person=None):
    if isinstance(window, str):
        window = DateWindow(when="on", start=window)
    body = Assessment(site=site, assessor=Assessor(name=who), window=window, condition=condition)
    return f"{who}-{condition}", body, person or who.casefold().strip()


def states(assessments, required=2):
    return [finding.state for finding in derive_findings(assessments, required=required)]


def test_findings_follow_the_policy():
    assert states([judge("A", "Good")]) == ["single"]
    assert states([judge("A", "Good"), judge("B", "Good")]) == ["agreed"]
    assert states([judge("A", "Good"), judge("B", "Poor")]) == ["contested"]
    assert states([judge("A", "Good"), judge("B", "Good"), judge("C", "Poor")]) == ["contested"]
    assert states([judge("A", "Good"), judge("B", "Good")], required=3) == ["single"]
    assert states([judge("A", "Good")], required=1) == ["agreed"]


def test_an_assessor_counts_once_and_names_do_not_make_persons():
    assert states([judge("A", "Good"), judge("a ", "Good")]) == ["single"]
    one_key = [judge("A", "Good", person="k"), judge("B", "Good", person="k")]
    assert [(f.state, f.assessors, f.persons) for f in derive_findings(one_key)] == [("single", 2, 1)]
    both = [judge("A", "Poor"), judge("B", "Good"), judge("A", "Good")]
    assert states(both) == states(both[::-1]) == ["contested"], "what is not a correction stands beside the other"


def test_windows_that_overlap_or_nearly_touch_are_compared():
    same = DateWindow(when="between", start="2020-11-01", end="2020-11-30")
    assert states([judge("A", "Good"), judge("B", "Good", same)]) == ["agreed"]
    assert states([judge("A", "Good"), judge("B", "Poor", DateWindow(when="before", end="2020-11-30"))]) == [
        "contested"
    ]
    assert states([judge("A", "Good", "2022-03-22"), judge("B", "Good", "2022-03-24")]) == ["agreed"]
    assert states([judge("A", "Good", "2022-03-22"), judge("B", "Poor", "2022-05-24")]) == ["single", "single"]


def test_a_vague_assessment_contests_an_agreed_finding_and_never_leads_it():
    agreed = [judge("A", "Destroyed", "2024-03-22"), judge("B", "Destroyed", "2024-03-22")]
    (finding,) = derive_findings([*agreed, judge("C", "Good", "2024")])
    assert (finding.state, finding.window.start, finding.steps) == ("contested", "2024-03-22", 4)
    (finding,) = derive_findings([*agreed, judge("C", "Destroyed", "2024")])
    assert (finding.state, finding.window.start, finding.persons) == ("agreed", "2024-03-22", 3)
    later = derive_findings([*agreed, judge("C", "Poor", "2024-11-01")])
    assert [(f.state, f.window.start) for f in later] == [("agreed", "2024-03-22"), ("single", "2024-11-01")]


def test_unknown_is_no_judgement():
    (finding,) = derive_findings([judge("A", "Good"), judge("B", "Unknown")])
    assert (finding.state, finding.condition, finding.assessors, finding.steps) == ("single", "Good", 2, 0)
    (finding,) = derive_findings([judge("A", "Unknown"), judge("B", "Unknown")])
    assert (finding.state, finding.condition) == ("single", "Unknown")


@pytest.mark.parametrize(("other", "steps"), [("Fair", 1), ("Poor", 2), ("Very Bad", 3), ("Destroyed", 4)])
def test_neighbours_are_told_from_opposite_ends(other, steps):
    (finding,) = derive_findings([judge("A", "Good"), judge("B", other), judge("C", "Unknown")])
    assert (finding.state, finding.steps, finding.condition) == ("contested", steps, None)


def test_a_contested_finding_shows_every_judgement():
    (finding,) = derive_findings([judge("A", "Good"), judge("B", "Poor")])
    assert finding.conditions == {"Good": ("A-Good",), "Poor": ("B-Poor",)}
    assert finding.assessors == 2


days = st.dates(dt.date(2024, 1, 1), dt.date(2024, 2, 20)).map(str)
windows = st.one_of(
    days.map(lambda day: DateWindow(when="on", start=day)),
    st.sampled_from(["2024", "2024-01", "2024-02"]).map(lambda date: DateWindow(when="on", start=date)),
    st.tuples(days, days).map(lambda ends: DateWindow(when="between", start=min(ends), end=max(ends))),
    days.map(lambda day: DateWindow(when="before", end=day)),
)
judgements = st.tuples(
    st.sampled_from("ABCD"), st.sampled_from(["Good", "Fair", "Destroyed", "Unknown"]), windows, st.sampled_from("xyz")
)
several = st.lists(judgements, min_size=1, max_size=7).map(
    lambda many: [(f"{number:02}", judge(*one[:3])[1], one[3]) for number, one in enumerate(many)]
)


def _strictly_inside(inner, outer):
    (a, b), (c, d) = (((w.bounds()[0] or dt.date.min), w.bounds()[1]) for w in (inner[1].window, outer[1].window))
    return c <= a and b <= d and (a, b) != (c, d)


@given(several, st.randoms())
def test_the_order_of_entry_does_not_matter(assessments, random):
    shuffled = random.sample(assessments, len(assessments))
    assert derive_findings(shuffled) == derive_findings(assessments)


@given(several)
def test_one_more_assessment_never_pushes_an_agreed_finding_aside(assessments):
    *before, _ = assessments
    now = derive_findings(assessments)
    by_name = {name: body for name, body, _ in before}
    for finding in derive_findings(before):
        if finding.state != "agreed":
            continue
        condition, speaking = finding.condition, {name for names in finding.conditions.values() for name in names}
        still = [
            f
            for f in now
            if f.state in {"agreed", "contested"}
            and condition in f.conditions
            and _overlap(f, finding, by_name, speaking)
        ]
        assert still, "an agreed finding stays agreed, or is contested"


def _overlap(new, old, by_name, speaking):
    first, last = new.window.bounds()
    return any(
        (body.window.bounds()[0] or dt.date.min) <= last + dt.timedelta(3)
        and (first or dt.date.min) <= body.window.bounds()[1] + dt.timedelta(3)
        for name, body in by_name.items()
        if name in speaking
    )


@given(several)
def test_a_wider_window_never_leads_over_a_narrower_one_inside_it(assessments):
    leading = derive_findings(assessments)[-1]
    narrowest = [a for a in assessments if not any(_strictly_inside(b, a) for b in assessments)]
    first, last = leading.window.bounds()
    span = (first or dt.date.min).toordinal(), last.toordinal()
    assert any(
        (a[1].window.bounds()[0] or dt.date.min).toordinal() <= span[1] + 3
        and span[0] <= a[1].window.bounds()[1].toordinal() + 3
        for a in narrowest
    )
    starts = [(a[1].window.bounds()[0] or dt.date.min).toordinal() for a in assessments]
    assert span[1] >= max(starts) - 3, "nothing that started later is behind it"


def test_every_crosswalk_maps_to_a_condition_state():
    for crosswalk in crosswalks().values():
        assert set(crosswalk.grades.values()) <= set(vocabulary("condition"))
    assert condition_from("ems98", "Grade 5") == "Destroyed"
    with pytest.raises(UnknownTermError, match="Grade 1"):
        condition_from("ems98", "Grade 9")
    with pytest.raises(UnknownTermError, match="unosat"):
        condition_from("richter", "5")


NAMES = json.loads((Path(__file__).resolve().parents[1] / "vectors/names.json").read_text("utf-8"))["names"]


@pytest.mark.parametrize("case", NAMES, ids=lambda case: case["name"])
def test_names_that_a_reader_cannot_tell_apart_are_one(case):
    """The browser answers alike: web/test/crowds.test.ts reads the same file."""
    assert known_by(case["given"], case["organisation"] or None) == case["known_by"]


def test_an_assessor_spelt_with_what_nobody_sees_counts_once():
    """Two judgements under one name by one key are one assessor's, of which the narrower counts, whatever stands unseen in the name."""
    both = judge("Anna", "Good", "2024-03-22"), judge("An\u200bna", "Poor", "2024")
    findings = derive_findings([(name, body, "k") for name, body, _ in both])
    assert [(one.state, one.assessors) for one in findings] == [("single", 1)]
