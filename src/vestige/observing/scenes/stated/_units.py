"""From stored numbers to linear power: scale, offset and unit, as a catalogue or the file itself states them.

A catalogue states them in ``raster:bands`` (STAC Raster Extension 1.1) or in ``bands`` and beside them (STAC 1.1, Raster Extension 2);
a file in GDAL's metadata (TIFF tag 42112). What the file says of itself counts before what a catalogue says of it.
"""

import math
import re
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

_DECIBELS = re.compile(r"\b(d\.?b|decibels?)\b|10\s*\*?\s*log", re.IGNORECASE)
_AMPLITUDE = re.compile(r"\bamplitudes?\b", re.IGNORECASE)
_POWER = re.compile(
    r"power|linear|intensity|reflectance|gamma|sigma|beta|backscatter|m\^?2\s*/\s*m\^?2|^(1|none|null|n/?a|unit-?less|dimension-?less|ratio)?$",
    re.IGNORECASE,
)
_ITEM = re.compile(r"<Item\b([^>]{0,400})>([^<]{0,200})</Item>")


class Units(msgspec.Struct, frozen=True):
    """How stored numbers are meant: stored · scale + offset, in ``unit``."""

    scale: float = 1.0
    offset: float = 0.0
    unit: str = ""

    @property
    def refused(self) -> bool:
        """Whether the unit is none that can be turned into power."""
        return not any(known.search(self.unit.strip()) for known in (_DECIBELS, _AMPLITUDE, _POWER))

    def power(self, values: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
        """Give linear power: decibels as 10^(dB / 10), amplitudes squared; NaN stays NaN."""
        if (self.scale, self.offset) != (1.0, 0.0):
            values = values * values.dtype.type(self.scale) + values.dtype.type(self.offset)
        if _DECIBELS.search(self.unit):
            with np.errstate(over="ignore"):
                return np.asarray(10.0 ** (values / 10.0), values.dtype)
        return values * values if _AMPLITUDE.search(self.unit) else values


class Said(msgspec.Struct, frozen=True):
    """What a catalogue says of the numbers in one file."""

    units: Units = Units()
    nodata: str = ""
    """As `Header.nodata`: ``nan``, ``-9999``; empty where nothing is said."""


def said_of(asset: dict[str, Any]) -> Said:
    """Read a STAC asset: ``raster:bands``, or ``bands`` with what stands beside them; its first band is what is read."""
    stated: dict[str, Any] = dict(asset)
    for name in ("bands", "raster:bands"):
        bands = asset.get(name)
        if isinstance(bands, list) and bands and isinstance(bands[0], dict):
            stated |= {key: value for key, value in bands[0].items() if value is not None}
    numbers = {name: _number(stated.get(name, stated.get(f"raster:{name}"))) for name in ("scale", "offset")}
    unit = stated.get("unit") or stated.get("raster:unit") or ""
    units = Units(numbers["scale"] or 1.0, numbers["offset"] or 0.0, str(unit)[:80])
    return Said(units, _nodata(stated.get("nodata")))


def of_metadata(xml: str) -> Units:
    """Read scale, offset and unit of the first sample from GDAL's metadata of a TIFF."""
    found = {}
    for attributes, text in _ITEM.findall(xml):
        role = re.search(r'role="(scale|offset|unittype)"', attributes)
        if role and 'sample="0"' in attributes:
            found[role[1]] = text.strip()
    scale, offset = _number(found.get("scale")), _number(found.get("offset"))
    return Units(scale or 1.0, offset or 0.0, found.get("unittype", ""))


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _nodata(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    try:
        float(value)
    except (TypeError, ValueError, OverflowError):
        return ""
    return str(value).strip()
