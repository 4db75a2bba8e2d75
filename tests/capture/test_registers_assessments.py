"""Assessments out of EAMENA's comma lists: nested only where one nesting is possible."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.capture import read_register
from vestige.entries import DateWindow, Effect, encode_body, vocabulary

BASE = {
    "EAMENA ID": "EAMENA-1",
    "Resource Name": "Bedasht Caravanserai",
    "Name Type": "Toponym",
    "Country Type": "Iran (Islamic Republic of)",
    "Overall Condition State Type": "Poor",
    "Damage Extent Type": "31-60%",
    "Assessment Activity Date": "2021-05-21",
    "Assessment Investigator - Actor": "A. Assessor",
}


def read(*rows):
    features = [
        {"type": "Feature", "geometry": {"type": "Point", "coordinates": [54.4, 31.5]}, "properties": {**BASE, **row}}
        for row in rows
    ]
    return read_register(json.dumps({"type": "FeatureCollection", "features": features}).encode())


def causes(categories, types, certainties="", effects="", effect_certainties=""):
    return {
        "Disturbance Cause Category Type": categories,
        "Disturbance Cause Type ": types,
        "Disturbance Cause Certainty ": certainties,
        "Effect Type": effects,
        "Effect Certainty": effect_certainties,
    }


def test_one_cause_takes_all_effects():
    (item,) = read(
        causes(
            "Natural",
            "Water and/or Wind Action, Water and/or Wind Action",
            "High, High",
            "Burning, Surface Loss",
            "Low, Low",
        )
    ).assessments
    (disturbance,) = item.body.disturbances
    assert item.paired
    assert (disturbance.cause_category, disturbance.cause_certainty) == ("Natural", "High")
    assert disturbance.effects == (
        Effect(type="Burning", certainty="Low"),
        Effect(type="Surface Loss", certainty="Low"),
    )


@pytest.mark.parametrize(
    "row",
    [
        causes("Natural, Military/Armed Conflict", "Fire, Landmines"),
        causes("Natural", "Fire, Landmines", "", "Burning"),
        causes("Natural", "Fire, Landmines", "High, Low"),
        causes("Natural", "Fire", "High", "Burning, Surface Loss", "High, Low"),
        causes("Natural", "Dragons"),
        causes("Natural", "", "", "Burning"),
    ],
)
def test_what_can_be_paired_in_several_ways_is_named_and_not_guessed(row):
    (item,) = read(row).assessments
    assert not item.paired
    assert item.body.disturbances == ()
    for name in ("Disturbance Cause Type ", "Effect Type"):
        assert all(value in item.body.note for value in row[name].split(", "))


def test_several_causes_of_one_category_without_effects_are_several_disturbances():
    (item,) = read(causes("Military/Armed Conflict", "Fire, Landmines", "High, High")).assessments
    assert [disturbance.cause_type for disturbance in item.body.disturbances] == ["Fire", "Landmines"]


def test_several_dates_are_a_window_and_several_rows_of_one_assessment_are_one():
    row = {"Assessment Activity Date": "2022-08-31, 2022-08-21, None", "Assessment Investigator - Actor": "A, B"}
    (item,) = read(row, row).assessments
    assert item.body.window == DateWindow(when="between", start="2022-08-21", end="2022-08-31")
    assert item.body.assessor.name == "A, B"


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"Assessment Investigator - Actor": None}, "without an assessor"),
        ({"Assessment Activity Date": "None"}, "without a date"),
        ({"Assessment Activity Date": "2021-02-30"}, "a date that is none"),
    ],
)
def test_an_assessment_without_assessor_or_date_is_listed_and_its_site_stays(row, reason):
    register = read(row)
    assert (len(register.sites), register.assessments) == (1, ())
    assert reason in register.unassessed[0].reason


def test_a_place_without_a_condition_has_no_assessment():
    register = read({"Overall Condition State Type": None})
    assert (register.assessments, register.unassessed) == ((), ())


def terms(name):
    return st.lists(st.sampled_from([*vocabulary(name), "None"]), max_size=3).map(", ".join)


@given(terms("cause_category"), terms("cause_type"), terms("certainty"), terms("effect_type"), terms("certainty"))
def test_every_disturbance_is_one_that_all_pairings_give(categories, types, certainties, effects, effect_certainties):
    (item,) = read(causes(categories, types, certainties, effects, effect_certainties)).assessments
    printed = {value for value in types.split(", ") if value not in {"", "None"}}
    if item.body.disturbances:
        assert {disturbance.cause_type for disturbance in item.body.disturbances} == printed
        assert len({value for value in categories.split(", ") if value not in {"", "None"}}) == 1
        for disturbance in item.body.disturbances:
            assert not disturbance.effects or len(printed) == 1


def test_the_caravanserais_are_assessed(shared_data):
    register = read_register((shared_data / "registers" / "eamena_caravanserais.geojson").read_bytes())
    assert len(register.assessments) > 200
    sites = {item.site.identifiers[0] for item in register.sites}
    assert {item.site for item in register.assessments} <= sites
    for item in register.assessments:
        encode_body(msgspec.structs.replace(item.body, site="site:" + "a" * 16))
