"""``vestige withdraw``: take back a thing or one entry, with the reason."""

from collections.abc import Iterator

from vestige.cli._console import ask_for_good, out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.entries import Body
from vestige.errors import InputError
from vestige.keeping.finding import title_of
from vestige.keeping.withdrawing import Ending, plan_protection, plan_withdrawal
from vestige.keeping.withdrawing import protect as keep_back
from vestige.keeping.withdrawing import withdraw as end
from vestige.record import Entry


def withdraw(thing: str, *, why: str, with_dependants: bool = False, yes: bool = False, at: ToRecord = WRITE) -> int:
    """Take back a thing, with all its versions, or one entry by its hash: bodies are destroyed, envelopes and the reason stay.

    It shows what will go and asks. What was published before may live on in copies; nothing can call those back.

    Example: vestige withdraw site:pum3psgm5oay3wib --why "the family asked for it"

    Parameters
    ----------
    thing
        A thing, by id or another name: it goes with all versions. Or an entry by its hash, its first eight digits or more: it goes alone.
    why
        The reason, in words that harm nobody: it is public.
    with_dependants
        Take back what rests on it as well.
    yes
        Do not ask.
    """
    if not why.strip():
        raise InputError("expected a reason, got none", where="--why")
    with at.open() as opened:
        ending = plan_withdrawal(opened, thing)
        if not at.json:
            _show(ending, with_dependants=with_dependants)
        if not yes and (with_dependants or not ending.dependants):
            _ask(ending)
        receipts = end(opened, ending, why, with_dependants=with_dependants)
    if at.json:
        print_json(
            {
                "withdrawals": receipts,
                "files": ending.files,
                "kept": dict(_kept(ending)),
                "public_since": ending.public_since,
            }
        )
        return 0
    for entry, receipt in zip(ending.all, receipts, strict=True):
        out.print(f"withdrew {entry.kind} {entry.about}, entry {entry.hash}")
        out.print(f"  body and salt are destroyed; the withdrawal is entry {receipt.entry}")
    return 0


def protect(site: str, *, why: str, with_dependants: bool = False, yes: bool = False, at: ToRecord = WRITE) -> int:
    """Keep back the exact place of a site from now on, and take back the public entries that tell it, in one step.

    It shows what will go and asks. What was published before may live on in copies; nothing can call those back.

    Example: vestige protect "Cave on the ridge" --why "it is being looted"

    Parameters
    ----------
    site
        The site: its id, another register's name for it such as whc:946, or its name.
    why
        The reason, in words that harm nobody: it is public.
    with_dependants
        Take back what others entered that tells the place as well.
    yes
        Do not ask.
    """
    if not why.strip():
        raise InputError("expected a reason, got none", where="--why")
    with at.open() as opened:
        ending = plan_protection(opened, site)
        if not at.json:
            _show(ending, with_dependants=with_dependants)
        if not yes and (with_dependants or not ending.dependants):
            _ask(ending)
        receipts = keep_back(opened, ending, why, with_dependants=with_dependants)
    if at.json:
        print_json({"site": ending.about, "withdrawals": receipts, "public_since": ending.public_since})
        return 0
    out.print(f"sensitive from now on: {ending.about}; {len(receipts)} public entries taken back")
    return 0


def _show(ending: Ending, *, with_dependants: bool) -> None:
    """Print what would go, what rests on it, and who may hold a copy."""
    for entry in ending.entries:
        out.print(f"goes: {_line(entry)}")
    for entry in ending.dependants:
        out.print(f"{'goes' if with_dependants else 'rests on it'}: {_line(entry)}")
    for entry in ending.others:
        out.print(f"stays: {_line(entry)}; by the id {ending.about} all versions go")
    if ending.others and not any(entry.stands for entry in ending.others):
        out.print("nothing of it stands from then on; its earlier versions do not stand again, and stay public")
    for name in ending.files:
        out.print(f"goes: preserved file {name}")
    for name, user in ending.kept:
        out.print(f"stays: preserved file {name}, which {_line(user)} needs")
    if ending.public_since:
        out.print(f"public since {ending.public_since}: copies made since then stay with whoever made them,")
        out.print("and a published site shows it until you publish again: vestige publish OUT")


def _kept(ending: Ending) -> Iterator[tuple[str, str]]:
    return ((name, user.hash) for name, user in ending.kept)


def _line(entry: Entry) -> str:
    seen = "" if entry.envelope.visibility == "public" else ", withheld"
    name = title_of(entry) if isinstance(entry.body, Body) else ""
    return f"{entry.kind} {entry.about} {name}, entry {entry.hash[:16]} of {entry.envelope.made[:10]}{seen}"


def _ask(ending: Ending) -> None:
    """Ask a person whether it may go. Raises InputError where nobody is there, or the answer is not yes."""
    ask_for_good("take it back for good", ending.about, unless="nothing was withdrawn")
