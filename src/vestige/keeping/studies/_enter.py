"""A study in a record: an entry of the kind ``study`` that the public record shows, with its files preserved.

The same study (the same manifest) is entered once. A newer run of a study with the same title corrects the older entry, which stays in
the ledger. Input files are named by their hashes in the manifest and are not copied: their licences are their publishers'.
"""

import json
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from vestige import __version__
from vestige.archive import hash_file
from vestige.entries import Draft, StudyFile
from vestige.entries import Study as StudyBody
from vestige.record import Entry, Record
from vestige.studying import Study
from vestige.studying.report._write import code_sha256

_TYPES = {".parquet": "application/vnd.apache.parquet", ".csv": "text/csv", ".svg": "image/svg+xml"}


@dataclass(frozen=True, kw_only=True)
class Entered:
    """The entry of a study: its hash, the id of the study, and whether it was new, a correction, or there already."""

    entry: str
    about: str
    state: str


def enter_study(study: Study, folder: Path, record: Path, *, key: Path | None = None) -> Entered:
    """Enter a study that was written into ``folder`` in the record at ``record``; raises the record's own errors."""
    manifest = hash_file(folder / "manifest.json")
    with Record.open(record, key=key) as opened:
        earlier = _earlier(opened, study.title)
        if earlier is not None and manifest in _files(earlier):
            return Entered(entry=earlier.hash, about=earlier.about, state="there already")
        body = _body(study, folder, opened)
        draft = Draft(body) if earlier is None else Draft(body, about=earlier.about, replaces=earlier.hash)
        (receipt,) = opened.append(draft, key=key)
    return Entered(entry=receipt.entry, about=receipt.about, state="new" if earlier is None else "correction")


def _earlier(record: Record, title: str) -> Entry | None:
    found = [entry for entry in record.index.entries("study", current=True) if isinstance(entry.body, StudyBody)]
    return next(
        (entry for entry in reversed(found) if isinstance(entry.body, StudyBody) and entry.body.title == title), None
    )


def _files(entry: Entry) -> set[str]:
    return {part.file for part in entry.body.files} if isinstance(entry.body, StudyBody) else set()


def _body(study: Study, folder: Path, record: Record) -> StudyBody:
    manifest = json.loads(
        (folder / "manifest.json").read_text(encoding="utf-8")
    )  # what else lies in the folder is not ours to show
    paths = [folder / "manifest.json", *(folder / output["path"] for output in manifest["outputs"])]
    return StudyBody(
        title=study.title,
        question=study.question,
        method=_lines(*study.method, *study.denominators, "Inputs:", *_inputs(study)),
        result=_lines(*study.findings),
        limits=_lines(*study.limits),
        software=f"Vestige {__version__}, code SHA-256 {code_sha256()}",
        files=tuple(_file(path, record, study) for path in paths),
        citations=study.references,
    )


def _inputs(study: Study) -> list[str]:
    read = [f"{source.name}: {source.kind}, {source.rows:,} rows, SHA-256 {source.sha256}" for source in study.sources]
    return read + [f"Left out: {drop.count:,} {drop.what}: {drop.why}" for drop in study.dropped]


def _file(path: Path, record: Record, study: Study) -> StudyFile:
    told = {f"{figure.name}.svg": figure.alt[:2000] for figure in study.figures}
    told |= {f"{table.name}{end}": table.title for table in study.tables for end in (".csv", ".parquet")}
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return StudyFile(name=path.name, file=record.add_file(path), media_type=kind, description=told.get(path.name))


def _lines(*lines: str) -> str:
    return "\n".join(lines)
