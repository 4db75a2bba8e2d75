"""The World Heritage List: UNESCO's exports of several years, joined so that delisted properties do not vanish.

An export holds the properties of its day and the whole history of the List in Danger (``danger_list``: "Y 2013" for a
property in danger since 2013, "P 1992-2005" for a past period). A property deleted from the List is missing from every
later export, with its history. So exports are joined by ``id_no``: the newest export that holds a property speaks for
it, and one that is absent from a newer export is kept and marked as deleted after the last export that shows it.

Exports differ in form: 2019 is Windows-1252, 2021 and 2023 are UTF-8 with a byte order mark, and 2023 writes
``Longitude`` and ``Latitude``. The year of an export is read from its contents: the latest year that it mentions.
"""

import re
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from vestige.capture import RegisterError, read_edition
from vestige.studying._errors import EditionError, StudyInputError
from vestige.studying.data._countries import WITHOUT_STATE_PARTY, check_iso
from vestige.studying.data._places import check_coordinates
from vestige.studying.data._tables import Dropped, Loaded, Source, numbers, read_bytes, read_csv, sha256_of

KIND = "a UNESCO World Heritage List export"
_REQUIRED = (
    "id_no",
    "name_en",
    "date_inscribed",
    "danger_list",
    "longitude",
    "latitude",
    "category",
    "region_en",
    "iso_code",
)
_PERIOD = re.compile(r"(?:Y (?P<since>\d{4})|P (?P<start>\d{4})-(?P<end>\d{4}))(?:\s+|$)")

Periods: TypeAlias = tuple[tuple[int, int | None], ...]


def parse_danger_list(text: str) -> Periods:
    """Read a danger history into periods (year listed, year removed or None), oldest first.

    Raises `ValueError` for anything but "Y 2013" and "P 1992-2005" in any order.
    """
    periods, position = [], 0
    stripped = text.strip()
    while position < len(stripped):
        match = _PERIOD.match(stripped, position)
        if match is None:
            raise ValueError(f"expected 'Y 2013' or 'P 1992-2005', got {stripped!r}")
        position = match.end()
        since = match["since"]
        periods.append((int(since), None) if since else (int(match["start"]), int(match["end"])))
    return tuple(sorted(periods, key=lambda period: period[0]))


def load_editions(paths: Sequence[Path]) -> Loaded:
    """Load one or more exports and join them by property.

    The table has one row a property: ``id_no``, ``name``, ``inscribed`` (year), ``category``, ``region``, ``states`` (tuple
    of ISO codes in lower case), ``latitude``, ``longitude``, ``danger`` (periods), ``last_seen`` (edition) and ``deleted``
    (bool). ``table.attrs["edition"]`` is the year of the newest export.
    """
    if not paths:
        raise EditionError("no World Heritage List export was given", hint="give at least one with --sites")
    editions = sorted((_load_edition(path) for path in paths), key=lambda edition: edition[1])
    years = [year for _, year, _ in editions]
    for (_, year, source), (_, following, other) in pairwise(editions):
        if year == following:
            raise EditionError(
                f"{source.name} and {other.name} are both the {year} edition", hint="give each edition once"
            )
    table, dropped = _join([table for table, _, _ in editions], years)
    return Loaded(table=table, sources=tuple(source for _, _, source in editions), dropped=dropped)


def _load_edition(path: Path) -> tuple[pd.DataFrame, int, Source]:
    raw, source = _read_edition(path)
    table = pd.DataFrame(
        {
            "id_no": raw["id_no"].str.strip(),
            "name": raw["name_en"].str.strip(),
            "inscribed": numbers(raw, "date_inscribed", path.name).astype(int),
            "category": raw["category"].str.strip(),
            "region": raw["region_en"].map(lambda text: text.split(",")[0].strip()),
            "states": [
                tuple(sorted(code for code in text.lower().replace(" ", "").split(",") if code))
                for text in raw["iso_code"]
            ],
            "latitude": numbers(raw, "latitude", path.name, blank=float("nan")),
            "longitude": numbers(raw, "longitude", path.name, blank=float("nan")),
            "danger": [_periods(text, path, row) for row, text in enumerate(raw["danger_list"])],
        }
    )
    _check(table, path)
    mentioned = [year for periods in table["danger"] for period in periods for year in period if year]
    return table, max([int(table["inscribed"].max()), *mentioned]), source


def _read_edition(path: Path) -> tuple[pd.DataFrame, Source]:
    """Read an export by its own headings, or by those that UNESCO's present export has in their place."""
    rows = other_edition(path)
    if rows is None:
        return read_csv(path, _REQUIRED, KIND, optional=("secondary_dates",))
    source = Source(name=path.name, sha256=sha256_of(read_bytes(path)), rows=len(rows), kind=KIND)
    return pd.DataFrame(rows, columns=list(_REQUIRED)), source


def other_edition(path: Path) -> list[dict[str, str]] | None:
    """Give the rows of an export whose headings are not those of the editions up to 2023; None where a file is anything else."""
    data = read_bytes(path)
    if b"danger_list" in data[:20_000].lower():
        return None
    try:
        return read_edition(data) or None
    except RegisterError:
        return None


def _periods(text: str, path: Path, row: int) -> Periods:
    try:
        return parse_danger_list(text)
    except ValueError as error:
        raise StudyInputError(f"column danger_list: {error}", where=f"{path.name}, data row {row + 1}") from error


def _check(table: pd.DataFrame, path: Path) -> None:
    twice = table["id_no"][table["id_no"].duplicated()]
    if len(twice):
        raise StudyInputError(f"the property {twice.iloc[0]} stands there twice", where=path.name)
    check_iso((code for states in table["states"] for code in states), path.name)
    stateless = table[(table["states"].map(len) == 0) & ~table["id_no"].isin(list(WITHOUT_STATE_PARTY))]
    if len(stateless):
        name = stateless["name"].iloc[0]
        raise StudyInputError(f"the property {name!r} has no country code", where=path.name, hint="fill iso_code")
    placed = table[table["latitude"].notna()]
    single = placed["states"].map(lambda states: states[0] if len(states) == 1 else "")
    check_coordinates(placed, path.name, single)


def _join(tables: Sequence[pd.DataFrame], years: Sequence[int]) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    stacked = pd.concat(
        [table.assign(edition=year) for table, year in zip(tables, years, strict=True)], ignore_index=True
    )
    newest = stacked.groupby("id_no").tail(1).set_index("id_no")
    earliest = stacked.groupby("id_no")["inscribed"].first()
    changed = int((newest["inscribed"] != earliest[newest.index]).sum())
    newest["inscribed"] = earliest[newest.index]
    newest["last_seen"] = newest.pop("edition")
    newest["deleted"] = newest["last_seen"] < years[-1]
    table = newest.reset_index().sort_values("id_no", key=lambda ids: ids.map(_natural), ignore_index=True)
    table.attrs["edition"] = years[-1]
    dropped = []
    if changed:
        why = "editions disagree on the year of inscription; the earliest edition, nearest to the event, is followed"
        dropped.append(Dropped(what="years of inscription in a newer edition", count=changed, why=why))
    return table, tuple(dropped)


def _natural(id_no: str) -> tuple[int, str]:
    digits = re.match(r"\d+", id_no)
    return (int(digits[0]) if digits else 0, id_no)


def in_danger(table: pd.DataFrame, year: int) -> pd.Series:
    """Tell which properties were on the List in Danger at the end of a year."""
    return table["danger"].map(
        lambda periods: any(start <= year and (end is None or year < end) for start, end in periods)
    )
