"""The kinds of entry by which somebody acts on what the record holds: one frozen type a kind, a file each."""

from vestige.entries.acts._appeal import (
    Appeal,
    AppealAddressee,
    AppealDocument,
    AppealParagraph,
    AppealPart,
    AppealSignatory,
    AppealSignature,
    AppealText,
)
from vestige.entries.acts._dispatch import Dispatch
from vestige.entries.acts._reply import Reply
from vestige.entries.kinds import Body

ALL: tuple[type[Body], ...] = (Appeal, Dispatch, Reply)
"""Every kind of this folder. A new one is a file and a line here."""

__all__ = [
    "ALL",
    "Appeal",
    "AppealAddressee",
    "AppealDocument",
    "AppealParagraph",
    "AppealPart",
    "AppealSignatory",
    "AppealSignature",
    "AppealText",
    "Dispatch",
    "Reply",
]
