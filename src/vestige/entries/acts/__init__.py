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
from vestige.entries.acts._audit import Audit, Draw, nonce_commitment
from vestige.entries.acts._call import Call, SealKey, Wording
from vestige.entries.acts._dispatch import Dispatch
from vestige.entries.acts._endorsement import Endorsement
from vestige.entries.acts._gathering import Gathering, Role, Venue
from vestige.entries.acts._invitation import Invitation
from vestige.entries.acts._participation import PARTS, Participation
from vestige.entries.acts._reach import Geography, LeftOut, Logs, Reach, RobotList
from vestige.entries.acts._reply import Reply
from vestige.entries.acts._tally import Cell, Ending, Refused, Tally
from vestige.entries.acts._told import Claim, Progress, claims_of, contradict, progress_of
from vestige.entries.acts._undertaking import Undertaking
from vestige.entries.acts._values import Evidence, Funding, movement_in, own_side
from vestige.entries.acts._visit import Clearance, Conditions, Invited, Planned, Seen, Visit
from vestige.entries.acts._withheld import withheld_why
from vestige.entries.kinds import Body

ALL: tuple[type[Body], ...] = (
    Appeal,
    Dispatch,
    Reply,
    Call,
    Endorsement,
    Tally,
    Draw,
    Audit,
    Visit,
    Invitation,
    Gathering,
    Participation,
    Undertaking,
    Reach,
)
"""Every kind of this folder. A new one is a file and a line here."""

__all__ = [
    "ALL",
    "PARTS",
    "Appeal",
    "AppealAddressee",
    "AppealDocument",
    "AppealParagraph",
    "AppealPart",
    "AppealSignatory",
    "AppealSignature",
    "AppealText",
    "Audit",
    "Call",
    "Cell",
    "Claim",
    "Clearance",
    "Conditions",
    "Dispatch",
    "Draw",
    "Ending",
    "Endorsement",
    "Evidence",
    "Funding",
    "Gathering",
    "Geography",
    "Invitation",
    "Invited",
    "LeftOut",
    "Logs",
    "Participation",
    "Planned",
    "Progress",
    "Reach",
    "Refused",
    "Reply",
    "RobotList",
    "Role",
    "SealKey",
    "Seen",
    "Tally",
    "Undertaking",
    "Venue",
    "Visit",
    "Wording",
    "claims_of",
    "contradict",
    "movement_in",
    "nonce_commitment",
    "own_side",
    "progress_of",
    "withheld_why",
]
