"""The table of forms: how each is known by its first bytes, and what judges it."""

import gzip
import mmap
import zlib
from collections.abc import Callable
from functools import partial
from typing import Any, BinaryIO, NamedTuple

from vestige.budget import OverBudgetError, seconds_for, within
from vestige.extras import is_installed
from vestige.positions._documents import is_mail, judge_mail, judge_pdf, judge_text, judge_zip, old_text_of, text_of
from vestige.positions._films import judge_film
from vestige.positions._heif import is_heif, judge_heif
from vestige.positions._metadata import EXIF, judge_exif, judge_tiff
from vestige.positions._model import MOST_BYTES, Budget, Look, Tells
from vestige.positions._pictures import judge_gif, judge_jpeg, judge_png, judge_webp

Judge = Callable[[Any, Look], None]
_HEAD = 64
_MOST_BLOCKS = 200
LONGEST_TEXT = 1 << 25
"""Bytes of a text: a longer one is not looked through for the places of sensitive sites either (`vestige.record`)."""
OVER_BUDGET = "takes longer to be looked into than its size allows"


class Verdict(NamedTuple):
    """What looking into a file gave."""

    tells: bool
    """Whether it tells a position or is not known not to."""
    form: str
    """The form's name in `FORMS`; empty for one that nobody here can look into."""
    why: str
    """In a few words what was found; empty where nothing was."""


class Form(NamedTuple):
    """A form of files: its name, how it is known by its head, and its judge, which raises `Tells`."""

    name: str
    known: Callable[[bytes], bool]
    judge: Judge


def _begins(*heads: bytes) -> Callable[[bytes], bool]:
    return lambda head: head.startswith(heads)


def _iso(head: bytes) -> bool:
    return (
        head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot"}
        and head[:2]
        in {
            b"\0\0",
            b"\0\1",
        }
        and head[8:12] != b"crx "
    )  # a camera raw (CR3), whose pictures are no film


def _film(form: str) -> Judge:
    return lambda data, _: judge_film(data, form)


def _judge_parquet(data: Any, look: Look) -> None:
    """Judge a table: columns of numbers and texts are data as in CSV, columns of bytes may hold any file."""
    del look
    import io

    if not is_installed("pyarrow"):
        raise Tells("cannot be looked into: that needs the optional part parquet")
    import pyarrow as pa
    from pyarrow import parquet

    columns = parquet.read_schema(io.BytesIO(bytes(data)))
    if any(
        pa.types.is_binary(kind) or pa.types.is_large_binary(kind) or pa.types.is_nested(kind) for kind in columns.types
    ):
        raise Tells("has a column of bytes, which cannot be looked into")


def _judge_gzip(data: Any, look: Look) -> None:
    import io

    try:
        with gzip.GzipFile(fileobj=io.BytesIO(bytes(data))) as file:
            content = file.read(min(look.budget.bytes, MOST_BYTES) + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise Tells("has a part that cannot be read") from error
    look.into(content)


FORMS: tuple[Form, ...] = (
    Form("JPEG", _begins(b"\xff\xd8"), judge_jpeg),
    Form("PNG", _begins(b"\x89PNG"), judge_png),
    Form("GIF", _begins(b"GIF8"), judge_gif),
    Form("WebP", lambda head: head.startswith(b"RIFF") and head[8:12] == b"WEBP", judge_webp),
    Form("TIFF", _begins(b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"), lambda data, _: judge_tiff(data)),
    Form("HEIF", is_heif, lambda data, _: judge_heif(data)),
    Form("MP4", _iso, _film("mp4")),
    Form("Matroska", _begins(b"\x1aE\xdf\xa3"), _film("webm")),
    Form("AVI", lambda head: head.startswith(b"RIFF") and head[8:12] == b"AVI ", _film("avi")),
    Form("PDF", _begins(b"%PDF"), judge_pdf),
    Form("zip", _begins(b"PK\3\4", b"PK\5\6"), judge_zip),
    Form("Parquet", _begins(b"PAR1"), _judge_parquet),
    Form("gzip", _begins(b"\x1f\x8b"), _judge_gzip),
)
"""Every form that can be looked into, but texts and mail, which have no first bytes of their own."""


def form_of_bytes(head: bytes) -> str:
    """Give the name of a file's form by its first 64 bytes; empty for none in the table."""
    return next((form.name for form in FORMS if form.known(head)), "")


def look_into(file: BinaryIO) -> Verdict:
    """Look into a file that is opened for reading and stands at its beginning, as deep as `DEPTH` files within each other.

    One that lies on a disk is mapped, so that its bytes need no memory; any other is read as a whole.
    """
    head = file.read(_HEAD)
    if not head:
        return Verdict(tells=False, form="text", why="")
    number = _number_of(file)
    if number is None:
        return _verdict(head + file.read(), head)
    with mmap.mmap(number, 0, access=mmap.ACCESS_READ) as data:
        return _verdict(data, head)


def tells_place(file: BinaryIO) -> bool:
    """Whether a file, opened as `look_into` asks, tells where it was made, or is not known to tell no place."""
    return look_into(file).tells


def _number_of(file: BinaryIO) -> int | None:
    """Give the number by which the system knows an opened file; None for one that is in memory only."""
    try:
        return file.fileno()
    except OSError:
        return None


def _verdict(data: Any, head: bytes) -> Verdict:
    name = form_of_bytes(head)
    try:
        within(seconds_for(len(data)), partial(_judge_all, data, name))
    except Tells as found:
        return Verdict(tells=True, form=name, why=str(found))
    except OverBudgetError:
        return Verdict(tells=True, form=name, why=OVER_BUDGET)
    except Exception:  # noqa: BLE001 - a broken file may fail in any way, and other software may still read it
        return Verdict(tells=True, form=name, why="cannot be read")
    return Verdict(tells=False, form=name or "text", why="")


def _judge_all(data: Any, name: str) -> None:
    _judge(data, Look(Budget(), 0, _judge))
    _sweep(data, name)


def _judge(data: Any, look: Look) -> None:
    head = bytes(data[:_HEAD])
    for form in FORMS:
        if form.known(head):
            form.judge(data, look)
            return
    content = bytes(data[: MOST_BYTES + 1])
    if len(content) > MOST_BYTES:
        raise Tells("holds more than is looked into")
    if len(content) > LONGEST_TEXT:
        raise Tells("is a longer text than is looked through for places")
    if is_mail(content):
        judge_mail(content, look)
        return
    text = text_of(content)
    if text is None:
        text = old_text_of(content)
    if text is None:
        raise Tells("is of a form that cannot be looked into")
    judge_text(text, look)


def _sweep(data: Any, name: str) -> None:
    """Look through the bytes of a file that is not text for Exif blocks and marks, wherever they stand."""
    if not name:
        return
    if any(data.find(mark) >= 0 for mark in (b"GPSLatitude", b"GPSLongitude", b"com.apple.quicktime.location")):
        raise Tells("tells a position")
    at = data.find(EXIF)
    for _ in range(_MOST_BLOCKS):
        if at < 0:
            return
        if bytes(data[at + 6 : at + 10]) in {b"II*\0", b"MM\0*"}:
            judge_exif(bytes(data[at : at + (1 << 20)]))
        at = data.find(EXIF, at + len(EXIF))
    raise Tells("has more metadata than anybody looks into")
