"""Addresses inside a published folder. All are relative to its root and made of plain ASCII."""

import posixpath
import re

from vestige.errors import InputError

TILE = 256
"""Entries on one page of the ledger: those of one tile."""

_SAFE = re.compile(r"[A-Za-z0-9._-]+(/[A-Za-z0-9._-]+)*")


def key_of(about: str) -> str:
    """Give the id of a thing without its kind."""
    return about.partition(":")[2]


def page_of(about: str) -> str:
    """Give the page of a thing, from the folder of a language."""
    kind, _, key = about.partition(":")
    return f"{kind}/{key}.html"


def twin_of(about: str) -> str:
    """Give the JSON twin of a thing's page, from the root."""
    kind, _, key = about.partition(":")
    return f"{kind}/{key}.json"


def body_path(commitment: str) -> str:
    """Give where a published body lies, from the root."""
    return f"body/{commitment[:2]}/{commitment}"


def file_path(name: str) -> str:
    """Give where a preserved file lies, from the root."""
    return f"file/{name[:2]}/{name}"


def picture_path(about: str) -> str:
    """Give where the small copy of a source's picture lies, from the root."""
    return f"picture/{key_of(about)}.jpg"


def film_path(about: str, ending: str) -> str:
    """Give where the copy of a source's film without positions lies, from the root."""
    return f"picture/{key_of(about)}.{ending}"


def ledger_page(tile: int) -> str:
    """Give the page of the entries of one tile, from the folder of a language."""
    return f"ledger/{tile}.html"


def up(path: str) -> str:
    """Give the way from a page to the root: ``../`` a folder."""
    return "../" * path.count("/")


def safe_path(path: str) -> str:
    """Give back a path from outside when it stays inside the folder and needs no quoting; raises InputError otherwise."""
    if (
        not _SAFE.fullmatch(path)
        or posixpath.normpath(path) != path
        or any(part in {".", ".."} for part in path.split("/"))
    ):
        raise InputError(
            "expected a relative path of plain letters, digits, dots, dashes and slashes", where=path[:200]
        )
    return path
