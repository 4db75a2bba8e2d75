"""Countries joined: ISO 3166 codes of a register to the country ids of the Uppsala Conflict Data Program (UCDP).

UCDP numbers states after Gleditsch and Ward, with differences, and codes where an event took place. Three things need
care, and `data/ucdp_countries.csv` holds each as a row with its years:

- four ids that a plain Gleditsch-Ward table misses or gives to a state that is gone: 316 Czech Republic, 345 Serbia
  (before 2006 Yugoslavia), 678 Yemen (before 1990 North Yemen), 816 Vietnam (before 1976 North Vietnam);
- a site of a younger state, in the years before that state, takes the deaths of its predecessor (Dubrovnik in 1991: 345);
- UCDP records events in the Palestinian territories and in Jerusalem under 666. The join follows that coding of location;
  it says nothing of sovereignty.
"""

import csv
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from babel import Locale

from vestige.studying._errors import PlaceError

#: Properties that the World Heritage List enters without a state party, with the country id under which UCDP records
#: events there: 148 is "Old City of Jerusalem and its Walls (Site proposed by Jordan)".
WITHOUT_STATE_PARTY = {"148": 666}

_NO_STATES = {"zz", "eu", "un", "ez", "qo"}  # groups and "unknown" among babel's territories
_EARLIEST, _LATEST = 1946, 9999


@cache
def _table() -> tuple[tuple[str, int, int, int], ...]:
    text = (files("vestige.studying") / "data" / "ucdp_countries.csv").read_text(encoding="utf-8")
    return tuple(
        (row["iso2"], int(row["ucdp_id"]), int(row["first_year"] or _EARLIEST), int(row["last_year"] or _LATEST))
        for row in csv.DictReader(text.splitlines())
    )


@cache
def ucdp_ids(iso2: str, year: int) -> tuple[int, ...]:
    """Give the UCDP ids that cover the territory of an ISO country in a year; several for divided states."""
    return tuple(ucdp for code, ucdp, first, last in _table() if code == iso2 and first <= year <= last)


@cache
def known_ucdp_ids() -> frozenset[int]:
    """Give every UCDP country id that the table knows."""
    return frozenset(ucdp for _, ucdp, _, _ in _table())


@cache
def iso2_of(ucdp_id: int) -> str:
    """Give the ISO code of the state that bears a UCDP id today, or an empty string where it is gone."""
    return next((code for code, ucdp, _, last in _table() if ucdp == ucdp_id and last == _LATEST and code != "ps"), "")


@cache
def _iso_territories() -> frozenset[str]:
    codes = (str(code) for code in Locale("en").territories)
    return frozenset(code.lower() for code in codes if len(code) == 2) - _NO_STATES


def check_iso(codes: Iterable[str], where: str) -> None:
    """Raise `PlaceError` for the first code that ISO 3166 does not know."""
    for code in sorted(set(codes)):
        if code not in _iso_territories():
            raise PlaceError(f"unknown country code {code!r}", where=where, hint="expected ISO 3166 alpha-2 codes")


def check_ucdp(ids: Iterable[int], where: str) -> None:
    """Raise `PlaceError` for the first country id that UCDP's table does not know."""
    unknown = sorted(set(ids) - known_ucdp_ids())
    if unknown:
        raise PlaceError(
            f"unknown UCDP country id {unknown[0]} ({len(unknown)} in all)",
            where=where,
            hint="the join is in studying/data/ucdp_countries.csv; a state that is new there needs a row",
        )
