"""After an appeal was made: sent, reply, list, update, recompose, record."""

import datetime as dt
from pathlib import Path
from typing import Annotated, Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from cyclopts import Parameter

from vestige.appealing.drafting import write_draft
from vestige.capture import optional_window
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.appeal._drafting import today_in_utc
from vestige.durable import write_file
from vestige.errors import InputError
from vestige.keeping.appeals import (
    draft_update,
    enter_dispatch,
    enter_recorded,
    enter_reply,
    listed,
    recompose_appeal,
)
from vestige.procedures import Deadline

Means = Literal["post", "email", "portal", "hand", "diplomatic", "fax"]
Kind = Literal["acknowledgement", "question", "extension", "decision", "referral", "refusal", "inadmissible", "comment"]


def sent(
    appeal: str,
    *,
    when: str,
    means: Means,
    to: str,
    reference: str | None = None,
    receipt: Path | None = None,
    note: str | None = None,
    at: ToRecord = WRITE,
) -> int:
    """Enter that an appeal was sent. You send it; this software sends nothing.

    Example: vestige appeal sent appeal:abcdefghijklmnop --when 2026-12-02 --means post --to "7 place de Fontenoy, Paris"

    Parameters
    ----------
    appeal
        The appeal: id, hash, or words of its title.
    when
        The day: 2026-12-02.
    means
        post, email, portal, hand, diplomatic or fax.
    to
        To which address.
    reference
        A number or reference of the sending.
    receipt
        A file that shows it; it is preserved and withheld.
    note
        A note of the keeper.
    """
    with at.open() as record:
        made = enter_dispatch(
            record,
            appeal,
            when=when,
            means=means,
            to=to,
            today=today_in_utc(),
            reference=reference,
            receipt=receipt,
            note=note,
        )
    print_json(made) if at.json else out.print(f"entered: {made.about}, sent {when} by {means}")
    return 0


def reply(
    appeal: str,
    letter: str,
    *,
    by: Annotated[str, Parameter(name="--from")],
    received: str,
    kind: Kind,
    outcome: Literal["granted", "partly", "deferred", "refused", "none"] = "none",
    due: str | None = None,
    reference: str | None = None,
    scanned: bool = False,
    another: bool = False,
    note: str | None = None,
    at: ToRecord = WRITE,
) -> int:
    """Enter a reply: the letter is preserved as a source, and statements are proposed from it for review.

    Example: vestige appeal reply appeal:abcdefghijklmnop letter.txt --from UNESCO --received 2026-12-20 --kind acknowledgement

    Parameters
    ----------
    appeal
        The appeal: id, hash, or words of its title.
    letter
        The letter: a file, or a source of the record.
    by
        Who replied.
    received
        The day on which it came: 2026-12-20.
    kind
        What it is; silence is no reply.
    outcome
        What a decision gave.
    due
        The day that an extension or a question sets.
    reference
        Its number or reference.
    scanned
        Preserve a letter whose text cannot be read, without proposing statements.
    another
        It is a second reply of the same day.
    note
        A note of the keeper.
    """
    with at.open() as record:
        made = enter_reply(
            record, appeal, letter,
            sender=by, received=received, kind=kind, today=today_in_utc(), outcome=outcome, due=due,
            reference=reference, scanned=scanned, another=another, note=note,
        )  # fmt: skip
    if at.json:
        print_json(made._asdict())
        return 0
    out.print(f"entered: {made.receipt.about}, {kind} of {received}; preserved as {made.source}")
    if made.proposed:
        out.print(
            f"{made.proposed} statements proposed; nothing counts until confirmed: vestige review --source {made.source}"
        )
    return 0


def listing(*, overdue: bool = False, ics: Path | None = None, zone: str = "UTC", at: ToRecord = WRITE) -> int:
    """List the appeals with their state: composed, signed, sent, acknowledged, overdue, answered, recorded; and which are stale.

    Example: vestige appeal list --overdue

    Parameters
    ----------
    overdue
        Only those whose time has passed without an answer.
    ics
        Write the deadlines to this calendar file.
    zone
        The time zone whose today counts, such as Asia/Baku.
    """
    try:
        today = dt.datetime.now(ZoneInfo(zone)).date()
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise InputError(f"expected a time zone such as Asia/Baku, got {zone!r}", where="--zone") from error
    with at.open() as record:
        found = [one for one in listed(record, today=today) if not overdue or one.progress.state == "overdue"]
    if ics:
        write_file(
            ics, _calendar([(one.body.title, day) for one in found for day in one.progress.deadlines if day.day])
        )
    if at.json:
        print_json([{"appeal": one.entry.about, "title": one.body.title, "progress": one.progress} for one in found])
        return 0
    for one in found:
        who = ", ".join(addressee.name for addressee in one.body.addressees)
        stale = f"; stale: {len(one.progress.changes)} things learnt since" if one.progress.stale else ""
        out.print(f"{one.entry.about}  {one.progress.state}{stale}\n  to {who}: {one.body.title}")
        for day in one.progress.deadlines:
            out.print(f"  {day.what}: {day.day or 'no day yet'} ({day.rule}; {day.source}, mark {day.mark})")
    out.print(f"{len(found)} appeals")
    return 0


