"""Active fires: NASA FIRMS, standard (archive) product of MODIS or VIIRS.

A row is a pixel with a thermal anomaly at an overpass: its centre, its size along scan and track in kilometres, day and night. ``type``
is 0 presumed vegetation fire, 1 volcano, 2 other static land source (a works, a flare), 3 offshore; the near-real-time product lacks it,
and is refused, since a steelworks would look like war. Low confidence is dropped too: below 30 for MODIS, "l" for VIIRS.
Reference: Giglio et al. 2016, doi 10.1016/j.rse.2016.02.054.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from vestige.studying._errors import EmptyStudyError, StudyInputError
from vestige.studying.data._places import check_coordinates
from vestige.studying.data._tables import Dropped, Loaded, Source, numbers, read_csv

KIND = "NASA FIRMS active fires"
_REQUIRED = ("latitude", "longitude", "scan", "track", "acq_date", "confidence", "satellite", "type")
LEAST_CONFIDENCE: Final = 30.0
_LETTERS: Final = {"l": 0.0, "n": 50.0, "h": 100.0}


def load_fires(paths: Sequence[Path]) -> Loaded:
    """Load fires: ``date latitude longitude reach_km`` a pixel; static, offshore, volcanic and unsure ones dropped and counted.

    ``reach_km`` is half the diagonal of the pixel: whatever lies within it of the centre may be the place that burned.
    """
    parts = [_load(path) for path in paths]
    table = pd.concat([table for table, _ in parts], ignore_index=True)
    dropped: list[Dropped] = []
    table = _without(table, table.duplicated(), "the same pixel stands there twice", dropped)
    table = _without(table, table["type"] == 2, "type 2: a static source on land", dropped)
    table = _without(table, table["type"] != 0, "type 1 or 3: a volcano, or offshore", dropped)
    table = _without(table, table["confidence"] < LEAST_CONFIDENCE, "low confidence", dropped)
    if table.empty:
        raise EmptyStudyError("no fire is left after static and unsure ones were dropped", where=paths[0].name)
    return Loaded(
        table=table[["date", "latitude", "longitude", "reach_km"]],
        sources=tuple(source for _, source in parts),
        dropped=tuple(dropped),
    )


def _without(table: pd.DataFrame, out: pd.Series, why: str, dropped: list[Dropped]) -> pd.DataFrame:
    if out.any():
        dropped.append(Dropped(what="thermal anomalies", count=int(out.sum()), why=why))
    return table[~out].reset_index(drop=True)


def _load(path: Path) -> tuple[pd.DataFrame, Source]:
    raw, source = read_csv(path, _REQUIRED, KIND, optional=("acq_time",))
    dates = pd.to_datetime(raw["acq_date"].str.strip(), format="%Y-%m-%d", errors="coerce")
    if dates.isna().any():
        row = int(dates.isna().to_numpy().argmax())
        got = raw["acq_date"].iloc[row]
        raise StudyInputError(
            f"column acq_date: expected a date as 2022-02-24, got {got!r}", where=f"{path.name}, data row {row + 1}"
        )
    scan, track = numbers(raw, "scan", path.name), numbers(raw, "track", path.name)
    table = pd.DataFrame(
        {
            "date": dates,
            "time": raw.get("acq_time", ""),
            "satellite": raw["satellite"],
            "latitude": numbers(raw, "latitude", path.name),
            "longitude": numbers(raw, "longitude", path.name),
            "reach_km": np.hypot(scan, track) / 2,
            "type": numbers(raw, "type", path.name).astype(int),
            "confidence": _confidence(raw, path.name),
        }
    )
    if not ((scan > 0) & (track > 0)).all():
        raise StudyInputError("scan and track must be above 0 km", where=path.name)
    check_coordinates(table, path.name)
    return table, source


def _confidence(raw: pd.DataFrame, where: str) -> pd.Series:
    letters = raw["confidence"].str.strip().str.lower().map(_LETTERS)
    if letters.notna().all():
        return letters
    return numbers(raw, "confidence", where)
