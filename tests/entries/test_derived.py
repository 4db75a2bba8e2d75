"""What is derived: public coordinates, findings, mapped grades."""

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


def judge(who, condition, window=ON, site="site:aaaaaaaaaaaaaaaa", person=None):
    body = Assessment(site=site, assessor=Assessor(name=who), window=window, condition=condition)
    return f"{who}-{condition}", body, person or who.strip().lower()


def states(assessments, required=2):
    return [finding.state for finding in derive_findings(assessments, required=required)]


def test_findings_follow_the_policy():
    assert states([judge("A", "Good")]) == ["single"]
    assert states([judge("A", "Good"), judge("B", "Good")]) == ["agreed"]
    assert states([judge("A", "Good"), judge("B", "Poor")]) == ["contested"]
    assert states([judge("A", "Good"), judge("B", "Good"), judge("C", "Poor")]) == ["contested"]
    assert states([judge("A", "Good"), judge("B", "Good")], required=3) == ["single"]
    assert states([judge("A", "Good")], required=1) == ["agreed"]


def test_an_assessor_counts_once_and_the_latest_counts():
    assert states([judge("A", "Good"), judge("a ", "Good")]) == ["single"]
    changed = derive_findings([judge("A", "Poor"), judge("B", "Good"), judge("A", "Good")])
    assert [(f.state, dict(f.conditions)) for f in changed] == [("agreed", {"Good": ("A-Good", "B-Good")})]


def test_windows_are_the_same_when_they_mean_the_same_days():
    same = DateWindow(when="between", start="2020-11-01", end="2020-11-30")
    other = DateWindow(when="before", end="2020-11-30")
    assert states([judge("A", "Good"), judge("B", "Good", same)]) == ["agreed"]
    assert states([judge("A", "Good"), judge("B", "Poor", other)]) == ["single", "single"]


def test_two_names_under_one_person_are_one_person():
    """What somebody transcribes counts as theirs, and is shown under its author's name."""
    (finding,) = derive_findings([judge("Anna", "Good", person="k1"), judge("Boris", "Good", person="k1")])
    assert (finding.state, finding.persons, finding.assessors) == ("single", 1, 2)
    assert states([judge("Anna", "Good", person="k1"), judge("Boris", "Poor", person="k1")]) == ["contested"]
    assert states([judge("Anna", "Good", person="k1"), judge("Anna", "Good", person="k2")]) == ["agreed"]


def test_a_contested_finding_shows_every_judgement():
    (finding,) = derive_findings([judge("A", "Good"), judge("B", "Poor")])
    assert finding.conditions == {"Good": ("A-Good",), "Poor": ("B-Poor",)}
    assert finding.assessors == 2


def test_every_crosswalk_maps_to_a_condition_state():
    for crosswalk in crosswalks().values():
        assert set(crosswalk.grades.values()) <= set(vocabulary("condition"))
    assert condition_from("ems98", "Grade 5") == "Destroyed"
    with pytest.raises(UnknownTermError, match="Grade 1"):
        condition_from("ems98", "Grade 9")
    with pytest.raises(UnknownTermError, match="unosat"):
        condition_from("richter", "5")
