"""The kinds of entry that this version publishes: an explicit list, asked by everything that is made of a record.

A new kind is added to the list of its folder, never here.
"""

from collections.abc import Mapping, Sequence

from vestige.publishing import acts, kinds
from vestige.publishing.kinds import PageKind
from vestige.publishing.kinds._data_file import DataFile

ALL: tuple[PageKind, ...] = (*kinds.ALL, *acts.ALL)
KINDS: Mapping[str, PageKind] = {kind.name: kind for kind in ALL}
"""How each kind is published, by its name. What is not here (policies, withdrawals) stands in the ledger alone."""

PAGED = frozenset(kind.name for kind in ALL if kind.paged)
"""Kinds whose things have a page of their own."""

LISTED: Sequence[PageKind] = tuple(kind for kind in ALL if kind.listing)
"""Kinds of which there is a list of all things."""

DATA_FILES: Mapping[str, DataFile] = {
    file.name: file for file in sorted((file for kind in ALL for file in kind.files), key=lambda file: file.order)
}
"""The data files that are joined from the pieces of things: flat ones, then nested ones, then the rest."""


def heading_of(kind: str) -> str:
    """Give what several entries of a kind are called, in English."""
    return KINDS[kind].heading


def data_of(kind: str) -> str:
    """Give the flat data file, or else the first one, that holds all things of a kind."""
    return next(file.name for file in KINDS[kind].files)
