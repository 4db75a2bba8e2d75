"""How acts are published: one frozen `PageKind` an act, a file each. `publishing.kinds` tells what a new one takes."""

from vestige.publishing.acts._appeal import APPEAL, DISPATCH, REPLY
from vestige.publishing.kinds import PageKind

ALL: tuple[PageKind, ...] = (APPEAL, DISPATCH, REPLY)
"""Every act, in the order in which pages speak of them. A new one is a file and a line here."""
