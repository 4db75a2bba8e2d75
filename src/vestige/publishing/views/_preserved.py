"""What pages ask of a preserved file, each answer kept: a file that is named by its hash never changes."""

import functools
from typing import Literal

from vestige.archive import ArchiveError, Store
from vestige.calling import LEAF, SheetError, read_sheet
from vestige.positions import Verdict, copy_without_positions, look_into
from vestige.publishing.views import _image_size, _pictures
from vestige.publishing.views._image_size import Size
from vestige.publishing.views._pictures import NoCopy, SmallCopy


@functools.lru_cache(maxsize=4096)
def verdict(store: Store, name: str) -> Verdict:
    """Say whether a public file tells where it was made, or is not known to tell no place. Raises ArchiveError when it is not there."""
    with store.open(name) as file:
        return look_into(file)


@functools.lru_cache(maxsize=4096)
def form_of(store: Store, name: str) -> Literal["picture", "drawing", "other"]:
    """Say what a public file is to a page. Raises ArchiveError when it is not there."""
    with store.open(name) as file:
        return _pictures.form_of(file)


@functools.lru_cache(maxsize=4096)
def size_of(store: Store, name: str) -> Size | None:
    """Give the size at which a browser shows a public file, where it is a picture or drawing. Raises ArchiveError when it is not there."""
    with store.open(name) as file:
        return _image_size.size_of(file)


@functools.lru_cache(maxsize=2)
def small_copy(store: Store, name: str) -> SmallCopy | NoCopy | None:
    """Give a JPEG of a public picture, or why there is none; None for what is no picture. Raises ArchiveError when it is not there."""
    with store.open(name) as file:
        return _pictures.small_copy(file)


@functools.lru_cache(maxsize=1)
def film_copy(store: Store, name: str) -> bytes | None:
    """Give a public film without what may tell a place; None for what is no film, or where none can be made. Raises ArchiveError when it is not there."""
    with store.open(name) as file:
        return copy_without_positions(file)


def is_sheet(store: Store, name: str) -> bool:
    """Whether a public file holds nothing but ascending commitments of 32 bytes: hashes, which tell no place (docs/adr/0120). One alone may be no text."""
    try:
        if store.size(name) % LEAF or not store.size(name):
            return False
        with store.open(name) as file:
            data = file.read()
        read_sheet(data, name)
    except (ArchiveError, SheetError):
        return False
    return len(data) > LEAF or not data.isascii()
