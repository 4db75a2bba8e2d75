"""A film's copy that tells no place: the same pictures and sound at the same offsets, all else blanked. No other program is needed."""

import os
from typing import BinaryIO

from vestige.positions._films import blanked, holes, judge_film
from vestige.positions._forms import form_of_bytes
from vestige.positions._model import Tells

_FORMS = {"MP4": "mp4", "Matroska": "webm", "AVI": "avi"}
ENDINGS = {"MP4": "mp4", "Matroska": "mkv", "AVI": "avi"}
"""How the name of a copy ends, by the form of the film as `Verdict` names it."""
LARGEST = 2_000_000_000
"""Bytes of a film of which a copy is made."""


def copy_without_positions(file: BinaryIO) -> bytes | None:
    """Give a film, opened for reading, without all that may tell a place; None for what is no film, or where such a copy cannot be made.

    Nothing is decoded: places that are written into the picture itself, or spoken, are still there.
    """
    if file.seek(0, os.SEEK_END) > LARGEST:
        return None
    file.seek(0)
    data = bytearray(file.read())
    form = _FORMS.get(form_of_bytes(bytes(data[:64])))
    if form is None:
        return None
    try:
        found = holes(data, form)
        blanked(data, [hole for hole in found if hole.kind != "mark"])  # a mark left among the pictures is found again
        judge_film(data, form)
    except (Tells, ValueError):
        return None
    return bytes(data)
