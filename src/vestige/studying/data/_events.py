"""Georeferenced events of organized violence: UCDP GED in the forms that it is passed on in.

Read are the published CSV and candidate sets, also in their ZIP, the CSV of the Humanitarian Data Exchange (HDX) with its second row of HXL tags, and
an R data file (.rda) of one data frame, read by the package ``rdata``. ``where_prec`` is UCDP's precision of place: 1 the
place itself, 2 within about 25 km of it, 3 and 4 the second and first order administrative unit, 5 a linear or fuzzy area,
6 the country, 7 international waters or air space. Only 1 and 2 can carry a distance.
Reference: Sundberg and Melander 2013 (10.1177/0022343313484347); CC BY 4.0.
"""

import bz2
import lzma
import warnings
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from vestige.studying._errors import EmptyStudyError, StudyInputError
from vestige.studying.data._acled import is_acled, read_acled
from vestige.studying.data._countries import check_ucdp, iso2_of, known_ucdp_ids
from vestige.studying.data._places import check_coordinates
from vestige.studying.data._tables import (
    LARGEST_TABLE,
    Dropped,
    Loaded,
    Source,
    read_bytes,
    read_csv,
    require,
    sha256_of,
)

KIND = "UCDP georeferenced events"
_REQUIRED = (
    "id", "year", "type_of_violence", "where_prec", "latitude", "longitude", "country_id", "date_start", "date_end", "best",
)  # fmt: skip
_HEADINGS = (
    "id", "relid", "year", "active_year", "code_status", "type_of_violence", "conflict_dset_id", "conflict_new_id", "conflict_name",
    "dyad_dset_id", "dyad_new_id", "dyad_name", "side_a_dset_id", "side_a_new_id", "side_a", "side_b_dset_id", "side_b_new_id",
    "side_b", "number_of_sources", "source_article", "source_office", "source_date", "source_headline", "source_original",
    "where_prec", "where_coordinates", "where_description", "adm_1", "adm_2", "latitude", "longitude", "geom_wkt", "priogrid_gid",
    "country", "country_id", "region", "event_clarity", "date_prec", "date_start", "date_end", "deaths_a", "deaths_b",
    "deaths_civilians", "deaths_unknown", "best", "high", "low", "gwnoa", "gwnob",
)  # fmt: skip
"""All columns of GED 20.1 to 25.1 and of the candidate sets, in UCDP's order: for a set that comes without its headings."""
_OPTIONAL = ("where_coordinates",)
_R_EPOCH = "1970-01-01"


def load_events(paths: Sequence[Path]) -> Loaded:
    """Load event files: ``id year date where_prec latitude longitude country_id deaths place``, each event once.

    Raises `ColumnsError`, `PlaceError` or `EmptyStudyError`.
    """
    parts = [_load(path) for path in paths]
    table = pd.concat([part.table for part in parts], ignore_index=True)
    dropped = [drop for part in parts for drop in part.dropped]
    table = _without(table, table["id"].duplicated(), "events", "the same event id stands in an earlier file", dropped)
    return Loaded(table=table, sources=tuple(part.sources[0] for part in parts), dropped=tuple(dropped))


def precise(events: Loaded, precision: int = 2) -> Loaded:
    """Leave out events whose place is too coarse (``where_prec`` above ``precision``), and count them.

    Raises `EmptyStudyError` when none is left.
    """
    dropped = list(events.dropped)
    why = f"where_prec above {precision}: the place is too coarse for distances"
    table = _without(events.table, events.table["where_prec"] > precision, "events", why, dropped)
    if table.empty:
        where = ", ".join(source.name for source in events.sources)
        raise EmptyStudyError(f"no event is left with where_prec of {precision} or less", where=where)
    return Loaded(table=table, sources=events.sources, dropped=tuple(dropped))


