"""Fetch a data set by name, once: held to its SHA-256 from then on, with what is needed to cite it.

The folder's ``datasets.json`` holds, for each data set, address, version, SHA-256, licence and citation. A file whose hash is not the
pinned one is refused: by the catalogue, by the user (``sha256``), or by an earlier fetch. A publisher may have replaced a version
without a word; someone has to look before a study changes under its readers.
"""

import datetime as dt
import hashlib
import json
import zipfile
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Final

from vestige.studying._errors import FetchError, StudyInputError
from vestige.studying.fetching._catalogue import Dataset
from vestige.studying.fetching._download import LARGEST_BYTES, Progress, download, finished

MANIFEST: Final = "datasets.json"
_HEX: Final = frozenset("0123456789abcdef")


def fetch(
    wanted: Dataset,
    folder: Path,
    *,
    sha256: str | None = None,
    address: str | None = None,
    allow_private: bool = False,
    progress: Progress | None = None,
    today: Callable[[], dt.date] = dt.date.today,
) -> dict[str, Any]:
    """Fetch a data set into a folder and give its line of the manifest; what is there and pinned is verified and not fetched again.

    ``address`` is a mirror to take it from. Raises `FetchError` when it cannot be fetched or has another hash than the pinned one, which
    is then said with both, and nothing is kept.
    """
    if sha256 is not None and (len(sha256) != 64 or not set(sha256) <= _HEX):
        raise StudyInputError("expected a SHA-256 of 64 hexadecimal digits", where="--sha256")
    wanted = replace(wanted, address=address or wanted.address)
    known = _read_manifest(folder)
    pinned = sha256 or wanted.sha256 or known.get(wanted.name, {}).get("sha256")
    target = folder / wanted.file
    if target.exists():
        return _verify(wanted, target, pinned, known, sha256)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FetchError(f"cannot write there: {error.strerror or error}", where=str(folder)) from error
    part = folder / f"{wanted.file}.part"
    download(wanted.address, part, allow_private=allow_private, progress=progress)
    finished(part)
    archive = _hash(part)
    content = _unpacked(part, wanted) if wanted.member else part
    got = _hash(content)
    if pinned is not None and got != pinned:
        content.unlink()
        raise FetchError(
            f"expected SHA-256 {pinned}, got {got}: this is another version, and was not kept",
            where=wanted.address,
            hint=f"if you have checked that it is right: --sha256 {got}",
        )
    size = content.stat().st_size
    content.replace(target)
    line = (
        _line(wanted, got, size)
        | ({"archive_sha256": archive} if wanted.member else {})
        | {"fetched": today().isoformat()}
    )
    _write_manifest(folder, known | {wanted.name: line})
    return line | {"state": "fetched"}


def _verify(
    wanted: Dataset, target: Path, pinned: str | None, known: dict[str, dict[str, Any]], asked: str | None
) -> dict[str, Any]:
    got = _hash(target)
    if pinned is None:
        raise FetchError(
            "a file of that name is there, and nothing says what it should be", where=str(target), hint="move it away"
        )
    if got != pinned:
        raise FetchError(
            f"expected SHA-256 {pinned}, got {got}: the file on the disk is not the pinned one",
            where=str(target),
            hint="move it away and fetch again",
        )
    line = known.get(wanted.name) or _line(wanted, got, target.stat().st_size)
    if asked or wanted.name not in known:
        _write_manifest(target.parent, known | {wanted.name: line})
    return line | {"state": "unchanged"}


def _line(wanted: Dataset, sha256: str, size: int) -> dict[str, Any]:
    return asdict(wanted) | {"sha256": sha256, "bytes": size}


def _unpacked(part: Path, wanted: Dataset) -> Path:
    """Take one member out of a ZIP archive, by its name and never by its path; the archive is deleted."""
    out = part.with_suffix(".member")
    try:
        with zipfile.ZipFile(part) as archive:
            found = [info for info in archive.infolist() if Path(info.filename).name == wanted.member]
            if len(found) != 1 or found[0].file_size > LARGEST_BYTES:
                raise FetchError(f"the archive does not hold one {wanted.member}", where=wanted.address)
            with archive.open(found[0]) as source, out.open("wb") as target:
                while block := source.read(1 << 20):
                    target.write(block)
    except (zipfile.BadZipFile, EOFError, NotImplementedError) as error:
        part.unlink(missing_ok=True)
        raise FetchError(f"expected a ZIP archive that holds {wanted.member}: {error}", where=wanted.address) from error
    part.unlink()
    return out


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _read_manifest(folder: Path) -> dict[str, dict[str, Any]]:
    path = folder / MANIFEST
    try:
        lines = json.loads(path.read_text(encoding="utf-8"))
        return {str(line["name"]): dict(line) for line in lines}
    except FileNotFoundError:
        return {}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise StudyInputError("expected a manifest of data sets", where=str(path), hint="move it away") from error


def _write_manifest(folder: Path, lines: dict[str, dict[str, Any]]) -> None:
    text = json.dumps([lines[name] for name in sorted(lines)], indent=2, ensure_ascii=False) + "\n"
    aside = folder / f".{MANIFEST}.new"
    aside.write_text(text, encoding="utf-8")
    aside.replace(folder / MANIFEST)
