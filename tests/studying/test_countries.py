import csv
from importlib.resources import files

import pytest
from babel import Locale

from vestige.studying._errors import PlaceError
from vestige.studying.data import _countries
from vestige.studying.data._countries import WITHOUT_STATE_PARTY, check_iso, check_ucdp, iso2_of, ucdp_ids
from vestige.studying.data._violence import deaths_at

ROWS = list(csv.DictReader((files("vestige.studying") / "data" / "ucdp_countries.csv").read_text("utf-8").splitlines()))

#: UCDP's English names that share no word with the names of the Unicode CLDR (babel).
OTHER_NAMES = {"st", "ci", "mk", "tr", "va", "kp", "kr", "kn", "lc", "vc"}


@pytest.mark.parametrize(("iso2", "ucdp"), [("cz", 316), ("rs", 345), ("ye", 678), ("vn", 816)])
def test_four_codes_that_a_gleditsch_ward_table_misses(iso2, ucdp):
    assert ucdp_ids(iso2, 2000) == (ucdp,)
    assert iso2_of(ucdp) == iso2


@pytest.mark.parametrize(
    ("iso2", "year", "expected"),
    [
        ("hr", 1991, (345,)),
        ("hr", 1992, (344,)),
        ("me", 2005, (345,)),
        ("me", 2006, (341,)),
        ("ua", 1990, (365,)),
        ("ua", 1991, (369,)),
        ("cz", 1992, (315,)),
        ("ye", 1990, (678, 680)),
        ("ye", 1991, (678,)),
        ("de", 1989, (260, 265)),
        ("ps", 2014, (666,)),
    ],
)
def test_a_younger_state_takes_its_predecessor(iso2, year, expected):
    assert tuple(sorted(ucdp_ids(iso2, year))) == expected


def test_every_country_has_one_id_a_year_but_divided_states():
    for code in {row["iso2"] for row in ROWS}:
        for year in range(1989, 2025):
            allowed = 2 if code in {"ye", "de"} and year <= 1990 else 1
            assert 0 <= len(ucdp_ids(code, year)) <= allowed, (code, year)


def test_names_agree_with_the_unicode_names_of_iso_codes():
    """An independent source of what an ISO code means: CLDR by way of babel."""
    territories = Locale("en").territories
    today = [row for row in ROWS if not row["last_year"] and row["iso2"] not in {"ps", *OTHER_NAMES}]
    for row in today:
        ours = set(row["ucdp_name"].replace("(", "").replace(")", "").lower().split())
        theirs = set(str(territories[row["iso2"].upper()]).replace("-", " ").lower().split())
        assert ours & theirs or row["ucdp_name"].lower()[:4] in " ".join(theirs), row


def test_the_table_covers_the_real_file(country_years):
    assert {int(row["ucdp_id"]) for row in ROWS} - set(country_years.table["country_id"]) == {
        751,
        817,
    }  # gone before 1989


def test_a_transboundary_property_takes_the_state_with_most_deaths():
    deaths = {(438, 1992): 3.0, (437, 1992): 40.0}
    assert deaths_at(deaths, "155", ("ci", "gn"), 1992) == 40.0
    assert deaths_at(deaths, "155", ("gn",), 1992) == 3.0
    assert deaths_at(deaths, "155", ("fr",), 1992) is None


def test_a_divided_state_adds_its_halves():
    assert deaths_at({(678, 1989): 5.0, (680, 1989): 7.0}, "385", ("ye",), 1989) == 12.0


def test_jerusalem_follows_the_coding_of_location():
    assert WITHOUT_STATE_PARTY == {"148": 666}
    assert deaths_at({(666, 2002): 9.0}, "148", (), 2002) == 9.0


def test_predecessors_can_be_left_out():
    deaths = {(345, 1991): 3000.0, (344, 1992): 500.0}
    assert deaths_at(deaths, "95", ("hr",), 1991) == 3000.0
    assert deaths_at(deaths, "95", ("hr",), 1991, predecessors=False) is None
    assert deaths_at(deaths, "95", ("hr",), 1992, predecessors=False) == 500.0


def test_unknown_codes_are_refused():
    check_iso(["ck", "fr"], "x.csv")  # a code of ISO 3166 that UCDP has no row for is none of ours to refuse
    with pytest.raises(PlaceError, match=r"x\.csv: unknown country code 'uk'"):
        check_iso(["fr", "uk"], "x.csv")
    with pytest.raises(PlaceError, match="unknown UCDP country id 999"):
        check_ucdp([2, 999], "x.csv")
    assert _countries.iso2_of(999) == ""