def update(appeal: str, to: Path, *, at: ToRecord = WRITE) -> int:
    """Draft the follow-up of an appeal: what the record has learnt since, what tells against the letter first.

    Example: vestige appeal update appeal:abcdefghijklmnop update.toml

    Parameters
    ----------
    appeal
        The appeal: id, hash, or words of its title.
    to
        The file to write.
    """
    if to.exists():
        raise InputError("is there already", where=str(to), hint="name another")
    with at.open() as record:
        made = draft_update(record, appeal, date=today_in_utc())
    write_file(to, write_draft(made))
    out.print(f"wrote {to}: {len(made.part[0].paragraph)} sentences on what the record has learnt since")
    return 0


def recompose(appeal: str, *, at: ToRecord = WRITE) -> int:
    """Render the documents of an appeal again from what is preserved, and compare the bytes. Exit code 1 when one differs.

    Example: vestige appeal recompose appeal:abcdefghijklmnop

    Parameters
    ----------
    appeal
        The appeal: id, hash, or words of its title.
    """
    with at.open() as record:
        found = recompose_appeal(record, appeal)
    if at.json:
        print_json(found)
    else:
        for name, same in found.items():
            out.print(f"{'equal' if same else 'differs'}: {name}")
    return 0 if all(found.values()) else 1


def record(
    source: str,
    *,
    to: tuple[str, ...] = (),
    by: Annotated[str | None, Parameter(name="--from")] = None,
    capacity: str | None = None,
    on_behalf_of: str | None = None,
    title: str | None = None,
    site: tuple[str, ...] = (),
    made_on: str | None = None,
    made_between: str | None = None,
    made_before: str | None = None,
    text_seen: bool = False,
    withheld: bool = False,
    note: str | None = None,
    at: ToRecord = WRITE,
) -> int:
    """Enter somebody else's appeal, known from a source. Its sides stand in one list with one's own, by one template.

    Example: vestige appeal record article.txt --to UNESCO --from "Culture Ministry"

    Parameters
    ----------
    source
        A source of the record, or a file that becomes one.
    to
        To whom it went; without it as the heading of the source has it. May be given several times.
    by
        Who appealed, as printed; without it as the heading has it.
    capacity
        In which capacity.
    on_behalf_of
        For whom.
    title
        What it is called; without it the heading of the source.
    site
        A site that it is about. May be given several times.
    made_on
        When it was made: 2020, 2020-10 or 2020-10-08.
    made_between
        Between which dates.
    made_before
        Before which date.
    text_seen
        The source holds the appeal itself, and does not only tell of it.
    withheld
        Keep the file from the public.
    note
        A note of the keeper.
    """
    with at.open() as opened:
        made = enter_recorded(
            opened, source, to=to, sender=by, capacity=capacity, on_behalf_of=on_behalf_of, title=title, sites=site,
            made=optional_window(on=made_on, between=made_between, before=made_before),
            text_seen=text_seen, withheld=withheld, note=note,
        )  # fmt: skip
    print_json(made) if at.json else out.print(f"entered: {made.about}, a recorded appeal")
    return 0


def _calendar(days: list[tuple[str, Deadline]]) -> bytes:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Vestige//appeals//EN"]
    for number, (title, day) in enumerate(days):
        lines += [
            "BEGIN:VEVENT",
            f"UID:{number}-{day.day}@vestige",
            f"DTSTAMP:{(day.day or '').replace('-', '')}T000000Z",
        ]
        lines += [
            f"DTSTART;VALUE=DATE:{(day.day or '').replace('-', '')}",
            f"SUMMARY:{_escaped(f'{title}: {day.what}')}",
        ]
        lines += [f"DESCRIPTION:{_escaped(f'{day.rule}; {day.source}; mark {day.mark}')}", "END:VEVENT"]
    return "\r\n".join([*map(_folded, lines), "END:VCALENDAR", ""]).encode()


def _escaped(text: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\;," else sign for sign in " ".join(text.split()))


def _folded(line: str) -> str:
    """Fold a line at 60 characters, below the 75 octets of RFC 5545 for most scripts."""
    step = 25 if not line.isascii() else 60
    return "\r\n ".join(line[i : i + step] for i in range(0, len(line), step))
