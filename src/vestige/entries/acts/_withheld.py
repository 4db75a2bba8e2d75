"""Which acts may not be public yet, and why: asked before anything is entered."""

import datetime as dt

from vestige.entries.acts._audit import Draw
from vestige.entries.acts._endorsement import Endorsement
from vestige.entries.acts._invitation import Invitation
from vestige.entries.acts._participation import Participation
from vestige.entries.acts._visit import Visit
from vestige.entries.kinds import Body


def withheld_why(body: Body, today: dt.date) -> str | None:
    """Give why a body has to be withheld on a day, or None where it may be public."""
    match body:
        case Visit(embargo=embargo) if embargo is not None and today.isoformat() < embargo:
            return f"its embargo lasts until {embargo}: nothing may tell where somebody will be"
        case Invitation():
            return "an invitation names a person; what may be shown is in the visit's numbers"
        case Endorsement(status="candidate") | Participation(status="candidate" | "rejected"):
            return "nobody has confirmed it"
        case Draw():
            return "who asks and how many is known after the last tally only, by an opening"
        case _:
            return None
