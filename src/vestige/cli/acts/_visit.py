"""``vestige visit``: visits, planned against seen, and invitations. Nothing is sent, and nothing tells how anybody moves."""

from pathlib import Path

from cyclopts import App

from vestige.cli._options import WRITE, ToRecord
from vestige.cli.acts._entering import enter

app = App(name="visit", help="Visits: plans under embargo, what was seen, who was invited.", help_format="plaintext")


@app.command
def plan(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter a visit from a TOML file: a plan before it, what was seen after (corrects = "visit:…"). Withheld until its embargo ends.

    Example: vestige visit plan visit.toml

    Parameters
    ----------
    file
        Fields as in docs/visits.md. No route, lodging, vehicle, time of day or exact place may stand in any text.
    """
    return enter("visit", file, at)


@app.command
def invite(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter an invitation from a TOML file, or its answer (corrects = "invitation:…"). Always withheld.

    Example: vestige visit invite guest.toml

    Parameters
    ----------
    file
        Fields as in docs/visits.md; "accepted" and "declined" need the invitee's own words as evidence.
    """
    return enter("invitation", file, at)