def year_spans(events: pd.DataFrame) -> dict[str, range]:
    """Give, by ISO code, the years from a country's first event to its last.

    A year outside may be outside the file, so it is no year without an event. UCDP's 666 stands for both il and ps.
    """
    spans = {
        iso2_of(int(country)): range(int(years.min()), int(years.max()) + 1)
        for country, years in events.groupby("country_id")["year"]
        if iso2_of(int(country))
    }
    return spans | ({"ps": spans["il"]} if "il" in spans else {})


def years_of(countries: str, spans: Mapping[str, range]) -> range | None:
    """Give the years that events span in any of a site's countries (comma-separated codes), or None without events there."""
    found = [spans[code] for code in countries.split(",") if code in spans]
    return range(min(span.start for span in found), max(span.stop for span in found)) if found else None


def _without(table: pd.DataFrame, out: pd.Series, what: str, why: str, dropped: list[Dropped]) -> pd.DataFrame:
    if out.any():
        dropped.append(Dropped(what=what, count=int(out.sum()), why=why))
    return table[~out].reset_index(drop=True)


def _load(path: Path) -> Loaded:
    dropped: list[Dropped] = []
    if path.suffix.lower() in {".rda", ".rdata"}:
        raw, source = _read_rda(path)
    elif is_acled(path):
        raw, source = read_acled(path)
    else:
        raw, source = read_csv(path, _REQUIRED, KIND, optional=_OPTIONAL, unheaded=_HEADINGS)
        tags = raw["year"].str.startswith("#") | raw["latitude"].str.startswith("#")
        raw = _without(raw, tags, "rows", "HXL tags, not data", dropped)
    if raw.empty:
        raise EmptyStudyError("the file holds no event", where=path.name)
    raw = _with_numbers(raw, path.name, dropped)
    dates = _dates(raw["date_start"], path)
    raw = _without(raw.assign(date=dates), dates.isna(), "rows", "column date_start: not a date", dropped)
    table = pd.DataFrame(
        {
            "id": raw["id"].str.strip(),
            **{name: raw[name].astype(int) for name in ("year", "where_prec", "country_id")},
            "date": raw["date"],
            **{name: raw[name] for name in ("latitude", "longitude")},
            "deaths": raw["best"],
            "place": raw.get("where_coordinates", ""),
        }
    )
    if table.empty:
        why = "; ".join(drop.why for drop in dropped)
        raise EmptyStudyError(f"no row of the file can be read: {why}", where=path.name)
    unknown = ~table["country_id"].isin(known_ucdp_ids())
    if 2 * int(unknown.sum()) <= len(table):
        table = _without(table, unknown, "rows", "column country_id: a number that UCDP's table does not know", dropped)
    check_ucdp(table["country_id"], path.name)
    check_coordinates(table, path.name, table["country_id"].map(iso2_of))
    return Loaded(table=table, sources=(source,), dropped=tuple(dropped))


_RANGES = {
    "where_prec": (1, 7),
    "latitude": (-90, 90),
    "longitude": (-180, 180),
    "year": (1900, 2100),
    "country_id": (1, 9999),
    "best": (0, float("inf")),
}


def _with_numbers(raw: pd.DataFrame, where: str, dropped: list[Dropped]) -> pd.DataFrame:
    """Give these columns as numbers, without rows that have none there, which are counted; a column that is mostly so is an error."""
    for name, (low, high) in _RANGES.items():
        values = pd.to_numeric(raw[name].str.strip(), errors="coerce").astype(float)
        bad = ~values.between(low, high)
        if values.notna().all() and 2 * int(bad.sum()) > len(raw) and name in {"latitude", "longitude"}:
            raw = raw.assign(**{name: values})
            continue  # a whole column out of range is exchanged with another, which is told where places are checked
        if 2 * int(bad.sum()) > len(raw):
            row = int(bad.to_numpy().argmax())
            span = f" from {low:g} to {high:g}" if high < float("inf") else ""
            raise StudyInputError(
                f"column {name}: expected a number{span}, got {raw[name].iloc[row]!r} ({int(bad.sum())} such rows)",
                where=f"{where}, data row {row + 1}",
            )
        raw = _without(
            raw.assign(**{name: values}), bad, "rows", f"column {name}: empty, or no number of its range", dropped
        )
    return raw


