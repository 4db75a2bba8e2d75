"""How acts are published: one frozen `PageKind` an act, a file each. `publishing.kinds` tells what a new one takes."""

from vestige.publishing.acts._appeal import APPEAL, DISPATCH, REPLY
from vestige.publishing.acts._audit import AUDIT, DRAW
from vestige.publishing.acts._call import CALL
from vestige.publishing.acts._endorsement import ENDORSEMENT
from vestige.publishing.acts._gathering import GATHERING
from vestige.publishing.acts._participation import PARTICIPATION
from vestige.publishing.acts._reach import REACH
from vestige.publishing.acts._tally import TALLY
from vestige.publishing.acts._undertaking import UNDERTAKING
from vestige.publishing.acts._visit import VISIT
from vestige.publishing.kinds import PageKind

ALL: tuple[PageKind, ...] = (
    APPEAL,
    DISPATCH,
    REPLY,
    CALL,
    ENDORSEMENT,
    TALLY,
    DRAW,
    AUDIT,
    VISIT,
    GATHERING,
    PARTICIPATION,
    UNDERTAKING,
    REACH,
)
"""Every act, in the order in which pages speak of them. A new one is a file and a line here."""
