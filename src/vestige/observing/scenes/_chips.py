"""What a reading gives: windows of pixels with all that is needed to get them again."""

import math
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from vestige.observing.scenes._faults import Finding
from vestige.observing.scenes._scene import Acquisition
from vestige.observing.scenes._tiff import Affine
from vestige.observing.scenes.stated._units import Units


class Evidence(msgspec.Struct, frozen=True):
    """Bytes of a file that pixels came from, and their SHA-256 in hex: one a tile."""

    start: int
    length: int
    sha256: str


class Chip(msgspec.Struct, frozen=True, kw_only=True):
    """One window of one band of one scene around one site."""

    site: str
    scene: Acquisition
    band: str
    data: bytes
    """Pixels as stored, row by row, little-endian."""

    dtype: str
    shape: tuple[int, int]
    nodata: str
    epsg: int
    transform: Affine
    """Of the window: from pixels to the projection."""

    col: int
    row: int
    href: str
    """Unsigned."""

    etag: str
    evidence: tuple[Evidence, ...]
    units: Units = Units()
    """From stored numbers to linear power; of no use to what knows its own numbers, as Sentinel-2 does."""
    valid: bytes = b""
    """A byte a pixel: 0 where the file's own mask or alpha hides it; empty where it hides none."""

    def stored(self) -> NDArray[Any]:
        """Give the pixels as stored, shape (y, x)."""
        return np.frombuffer(self.data, self.dtype).reshape(self.shape)

    def values(self) -> NDArray[np.floating[Any]]:
        """Give linear power as floats, shape (y, x), NaN where the file or the catalogue says nodata or a mask hides the pixel."""
        return self.units.power(as_floats(self.stored(), self.nodata, self.hidden()))

    def hidden(self) -> NDArray[np.bool_] | None:
        """Say which pixels the file's own mask or alpha hides, shape (y, x); None where it hides none."""
        return np.frombuffer(self.valid, np.uint8).reshape(self.shape) == 0 if self.valid else None

    def numbers(self) -> NDArray[Any]:
        """Give the pixels as stored, 0 where a mask hides them: for what takes 0 for no data."""
        hidden = self.hidden()
        return self.stored() if hidden is None else np.where(hidden, self.stored().dtype.type(0), self.stored())


def as_floats(stored: NDArray[Any], nodata: str, hidden: NDArray[np.bool_] | None = None) -> NDArray[np.floating[Any]]:
    """Turn stored pixels into floats (32 bits, or 64 where the file has 64), NaN where there is no data."""
    values = stored.astype("f8" if stored.dtype.itemsize == 8 else "f4")
    if nodata and not math.isnan(float(nodata)):
        values[stored == np.asarray(float(nodata)).astype(stored.dtype)] = np.nan
    if hidden is not None:
        values[hidden] = np.nan
    return values


class FileResult(msgspec.Struct, frozen=True, kw_only=True):
    """What one file gave."""

    chips: tuple[Chip, ...] = ()
    findings: tuple[Finding, ...] = ()
    requests: int = 0
    bytes: int = 0
    """Asked of the network or disk for this file, retries not counted; 0 where the cache had it all."""
