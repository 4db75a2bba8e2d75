"""Files of geographic programs: GeoPackage, zipped shapefile, KML, KMZ and GPX, by pyogrio (GDAL; MIT), which the extra ``files`` installs.

Several layers are asked about. A shapefile without a reference system is read as degrees where its numbers are; one without a code page is
read in the encoding that its letters and countries tell, else its user is asked.
"""

import base64
import codecs
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from vestige.capture.registers._csv import column_keys
from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Refusal, Row, Table
from vestige.capture.registers._text import decode_register
from vestige.capture.registers.files._archive import check_archive, unpack
from vestige.capture.registers.files._library import ask_library
from vestige.capture.registers.files._markup import is_markup, read_markup
from vestige.capture.registers.places._projected import Projection, needed, projection
from vestige.capture.registers.places._shape import read_wkb

_READ_WITHIN = (".shp", ".kml", ".gpkg", ".geojson", ".json", ".csv", ".gpx", ".xlsx", ".ods")
_PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")


class _Layer(NamedTuple):
    """One layer as the library gives it: geometries are WKB in base64, cells texts."""

    fields: Sequence[str]
    crs: str | None
    shapes: Sequence[str | None]
    columns: Sequence[Sequence[str | None]]


def is_spatial(data: bytes) -> bool:
    """Whether bytes are a file that this reads: an archive, a GeoPackage, KML or GPX."""
    return data.startswith((b"PK\x03\x04", b"SQLite format 3")) or is_markup(data)


def only_member(data: bytes, layer: str | None) -> bytes | None:
    """Give the one table or map of an archive that is no shapefile and no KML, as people pass on a CSV or a GeoPackage; None for any other."""
    if not data.startswith(b"PK\x03\x04"):
        return None
    members = [member for member in check_archive(data) if not member.startswith("__MACOSX/")]
    readable = [member for member in members if PurePosixPath(member).suffix.lower() in _READ_WITHIN]
    plain = [member for member in readable if PurePosixPath(member).suffix.lower() not in {".shp", ".kml", ".gpx"}]
    if not plain or len(plain) < len(readable):
        return None
    chosen = _member(plain, layer)
    inner = unpack(data, chosen)
    if inner.startswith(b"PK\x03\x04") and PurePosixPath(chosen).suffix.lower() not in {".xlsx", ".ods"}:
        raise RegisterError(f"expected a table in the archive, got an archive: {chosen}", hint="unpack it")
    return inner


def read_spatial(
    data: bytes, layer: str | None, encoding: str | None, crs: Projection | None = None
) -> tuple[Table, str]:
    """Read a file into rows and the name of its format; ``crs`` is the system of a shapefile that names none. Raises RegisterError where it cannot be, and where several layers are there."""
    if is_markup(data):
        return read_markup(data, layer)
    if data.startswith(b"SQLite format 3"):
        return _in_folder({".gpkg": data}, ".gpkg", layer, None), "GeoPackage"
    members = [member for member in check_archive(data) if not member.startswith("__MACOSX/")]
    readable = [member for member in members if PurePosixPath(member).suffix.lower() in _READ_WITHIN]
    if not readable:
        raise RegisterError(
            f"expected an archive with a shapefile or KML, got one with {', '.join(members[:5]) or 'nothing'}",
            hint="unpack it, or convert it: ogr2ogr -f GPKG register.gpkg FILE",
        )
    chosen = _member(readable, layer)
    inner = unpack(data, chosen)
    if chosen.lower().endswith(".shp"):
        return _shapefile(data, members, chosen, encoding, crs)
    if is_markup(inner):
        return read_markup(inner, layer)
    raise RegisterError(
        f"expected a shapefile or KML in the archive, got {chosen}", hint="unpack it and give that file"
    )


def _member(readable: Sequence[str], layer: str | None) -> str:
    """Give the member to read: the one that there is, the main file of a KMZ, or the one that ``layer`` names."""
    named = [member for member in readable if layer in {member, PurePosixPath(member).stem, PurePosixPath(member).name}]
    if named:
        return named[0]
    main = [member for member in readable if member.lower() == "doc.kml"] or list(readable)
    if len(main) == 1:
        return main[0]
    shown = ", ".join(PurePosixPath(member).stem for member in main[:20])
    raise RegisterError(
        f"expected one layer, got {len(main)}: {shown}", hint=f"say which: --layer '{PurePosixPath(main[0]).stem}'"
    )


def _shapefile(
    data: bytes, members: Sequence[str], chosen: str, encoding: str | None, crs: Projection | None
) -> tuple[Table, str]:
    base = chosen[:-4].lower()
    own = {member[-4:].lower(): member for member in members if member[:-4].lower() == base}
    parts = {ending: unpack(data, own[ending]) for ending in _PARTS if ending in own}
    if ".dbf" not in parts:
        raise RegisterError("expected a shapefile with its table (.dbf), got one without")
    used = encoding or _encoding(parts)
    parts[".cpg"] = b"ISO-8859-1"  # one byte a letter, so that the true encoding can be applied after
    parts[".dbf"] = parts[".dbf"][:29] + b"\x00" + parts[".dbf"][30:]
    return _in_folder(parts, ".shp", None, used, crs), f"shapefile, {used}"


