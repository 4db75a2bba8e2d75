"""What a recount finds: in which file or entry, at which number, by which rule."""

from collections.abc import Callable

import msgspec

from vestige.entries.acts import Audit, Draw, Tally

Reader = Callable[[str], bytes | None]
"""Gives the bytes of a preserved file by its SHA-256, or None where it is not there."""


class Finding(msgspec.Struct, frozen=True):
    """What is wrong: in which file or entry, at which number (a row from 1, or a count), by which rule, in words.

    ``rule`` is the same word in the reader's browser, which says it in the reader's language.
    """

    file: str
    number: int
    rule: str
    what: str


class Step(msgspec.Struct, frozen=True):
    """A tally with the hash of its entry and that entry's place in the ledger, in the order of the ledger."""

    entry: str
    tally: Tally
    at: int = 0


class Audited(msgspec.Struct, frozen=True):
    """An audit with the hash of its entry, the draw that it opened, if that was opened, and the place of the draw in the ledger."""

    entry: str
    audit: Audit
    draw: Draw | None
    draw_at: int | None = None
