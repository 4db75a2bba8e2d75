"""How acts are published: one frozen `PageKind` an act, a file each. `publishing.kinds` tells what a new one takes."""

from vestige.publishing.acts._appeal import APPEAL, DISPATCH, REPLY
from vestige.publishing.acts._call import CALL
from vestige.publishing.acts._endorsement import ENDORSEMENT
from vestige.publishing.acts._gathering import GATHERING
from vestige.publishing.acts._tally import TALLY
from vestige.publishing.acts._visit import VISIT
from vestige.publishing.kinds import PageKind

ALL: tuple[PageKind, ...] = (APPEAL, DISPATCH, REPLY, CALL, ENDORSEMENT, TALLY, VISIT, GATHERING)
"""Every act, in the order in which pages speak of them. A new one is a file and a line here."""