def _dates(text: pd.Series, path: Path) -> pd.Series:
    """Read dates; what is none is NaT. Raises StudyInputError where most of the column is of another form, and says which."""
    dates = pd.to_datetime(text.str.strip().str.slice(0, 10), format="%Y-%m-%d", errors="coerce")
    if 2 * int(dates.isna().sum()) > len(dates):
        row = int(dates.isna().to_numpy().argmax())
        odd = text[dates.isna()].str.strip()
        form = odd.str.replace(r"\d", "0", regex=True).mode().iloc[0].replace("0", "9")
        raise StudyInputError(
            f"column date_start: expected a date as 2016-01-31, got {text.iloc[row]!r}; {len(odd)} of {len(dates)} are of the form {form}",
            where=f"{path.name}, data row {row + 1}",
            hint="give the file as its publisher exports it; a spreadsheet has rewritten its dates",
        )
    return dates


def _read_rda(path: Path) -> tuple[pd.DataFrame, Source]:
    import rdata

    content = read_bytes(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # R classes of a data frame's reader, which mean nothing here
            objects = rdata.conversion.convert(rdata.parser.parse_data(_unpacked(content, path.name)))
    except StudyInputError:
        raise
    except Exception as error:  # the reader of R files raises what its own code happens to raise on broken ones
        raise StudyInputError(f"this is no R data file: {' '.join(str(error).split())}", where=path.name) from error
    frames = [value for value in objects.values() if isinstance(value, pd.DataFrame)]
    if len(frames) != 1:
        raise StudyInputError(f"expected one data frame in the R data file, got {len(frames)}", where=path.name)
    frame = frames[0].rename(columns=lambda name: str(name).strip().lower())
    require(frame.columns, _REQUIRED, path, KIND)
    wanted = [*_REQUIRED, *(name for name in _OPTIONAL if name in frame.columns)]
    text = pd.DataFrame({name: _as_text(frame[name], is_date=name.startswith("date_")) for name in wanted})
    return text, Source(name=path.name, sha256=sha256_of(content), rows=len(text), kind=KIND)


def _unpacked(content: bytes, where: str) -> bytes:
    """Unpack an R data file, which is packed as a whole, within the bound of a table."""
    if content.startswith(b"\x1f\x8b"):
        data = zlib.decompressobj(wbits=31).decompress(content, LARGEST_TABLE + 1)
    elif content.startswith(b"BZh"):
        data = bz2.BZ2Decompressor().decompress(content, LARGEST_TABLE + 1)
    elif content.startswith(b"\xfd7zXZ"):
        data = lzma.LZMADecompressor(memlimit=LARGEST_TABLE).decompress(content, LARGEST_TABLE + 1)
    else:
        data = content
    if len(data) > LARGEST_TABLE:
        raise StudyInputError(f"the R data file unpacks to more than {LARGEST_TABLE:,} bytes", where=where)
    return data


def _as_text(column: pd.Series, *, is_date: bool) -> pd.Series:
    if is_date and pd.api.types.is_numeric_dtype(column):  # R keeps a Date as days since 1970
        column = (pd.Timestamp(_R_EPOCH) + pd.to_timedelta(column, unit="D")).dt.strftime("%Y-%m-%d")
    if pd.api.types.is_float_dtype(column):
        whole = bool(np.all(column.dropna() == np.floor(column.dropna())))
        return (
            column.astype("Int64" if whole else "Float64")
            .astype("string")
            .fillna("")
            .astype(str)
            .reset_index(drop=True)
        )
    return column.astype("string").fillna("").astype(str).reset_index(drop=True)
