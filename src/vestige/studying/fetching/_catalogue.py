"""The data sets that Vestige knows by name: address, version, licence, citation."""

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from vestige.studying._errors import StudyInputError

_FIRMS: Final = re.compile(r"firms-modis-(?P<year>20\d\d)-(?P<country>[A-Za-z_]+)")
#: Names that stand for a family, as they are shown in a list.
PATTERNS: Final = ("firms-modis-YEAR-COUNTRY (firms-modis-2022-Ukraine)",)


@dataclass(frozen=True, kw_only=True)
class Dataset:
    """A data set that can be fetched.

    ``member`` names the file inside a ZIP archive, or is None; ``sha256`` is of the file as it is used, or None where no version is
    pinned here: then the first fetch pins it in the folder's manifest.
    """

    name: str
    title: str
    version: str
    address: str
    member: str | None
    file: str
    sha256: str | None
    licence: str
    citation: str
    note: str


@cache
def datasets() -> tuple[Dataset, ...]:
    """Give every data set known by name."""
    text = (files("vestige.studying") / "data" / "datasets.json").read_text(encoding="utf-8")
    return tuple(Dataset(**values) for values in json.loads(text))


def dataset(name: str) -> Dataset:
    """Give a data set by name; raises `StudyInputError` that lists the names."""
    known = {each.name: each for each in datasets()}
    if name in known:
        return known[name]
    match = _FIRMS.fullmatch(name)
    if match is None:
        raise StudyInputError(
            f"there is no data set {name!r}", where="fetch", hint=f"known: {', '.join([*known, *PATTERNS])}"
        )
    return _firms(name, match["year"], match["country"])


def _firms(name: str, year: str, country: str) -> Dataset:
    """Give a country's active fires of a year, the standard product, as NASA publishes it without a key."""
    file = f"modis_{year}_{country}.csv"
    return Dataset(
        name=name,
        title=f"FIRMS MODIS active fires, {country.replace('_', ' ')} {year}, standard product",
        version="Collection 6.1",
        address=f"https://firms.modaps.eosdis.nasa.gov/data/country/modis/{year}/{file}",
        member=None,
        file=file,
        sha256=None,
        licence="NASA open data policy: free to use, acknowledge the source",
        citation="NASA FIRMS, MODIS Collection 6.1, firms.modaps.eosdis.nasa.gov; Giglio et al. 2016, doi 10.1016/j.rse.2016.02.054",
        note="for: study fires",
    )
