"""The evidence of one site: what to read again, what it must be, and the comparison.

A dossier holds the part of the plan that served the site and the hashes of all that was read. Whoever has it can ask the
archive for the same bytes, unpack them again, and see whether every byte and every pixel is as it was.
"""

import gzip
import zlib
from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from vestige.errors import NOT_JSON, InputError
from vestige.observing.scenes._chips import Chip, Evidence
from vestige.observing.scenes._plan import FileRead, Plan
from vestige.observing.scenes._read import Reader
from vestige.observing.scenes._windows import ByteRange, tiles_of

_FORMAT = 1


class Exhibit(msgspec.Struct, frozen=True):
    """One file as far as it served the site, and what was found there."""

    file: FileRead
    evidence: tuple[Evidence, ...]
    pixels: str
    """SHA-256 of the window's pixels, in hex."""


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """All that one site's time lines rest on."""

    format: int
    site: str
    bands: tuple[str, ...]
    pixels: int
    """Side of the window that the test looked at, in the middle of each chip."""

    exhibits: tuple[Exhibit, ...]


_decoded = msgspec.json.Decoder(Dossier).decode


def dossiers(plan: Plan, chips: Iterable[Chip], *, pixels: int) -> dict[str, Dossier]:
    """Make the dossier of each site of a plan that has chips."""
    by_site: dict[str, list[Chip]] = {}
    for chip in chips:
        by_site.setdefault(chip.site, []).append(chip)
    files = {(file.scene.id, file.band): file for file in plan.files}
    return {
        site: Dossier(
            format=_FORMAT,
            site=site,
            bands=plan.bands,
            pixels=pixels,
            exhibits=tuple(_exhibit(files[chip.scene.id, chip.band], chip) for chip in found),
        )
        for site, found in by_site.items()
    }


def _exhibit(file: FileRead, chip: Chip) -> Exhibit:
    (cut,) = (cut for cut in file.cuts if cut.site == chip.site)
    numbers = set(tiles_of(cut, file))
    tiles = [tile for part in file.ranges for tile in part.tiles if tile.index in numbers]
    ranges = tuple(ByteRange(tile.start, tile.length, (tile,)) for tile in tiles)
    return Exhibit(
        msgspec.structs.replace(file, ranges=ranges, cuts=(cut,)), chip.evidence, sha256(chip.data).hexdigest()
    )


def pack_dossier(dossier: Dossier) -> bytes:
    """Give a dossier as JSON in gzip, the same bytes each time."""
    return gzip.compress(msgspec.json.encode(dossier), mtime=0)


def unpack_dossier(content: bytes) -> Dossier:
    """Read what `pack_dossier` made. Raises `InputError` for anything else."""
    try:
        dossier = _decoded(gzip.decompress(content))
    except (OSError, EOFError, zlib.error, *NOT_JSON) as error:
        raise InputError(f"expected the evidence of an observation: {error}") from error
    if dossier.format != _FORMAT:
        raise InputError(f"expected evidence of format {_FORMAT}, got {dossier.format}")
    return dossier


class Recheck(msgspec.Struct, frozen=True):
    """What came of reading everything again."""

    chips: tuple[Chip, ...]
    differences: tuple[str, ...]
    """One line a file that is not as it was, or could not be read; empty where all is equal."""


def recheck(dossier: Dossier, reader: Reader) -> Recheck:
    """Read all files of a dossier again and compare; the reader should have no cache, or it compares with itself."""
    results = reader.read([exhibit.file for exhibit in dossier.exhibits])
    chips, differences = [], []
    for exhibit, result in zip(dossier.exhibits, results, strict=True):
        found = result.chips[0] if result.chips else None
        what = f"{exhibit.file.scene.id} {exhibit.file.band}"
        if found is None:
            reason = result.findings[0]
            differences.append(f"{what}: {reason.kind}: {reason.message}")
            continue
        chips.append(found)
        differences += [f"{what}: {words}" for words in _differences(exhibit, found)]
    return Recheck(tuple(chips), tuple(differences))


def _differences(exhibit: Exhibit, found: Chip) -> Sequence[str]:
    if sha256(found.data).hexdigest() != exhibit.pixels:
        return ["other pixels"]
    if [e.sha256 for e in found.evidence] != [e.sha256 for e in exhibit.evidence]:
        return ["the same pixels from other bytes"]
    return []
