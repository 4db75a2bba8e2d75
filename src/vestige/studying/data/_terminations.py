"""When fighting ended: UCDP conflict terminations, read as years of fighting by country.

The dyadic file has a row for each year in which a dyad (a government and one opponent) reached 25 battle-related deaths, with how the
episode ended in its last. Its location names every government whose position is fought over, so an intervention far away puts
fighting on the intervener's own ground (Iraq 2003 is located in four countries). A year therefore counts as fighting in a
country only where UCDP's country-year file also records at least 25 deaths there. Reference: Kreutz 2010,
doi 10.1177/0022343309353108.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Final, TypeAlias

import pandas as pd

from vestige.studying._errors import StudyInputError
from vestige.studying.data._countries import WITHOUT_STATE_PARTY, check_ucdp, ucdp_ids
from vestige.studying.data._tables import Dropped, Loaded, numbers, read_csv

KIND = "UCDP conflict terminations"
_REQUIRED = ("dyadep_id", "dyad_id", "year", "dyadterm", "ependdate", "outcome", "gwno_loc")
LEAST_DEATHS: Final = 25
#: Codes of ``outcome``; 1 and 2 are ends that were agreed on.
OUTCOMES: Final = {
    1: "peace agreement",
    2: "ceasefire",
    3: "victory of the government",
    4: "victory of the opponent",
    5: "low activity",
    6: "an actor ceased to exist",
}

Fighting: TypeAlias = Mapping[int, frozenset[int]]


def load_terminations(path: Path) -> Loaded:
    """Load the dyadic file: ``country_id year dyad_id ended outcome`` (outcome 0 where the episode goes on), a row a location."""
    raw, source = read_csv(path, _REQUIRED, KIND)
    table = pd.DataFrame(
        {
            "country_id": raw["gwno_loc"].str.replace(" ", "").str.split(","),
            "year": numbers(raw, "year", path.name).astype(int),
            "dyad_id": raw["dyad_id"].str.strip(),
            "ended": raw["dyadterm"].str.strip() == "1",
            "outcome": numbers(raw, "outcome", path.name, blank=0).astype(int),
        }
    )
    unplaced = table["country_id"].map(lambda codes: codes == [""])
    table = table[~unplaced].explode("country_id", ignore_index=True)
    try:
        table["country_id"] = table["country_id"].astype(int)
    except ValueError as error:
        raise StudyInputError("column gwno_loc: expected country numbers with commas", where=path.name) from error
    check_ucdp(table["country_id"], path.name)
    if not table["outcome"].isin([0, *OUTCOMES]).all():
        raise StudyInputError("column outcome: expected 1 to 6", where=path.name)
    dropped = (Dropped(what="dyad-years", count=int(unplaced.sum()), why="no location"),) if unplaced.any() else ()
    return Loaded(table=table, sources=(source,), dropped=dropped)


def fighting_years(terminations: pd.DataFrame, deaths: Mapping[tuple[int, int], float]) -> dict[int, frozenset[int]]:
    """Give, by country id, the years with an active dyad located there and at least 25 deaths recorded there."""
    found: dict[int, set[int]] = {}
    for country, year in set(zip(terminations["country_id"], terminations["year"], strict=True)):
        if deaths.get((country, year), 0) >= LEAST_DEATHS:
            found.setdefault(int(country), set()).add(int(year))
    return {country: frozenset(years) for country, years in found.items()}


def fighting_near(fighting: Fighting, id_no: str, states: tuple[str, ...], first: int, last: int) -> frozenset[int]:
    """Give the years of fighting in any state party of a property, predecessors included."""
    years = range(first, last + 1)
    if not states:
        return frozenset(fighting.get(WITHOUT_STATE_PARTY[id_no], frozenset()) & frozenset(years))
    return frozenset(
        year for year in years for state in states for ucdp in ucdp_ids(state, year) if year in fighting.get(ucdp, ())
    )


def outcome_at(terminations: pd.DataFrame, ids: frozenset[int], year: int) -> str:
    """Say how the episodes that ended in a year in some countries ended: by agreement if any did, else as the rest."""
    here = terminations[terminations["country_id"].isin(ids) & (terminations["year"] == year) & terminations["ended"]]
    codes = set(here["outcome"]) - {0}
    if codes & {1, 2}:
        return "agreement or ceasefire"
    return "victory or other" if codes else "not coded"
