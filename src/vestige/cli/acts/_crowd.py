"""The parts of ``vestige call`` by which a keeper takes a crowd in: from a mailbox, as sheets, and out again."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter

from vestige.cli._console import ask_for_good, out, print_json, progress
from vestige.cli._options import READ, WRITE, InRecord, ToRecord

if TYPE_CHECKING:
    from vestige.keeping.acts.crowd import Destruction


def collect(
    call: str,
    mailbox: Path,
    collection: Path,
    /,
    *,
    keys: Path | None = None,
    receipts: Path | None = None,
    at: InRecord = READ,
) -> int:
    """Take the mails of a mailbox in that join a call: signed by their senders' domains, one a mailbox. Nothing enters the record yet.

    A mail joins with the call's id in its subject; a line "Country: XX" in its text says where its sender is. What is not taken is told by file and
    number, with no address. Then: vestige call tally.

    Example: vestige call collect call:abcdefghijklmnop mail.mbox collection

    Parameters
    ----------
    call
        The call, which counts mailboxes.
    mailbox
        An mbox file, a Maildir, a folder of .eml files, or one .eml file; 1 GB at most.
    collection
        The folder for what tells doubles and for sealed openings, outside the record; made where it is not there. Only its owner reads it.
    keys
        A TOML file of domain records kept from before; without it they are asked for.
    receipts
        A folder for one receipt a signature. A receipt proves to anybody that its holder signed: ask for them only where that is safe.
    """
    from vestige.keeping.acts.crowd import collect as take
    from vestige.keeping.acts.crowd import collection_of, domain_keys

    with at.read() as record, collection_of(record, call, collection) as held, progress() as bar:
        task = bar.add_task("reading mails", total=None)
        done = take(
            record,
            call,
            mailbox,
            held,
            domain_keys(keys),
            receipts=receipts,
            progress=lambda number: bar.update(task, completed=number),
        )
    if at.json:
        print_json(done)
        return 0
    out.print(
        f"taken in: {done.taken} of {done.messages} messages; {done.others} without the call's id, {done.again} known before"
    )
    for reason, number in sorted(done.refused.items()):
        out.print(f"  refused, {reason.replace('_', ' ')}: {number}")
    for fault in done.faults:
        out.print(f"  {fault}")
    out.print("Now delete the mails: the mailbox is the weak point.")
    return 0


def tally(
    call: str, collection: Path, /, *, closing: Annotated[bool, Parameter(negative=())] = False, at: ToRecord = WRITE
) -> int:
    """Enter what was taken in since the last tally as one sheet, with endings and tables by the k-step rule; at most one a day.

    Example: vestige call tally call:abcdefghijklmnop collection

    Parameters
    ----------
    call
        The call.
    collection
        The folder that vestige call collect filled.
    closing
        This is the last: it may hold fewer than k.
    """
    from vestige.keeping.acts.crowd import collection_of
    from vestige.keeping.acts.crowd import tally as tell

    with at.open() as record, collection_of(record, call, collection) as held:
        told = tell(record, call, held, closing=closing)
    if at.json:
        print_json(told)
        return 0
    if told.receipt is None or told.tally is None:
        out.print("nothing was entered: fewer than k wait")
    else:
        made = told.tally
        out.print(
            f"entered: sheet {made.number} of {made.count}, {made.total} in all, {made.ended} ended  {told.receipt.entry}"
        )
    out.print(f"  waiting: {told.waiting} signatures, {told.endings_waiting} endings")
    return 0


def end(
    call: str,
    collection: Path,
    files: tuple[Path, ...],
    /,
    *,
    why: Literal["asked", "not theirs", "bounced", "duplicate", "forged", "robot"] = "asked",
    keys: Path | None = None,
    at: InRecord = READ,
) -> int:
    """End signatures by the receipts of their signers, or by mails that their signers' domains signed; the next tally tells of them.

    Example: vestige call end call:abcdefghijklmnop collection signature-0123456789abcdef.json

    Parameters
    ----------
    call
        The call.
    collection
        The folder that vestige call collect filled.
    files
        Receipts (.json) or mails with the call's id in their subject.
    why
        The reason, which the tally tells with the number of all that ended for it.
    keys
        As for collect.
    """
    from vestige.keeping.acts.crowd import Collector, counted_call, domain_keys, end_signatures

    with at.read() as record:
        about = counted_call(record, call)[0].about
    with Collector(collection, about) as held:
        ended, before = end_signatures(held, about, files, domain_keys(keys), why)
    if at.json:
        print_json({"ended": ended, "ended_before": before})
        return 0
    out.print(f"ended: {ended}; {before} had ended before, or are not known here")
    return 0


def destroy(
    call: str,
    collection: Path,
    /,
    *,
    early: Annotated[bool, Parameter(negative=())] = False,
    yes: Annotated[bool, Parameter(negative=())] = False,
    at: ToRecord = WRITE,
) -> int:
    """Destroy what was collected of a call's signers, at its keep_until, and say so on the call's page. It shows what goes and asks.

    Nobody can end a signature, hand over an opening or tell a further tally afterwards. Tallies and audits stay.

    Example: vestige call destroy call:abcdefghijklmnop collection

    Parameters
    ----------
    call
        The call.
    collection
        The folder that vestige call collect filled.
    early
        Before the day of keep_until.
    yes
        Do not ask.
    """
    from vestige.keeping.acts.crowd import destroy_collection, plan_destruction

    with at.open() as record:
        plan = plan_destruction(record, call, collection, early=early)
        if not at.json:
            _show(plan)
        if not yes:
            ask_for_good("destroy it for good", str(collection), unless="nothing was destroyed")
        receipt = destroy_collection(record, plan)
    if at.json:
        print_json({"destroyed": plan, "receipt": receipt})
        return 0
    out.print(f"destroyed; the call says so from now on, entry {receipt.entry}")
    out.print("Publish again: vestige publish OUT")
    return 0


def _show(plan: "Destruction") -> None:
    """Print what would go, what is lost with it, and what stays."""
    held = plan.held
    for name in plan.files:
        out.print(f"goes: {plan.folder / name}")
    out.print(f"  {held.signatures} signatures with the tags of their mailboxes, {held.openings} sealed openings")
    if held.waiting or held.endings_waiting:
        out.print(f"  LOST, told by no tally yet: {held.waiting} signatures, {held.endings_waiting} endings")
    if not plan.closed:
        out.print("  LOST: no closing tally was entered, and none can be afterwards: vestige call tally --closing")
    if not plan.audits:
        out.print("  LOST: no audit was entered, and nobody can ask signers afterwards")
    out.print(f"stays in the record: the call, {plan.tallies} tallies with their sheets, {plan.audits} audits")
    for name in plan.beside:
        out.print(f"stays: {plan.folder / name}, which is not the collection's")
    out.print("yours to delete: the mails and their mailbox, receipts, lists of an auditor, and copies in backups")
