"""Data files in: strict about columns, open about what was dropped.

A loader gives a `Loaded`: the table, the fingerprint of the file that it came from, and a list of everything that was
left out with the reason. Nothing is dropped in silence.
"""

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from vestige.studying._errors import ColumnsError, EmptyStudyError, StudyInputError

LARGEST_TABLE = 1_000_000_000
#: Columns by which a file of another kind is recognised, to say more than "a column is missing".
_SIGNATURES = {
    "a UNESCO World Heritage List export": {"id_no", "danger_list"},
    "UCDP country-year organized violence": {"country_id_cy", "year_cy"},
    "UCDP georeferenced events": {"where_prec", "latitude", "type_of_violence"},
    "an ACLED export": {"event_id_cnty", "geo_precision"},
    "UCDP conflict terminations": {"dyadep_id", "ependdate"},
    "UCDP peace agreements": {"paid", "pa_date"},
    "NASA FIRMS active fires": {"frp", "acq_date"},
}


@dataclass(frozen=True, kw_only=True)
class Dropped:
    """Rows that a loader or a study left out."""

    what: str
    count: int
    why: str


@dataclass(frozen=True, kw_only=True)
class Source:
    """One input file as it was read: its name without folders, SHA-256 (hexadecimal), and rows."""

    name: str
    sha256: str
    rows: int
    kind: str


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """A table with its origin and with what was left out of it."""

    table: pd.DataFrame
    sources: tuple[Source, ...]
    dropped: tuple[Dropped, ...] = field(default=())


def read_bytes(path: Path) -> bytes:
    """Read a file whole; raise `StudyInputError` where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise StudyInputError("there is no such file", where=str(path), hint="check the path") from error
    except OSError as error:
        raise StudyInputError(f"cannot be read: {error.strerror}", where=str(path)) from error


def sha256_of(content: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def decode(content: bytes, where: str) -> str:
    """Decode UTF-8 (with or without a byte order mark), UTF-16 with one, else Windows-1252 as spreadsheets write it.

    The five bytes that Windows-1252 leaves undefined become the C1 control characters of Latin-1, as browsers do.
    """
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise StudyInputError(
            "this is a spreadsheet or an archive, expected CSV text", where=where, hint="save it as CSV"
        )
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    if b"\x00" in content[:4096]:
        raise StudyInputError("this is a binary file, expected CSV text", where=where, hint="save a spreadsheet as CSV")
    return "".join(_windows_1252(byte) if 0x80 <= byte < 0xA0 else chr(byte) for byte in content)


def _windows_1252(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


def read_csv(
    path: Path, required: Sequence[str], kind: str, optional: Iterable[str] = (), unheaded: Sequence[str] = ()
) -> tuple[pd.DataFrame, Source]:
    """Read named columns of a CSV as text, with commas, semicolons, tabs or bars; names are compared in lower case without outer blanks.

    Cells stay strings; an empty cell is "". ``unheaded`` are the names of all columns in the publisher's order, for a table whose first row is
    no heading: as many cells, the first a number. Raises `ColumnsError` when a required column is missing, saying which kind
    of file this looks like instead, and `StudyInputError` when the text is no table.
    """
    content = read_bytes(path)
    text = decode(unzipped(content, path.name), path.name)
    try:
        delimiter, first = _first_row(text)
    except csv.Error as error:
        raise StudyInputError(f"this is not a well-formed CSV table: {error}", where=path.name) from error
    names = [_plain(name) for name in first]
    headed = not (first and len(first) == len(unheaded) and first[0].strip().isdecimal())
    names = names if headed else list(unheaded)
    require(names, required, path, kind)
    wanted = [name for name in dict.fromkeys([*required, *optional]) if name in names]
    positions = {names.index(name): name for name in wanted}
    try:
        table = pd.read_csv(
            io.StringIO(text),
            dtype=str,
            keep_default_na=False,
            sep=delimiter,
            header=0 if headed else None,
            names=range(len(names)),
            usecols=list(positions),
        )
    except (pd.errors.ParserError, ValueError) as error:
        message = " ".join(str(error).split())
        raise StudyInputError(f"this is not a well-formed CSV table: {message}", where=path.name) from error
    table = table.rename(columns=positions)[wanted]
    if table.empty:
        raise EmptyStudyError("the table has a header and no rows", where=path.name)
    return table, Source(name=path.name, sha256=sha256_of(content), rows=len(table), kind=kind)


def _first_row(text: str) -> tuple[str, list[str]]:
    """Give the mark between the cells of a table, and the cells of its first row."""
    head = text[:100_000]
    rows = {mark: next(csv.reader(io.StringIO(head), delimiter=mark), []) for mark in ",;\t|"}
    mark = max(rows, key=lambda one: len(rows[one]))
    return mark, rows[mark]


def _plain(name: str) -> str:
    """Give a heading in lower case, without outer blanks and byte order marks."""
    return name.strip().strip("\ufeff").strip().lower()


def unzipped(content: bytes, where: str) -> bytes:
    """Give the one CSV of a ZIP archive, as publishers pass tables on; any other bytes as they are."""
    if not content.startswith(b"PK\x03\x04"):
        return content
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tables = [item for item in archive.infolist() if item.filename.lower().endswith((".csv", ".tsv"))]
            tables = [item for item in tables if not item.filename.startswith("__MACOSX/")]
            if not tables:
                return content
            if len(tables) > 1:
                named = ", ".join(item.filename for item in tables[:5])
                raise StudyInputError(f"expected one CSV in the archive, got {named}", where=where, hint="unpack it")
            with archive.open(tables[0]) as member:
                table = member.read(LARGEST_TABLE + 1)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError) as error:
        raise StudyInputError(f"this ZIP archive cannot be read: {error}", where=where) from error
    if len(table) > LARGEST_TABLE:
        raise StudyInputError(f"the table in the archive has more than {LARGEST_TABLE:,} bytes", where=where)
    return table


def kind_of(columns: Collection[str], but: str = "") -> str | None:
    """Say which kind of file has these columns; None for a kind that is not known, or is ``but``."""
    have = set(columns)
    return next((what for what, signature in _SIGNATURES.items() if signature <= have and what != but), None)


def require(names: Iterable[str], required: Sequence[str], path: Path, kind: str) -> None:
    """Raise `ColumnsError` unless every required column is there."""
    present = set(names)
    missing = [name for name in required if name not in present]
    if not missing:
        return
    looks_like = kind_of(present, but=kind)
    hint = f"this looks like {looks_like}" if looks_like else "give the file as its publisher exports it"
    raise ColumnsError(f"expected {kind}, but it lacks the column {', '.join(missing)}", where=path.name, hint=hint)


def numbers(table: pd.DataFrame, column: str, where: str, *, blank: float | None = None) -> pd.Series:
    """Give a text column as floats; an empty cell is ``blank``, or an error when that is None."""
    text = table[column].str.strip()
    values = pd.to_numeric(text, errors="coerce")
    bad = values.isna() & ((text != "") | (blank is None))
    if bad.any():
        row = int(bad.to_numpy().argmax())
        others = f" (and {more} more)" if (more := int(bad.sum()) - 1) else ""
        raise StudyInputError(
            f"column {column}: expected a number, got {text.iloc[row]!r}{others}",
            where=f"{where}, data row {row + 1}",
        )
    return values if blank is None else values.fillna(blank)
