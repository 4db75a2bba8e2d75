"""``vestige visit``: visits, planned against seen, and invitations. Nothing is sent, and nothing tells how anybody moves."""

from pathlib import Path

from cyclopts import App

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, WRITE, InRecord, ToRecord
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


@app.command
def draft(
    invitation: str,
    outbox: Path,
    /,
    *,
    to: str,
    sender: str,
    at: InRecord = READ,
) -> int:
    """Write an invitation as a draft and a calendar file that shows Accept into a folder. Nothing is sent; no address enters the record.

    Example: vestige visit draft invitation:… outbox --to guest@example.org --sender host@example.org

    Parameters
    ----------
    invitation
        The invitation, by its id or its entry.
    outbox
        The folder for both files; only their owner can read them.
    to
        The guest's own address, to which alone an answer is bound.
    sender
        The address to which answers go.
    """
    from vestige.keeping.acts import draft_invitation

    with at.read(withheld=True) as record:
        files = draft_invitation(record, invitation, outbox, to=to, sender=sender)
    if at.json:
        print_json({"drafted": [str(file) for file in files]})
        return 0
    for file in files:
        out.print(f"drafted: {file}", soft_wrap=True)
    out.print("nothing was sent")
    return 0


@app.command
def answer(reply: Path, outbox: Path, /, *, keys: Path | None = None, at: ToRecord = WRITE) -> int:
    """Enter what a guest answered, where UID, attendee and the signature of the guest's domain fit the draft; anything else is pending.

    Example: vestige visit answer reply.eml outbox

    Parameters
    ----------
    reply
        The mail with the calendar answer, as it came (.eml); a calendar file alone stays pending, since nobody signed it.
    outbox
        The folder with the drafts.
    keys
        A TOML file of domain records kept from before; without it they are asked for.
    """
    from vestige.keeping.acts import answer_invitation
    from vestige.keeping.acts.crowd import domain_keys

    with at.open() as record:
        done = answer_invitation(record, reply, outbox, domain_keys(keys))
    if at.json:
        print_json(done._asdict())
        return 0
    out.print(f"{done.invitation}: {done.answer}")
    if done.why:
        out.print(f"  {'pending' if done.receipt else 'nothing changed'}: {done.why}")
    return 0