def _in_folder(
    parts: Mapping[str, bytes], ending: str, layer: str | None, encoding: str | None, crs: Projection | None = None
) -> Table:
    """Read a file, with the files beside it, from a folder of its own: drivers go by endings and write into what they open."""
    with tempfile.TemporaryDirectory() as folder:
        for part, content in parts.items():
            (Path(folder) / f"register{part}").write_bytes(content)
        return _read(Path(folder) / f"register{ending}", layer, encoding, crs)


def _encoding(parts: Mapping[str, bytes]) -> str:
    """Give the encoding of a shapefile's letters: that of its ``.cpg`` where the letters do not speak against it, else what they tell.

    Programs write ISO-8859-1 into a ``.cpg`` for want of better: it is believed where its letters are those of a language that is so written.
    Raises RegisterError where the two differ, and where neither tells.
    """
    letters = _letters(parts[".dbf"])
    said = _said(parts)
    if letters.isascii():
        return said or "utf-8"
    told = _told(letters)
    if said is None or told == "utf-8":
        return told or decode_register(letters).encoding
    weak = (
        said in _FOR_WANT_OF_BETTER
        and told is not None
        and told not in {*_FOR_WANT_OF_BETTER, "windows-1252", "mac-roman"}
    )
    try:
        letters.decode(said)
    except UnicodeDecodeError:
        weak = True
    if weak:
        raise RegisterError(
            f"the .cpg says {said}, and the letters are those of {told or 'another encoding'}",
            hint=f"say which: --encoding {told or 'cp1250'}",
        )
    return said


_FOR_WANT_OF_BETTER = frozenset(("iso8859-1", "cp1252"))


def _told(letters: bytes) -> str | None:
    """Give the encoding that letters beyond ASCII tell; None where they do not."""
    try:
        return codecs.lookup(decode_register(letters).encoding).name
    except RegisterError:
        return None


def _said(parts: Mapping[str, bytes]) -> str | None:
    """Give the encoding that a shapefile names in its ``.cpg``, in whatever spelling; None for none, and for one that nobody knows."""
    text = parts.get(".cpg", b"").decode("ascii", "replace").strip().lower()
    number = re.search(r"\d{3,}", text)
    forms = [text, text.replace("ansi ", "cp").replace("oem ", "cp").replace("windows ", "cp")]
    if number:
        digits = number[0]
        iso = digits.removeprefix("8859") if digits.startswith("8859") and len(digits) > 4 else None
        forms += [f"iso8859-{iso}" if iso else "", "utf-8" if digits == "65001" else "", f"cp{digits}"]
    for form in filter(None, forms):
        try:
            return codecs.lookup(form).name
        except LookupError:
            continue
    return None


def _letters(table: bytes) -> bytes:
    """Give the texts of a dBASE table, a record a line."""
    header, size = int.from_bytes(table[8:10], "little"), int.from_bytes(table[10:12], "little")
    body = table[header:]
    return b"\n".join(body[at : at + size] for at in range(0, len(body), max(size, 1))) if size else body


def _read(path: Path, layer: str | None, encoding: str | None, crs: Projection | None) -> Table:
    needed("pyogrio")
    answer = ask_library(
        f"a file of the form {path.suffix[1:]}", "layers", str(path), layer or "", "ISO-8859-1" if encoding else ""
    )
    chosen = _layer(answer["layers"], layer)
    meta = _Layer(answer["fields"], answer["crs"], answer["shapes"], answer["columns"])
    system = projection(meta.crs) if meta.crs else crs
    keys = (*column_keys(meta.fields), LATITUDE, LONGITUDE)
    notes = (
        *((f"layer {chosen}",) if len(answer["layers"]) > 1 else ()),
        *(() if meta.crs else (f"no reference system: read as {crs.name if crs else 'degrees of WGS 84'}",)),
    )
    return Table(keys, _rows(meta, keys, system, encoding), notes)


def _layer(layers: Sequence[str], wanted: str | None) -> str:
    if wanted is not None and wanted not in layers:
        raise RegisterError(f"expected a layer among {', '.join(layers[:20])}, got {wanted!r}", where="--layer")
    if wanted is None and len(layers) != 1:
        raise RegisterError(
            f"expected one layer, got {len(layers)}: {', '.join(layers[:20])}",
            hint=f"say which: --layer '{layers[0]}'" if layers else None,
        )
    return wanted or layers[0]


def _rows(
    layer: _Layer, keys: Sequence[str], system: Projection | None, encoding: str | None
) -> Iterator[Row | Refusal]:
    for number, shape in enumerate(layer.shapes, 1):
        cells = {key: _cell(column[number - 1], encoding) for key, column in zip(keys, layer.columns, strict=False)}
        try:
            point = read_wkb(base64.b64decode(shape), system) if shape is not None else None
        except RowRefused as error:
            yield Refusal(number, error.message)
            continue
        if point is not None:
            cells |= {LATITUDE: repr(point.latitude), LONGITUDE: repr(point.longitude)}
        yield Row(number, cells)


def _cell(value: str | None, encoding: str | None) -> str:
    text = value or ""
    if encoding and not text.isascii():
        text = text.encode("latin-1", "replace").decode(encoding, "surrogateescape")
    whole = text.endswith(".0") and text[:-2].lstrip("-").isdecimal()
    return text[:-2] if whole else text
