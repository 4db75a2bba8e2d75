"""A study on disk: tables, figures, a page in HTML and PDF, and a manifest that ties them to inputs and code.

Nothing written holds a time, a folder or a machine, so the same inputs and code give the same bytes. Every file is written
beside its place and renamed; the manifest comes last, so that a folder with a manifest is whole.
"""

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Self

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from vestige import __version__
from vestige.errors import EnvironmentFault
from vestige.studying._study import Study
from vestige.studying.data._tables import Dropped, Source
from vestige.studying.report._page import html_page, pdf_page

_FLOATS = "%.10g"
_LIBRARIES = ("lifelines", "matplotlib", "numpy", "pandas", "pyarrow", "scipy", "statsmodels", "typst")


def write_study(study: Study, out: Path) -> dict[str, object]:
    """Write a study into a folder and give its manifest; raises `EnvironmentFault` where the folder cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
        written = list(_files(study, out))
        manifest = _manifest(study, written)
        _replace(out / "manifest.json", (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode())
    except OSError as error:
        raise EnvironmentFault(f"cannot write there: {error.strerror or error}", where=str(out)) from error
    return manifest


def _files(study: Study, out: Path) -> Iterator[Path]:
    for name, pieces in study.pieces.items():
        yield from _write_pieces(pieces, out / f"{name}.parquet", out / f"{name}.csv")
    for name, data in _tables(study):
        yield _replace(
            out / f"{name}.csv", data.to_csv(index=False, lineterminator="\n", float_format=_FLOATS).encode()
        )
        yield _replace(out / f"{name}.parquet", _parquet(data))
    for figure in study.figures:
        yield _replace(out / f"{figure.name}.svg", figure.svg.encode())
    yield _replace(out / "report.html", html_page(study).encode())
    yield _replace(out / "report.pdf", pdf_page(study))


def _tables(study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    yield from ((table.name, table.data) for table in study.tables)
    yield from ((f"{figure.name}-data", figure.data) for figure in study.figures)


def _arrow(data: pd.DataFrame) -> pa.Table:
    return pa.Table.from_pandas(data, preserve_index=False).replace_schema_metadata(None)


def _parquet(data: pd.DataFrame) -> bytes:
    sink = pa.BufferOutputStream()
    pq.write_table(_arrow(data), sink, compression="zstd")
    return bytes(sink.getvalue())


def _write_pieces(pieces: Iterable[pd.DataFrame], parquet: Path, text: Path) -> Iterator[Path]:
    """Write a table that never stands whole in memory as Parquet and CSV."""
    with _aside(parquet) as columns, _aside(text) as lines:
        writer: pq.ParquetWriter | None = None
        for piece in pieces:
            table = _arrow(piece)
            header = writer is None
            writer = writer or pq.ParquetWriter(columns.path, table.schema, compression="zstd")
            writer.write_table(table)
            with lines.path.open("a", encoding="utf-8", newline="") as file:
                piece.to_csv(file, index=False, header=header, lineterminator="\n", float_format=_FLOATS)
        if writer is not None:
            writer.close()
    yield from (path for path in (parquet, text) if path.exists())


class _aside:  # noqa: N801 - used as a context manager
    """A file written beside its place, renamed when all went well, removed when not."""

    def __init__(self, target: Path) -> None:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
        os.close(handle)
        self.target, self.path = target, Path(name)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        if kind is None and self.path.stat().st_size:
            self.path.chmod(0o644)
            self.path.replace(self.target)
        else:
            self.path.unlink(missing_ok=True)


def _replace(target: Path, content: bytes) -> Path:
    with _aside(target) as file:
        file.path.write_bytes(content)
    return target


def code_sha256() -> str:
    """Give one SHA-256 over this room's own code, data and templates: the version of the code that made a study."""
    digest = hashlib.sha256()
    root = Path(str(files("vestige.studying")))
    for path in sorted(root.rglob("*")):
        if path.is_file() and path.suffix in {".py", ".csv", ".json", ".j2", ".typ"}:
            digest.update(
                path.relative_to(root).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
            )
    return digest.hexdigest()


def _manifest(study: Study, written: list[Path]) -> dict[str, object]:
    return {
        "study": study.name,
        "title": study.title,
        "vestige": __version__,
        "code_sha256": code_sha256(),
        "libraries": {name: version(name) for name in _LIBRARIES},
        "options": study.options,
        "inputs": [_as_dict(source) for source in study.sources],
        "left_out": [_as_dict(dropped) for dropped in study.dropped],
        "findings": list(study.findings),
        "outputs": [_output(path) for path in sorted(written)],
    }


def _as_dict(value: Source | Dropped) -> dict[str, object]:
    return dict(vars(value))


def _output(path: Path) -> dict[str, object]:
    content = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            content.update(block)
    return {"path": path.name, "sha256": content.hexdigest(), "bytes": path.stat().st_size}
