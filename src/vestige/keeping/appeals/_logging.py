"""What people did with an appeal and what came back: sent, replies, and appeals of others that a source tells of. Nothing is sent here."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from vestige.appealing._errors import AppealError
from vestige.capture import Captured, DocumentError, NotTextError, decode, media_type_of, open_document, take_in
from vestige.entries import (
    Appeal,
    AppealAddressee,
    AppealSignatory,
    DateWindow,
    Dispatch,
    Draft,
    Reply,
    Source,
)
from vestige.errors import InputError
from vestige.keeping.adding import enter_source, source_body
from vestige.keeping.appeals._find import find_appeal
from vestige.keeping.candidates import enter_candidates, reading_context
from vestige.keeping.finding import find_site, find_source
from vestige.procedures.following import Progress, progress
from vestige.procedures.forms import Form, form_ids, read_form
from vestige.procedures.forms import form as shipped
from vestige.record import Entry, Receipt, Record

MOST_BYTES = 25_000_000
"""A letter larger than this is refused; it can be added as a source and named."""
_HEADING = re.compile(
    r"(?P<sender>.{2,80}?) (?:sends|sent|addresses|addressed|issues|issued|makes|made) (?:an )?(?:appeal|letter) to (?P<to>.{2,80})"
)


class Listed(NamedTuple):
    """An appeal and where it stands."""

    entry: Entry
    body: Appeal
    progress: Progress


class Replied(NamedTuple):
    """A reply that was entered: its receipt, the source that holds it, and how many statements were proposed from it."""

    receipt: Receipt
    source: str
    proposed: int


def listed(record: Record, *, today: dt.date) -> list[Listed]:
    """Give every appeal with its state on a day, in the order of entry."""
    return [
        Listed(entry, entry.body, progress(entry, record.index, form_of(record, entry.body), today))
        for entry in record.index.entries("appeal", current=True)
        if isinstance(entry.body, Appeal)
    ]


def form_of(record: Record, body: Appeal) -> Form | None:
    """Give the form of an appeal: the file that was used, or, of a recorded one, the one that ships."""
    if body.form_file:
        return read_form(record.files.read(body.form_file), where=body.form)
    return shipped(body.form) if body.form in form_ids() else None


def enter_dispatch(
    record: Record,
    name: str,
    *,
    when: str,
    means: str,
    to: str,
    today: dt.date,
    reference: str | None = None,
    receipt: Path | None = None,
    note: str | None = None,
) -> Receipt:
    """Enter that an appeal was sent. Raises AppealError where it was not composed here, is a sample, or the channel does not fit."""
    entry = find_appeal(record, name)
    body = entry.body
    assert isinstance(body, Appeal)  # noqa: S101 - find_appeal gives appeals only
    if body.origin != "own":
        raise AppealError("expected an appeal composed from this record, got a recorded one", where=name)
    if body.sample:
        raise AppealError("is an example, which is sent to nobody", where=name)
    _require_day(when, body.made, today)
    known = form_of(record, body)
    ways = [channel.means for channel in known.channel] if known else []
    if ways and set(ways) == {"portal"} and means != "portal":
        address = known.channel[0].to if known else ""
        raise AppealError(f"the form knows only the portal {address}, not {means}", where="--means")
    hidden = entry.envelope.visibility == "withheld"
    kept = _read(receipt) if receipt else None
    record.signing_key()
    sent = Dispatch(
        appeal=entry.about,
        when=when,
        means=means,
        to=to,
        documents=tuple(one.file for one in body.documents if one.name.endswith(".pdf")),
        reference=reference,
        receipt=record.add_file(kept, withheld=True) if kept else None,
        note=note,
    )
    visibility = "withheld" if hidden else "public"
    return record.append(Draft(sent, cites=() if hidden else (entry.hash,), visibility=visibility))[0]


def enter_reply(
    record: Record,
    name: str,
    letter: str,
    *,
    sender: str,
    received: str,
    kind: str,
    today: dt.date,
    outcome: str = "none",
    due: str | None = None,
    reference: str | None = None,
    scanned: bool = False,
    another: bool = False,
    note: str | None = None,
) -> Replied:
    """Preserve a letter as a source, propose statements from it, and enter it as a reply. Raises AppealError or InputError; nothing is entered then."""
    entry = find_appeal(record, name)
    body = entry.body
    assert isinstance(body, Appeal)  # noqa: S101 - find_appeal gives appeals only
    _require_day(received, body.made, today)
    hidden = entry.envelope.visibility == "withheld"
    said = {"sender": sender, "received": received, "type": kind, "outcome": outcome, "due": due}
    said |= {"appeal": entry.about, "reference": reference, "note": note}
    _valid(said)
    captured = _letter(record, letter)
    text = _text(captured, scanned=scanned) if captured else ""
    if captured and not text and not scanned:
        raise InputError(
            "holds no text that can be read here; a scan?",
            where=letter,
            hint="--scanned preserves it without proposing statements",
        )
    _require_new(record, entry.about, received, captured, another=another)
    record.signing_key()
    source = _source(record, letter, captured, sender, received, hidden=hidden)
    proposed = _proposed(record, source) if text or captured is None else 0
    whole = _valid(said | {"source": source.about})
    visibility = "withheld" if hidden else "public"
    cites = () if hidden else (entry.hash, source.hash)
    (receipt,) = record.append(Draft(whole, cites=cites, visibility=visibility))
    return Replied(receipt, source.about, proposed)


def enter_recorded(
    record: Record,
    source: str,
    *,
    to: Sequence[str] = (),
    sender: str | None = None,
    capacity: str | None = None,
    on_behalf_of: str | None = None,
    title: str | None = None,
    sites: Sequence[str] = (),
    made: DateWindow | None = None,
    text_seen: bool = False,
    withheld: bool = False,
    note: str | None = None,
) -> Receipt:
    """Enter somebody else's appeal, known from a source of the record or from a file that becomes one. Raises AppealError or InputError.

    Who sent it and to whom are taken from the heading of the source where they are not given and it says so.
    """
    things = tuple(find_site(record, name).about for name in sites)
    found = _known_source(record, source, withheld=withheld)
    body = found.body
    assert isinstance(body, Source)  # noqa: S101 - sources only
    heading = _heading(record, body)
    printed = _HEADING.match(heading)
    senders, addressees = (sender or (printed and printed["sender"])), to or ((printed["to"],) if printed else ())
    if not senders or not addressees:
        raise AppealError("does not say in its heading who appeals to whom", where=source, hint="give --from and --to")
    appeal = Appeal(
        origin="recorded",
        form="letter",
        title=title or heading or f"{senders}: {', '.join(addressees)}",
        addressees=tuple(AppealAddressee(name=name) for name in addressees),
        senders=(
            AppealSignatory(
                name=senders, capacity=capacity or "as the source has it", on_behalf_of=on_behalf_of, consent=True
            ),
        ),
        sites=things,
        source=found.about,
        text_seen=text_seen,
        language=body.language,
        made=made,
        statements=tuple(
            e.about for e in record.index.of_source(found.about) if getattr(e.body, "status", "") == "confirmed"
        ),
        note=note,
    )
    same = [
        e
        for e in record.index.linked(found.about, "appeal")
        if isinstance(e.body, Appeal) and e.body.title == appeal.title
    ]
    if same:
        raise AppealError(f"is recorded already, as {same[0].about}", where=source)
    return record.append(Draft(appeal, cites=(found.hash,), visibility=found.envelope.visibility))[0]


def _known_source(record: Record, text: str, *, withheld: bool) -> Entry:
    if not Path(text).is_file():
        return find_source(record, text)
    captured = take_in(text)
    heading = _HEADING.search(_text(captured))
    body = source_body(captured, heading.group().strip() if heading else None, None, None, {})
    entered = enter_source(record, captured, body, withheld=withheld)
    entry = record.index.entry(entered.entry)
    assert entry is not None  # noqa: S101 - it was just entered
    return entry


def _heading(record: Record, body: Source) -> str:
    if _HEADING.match(body.title) or body.file is None:
        return body.title
    text = decode(record.files.read(body.file), body.media_type or "text/plain", where=body.title).text
    for line in text.splitlines()[:40]:
        if _HEADING.fullmatch(line.strip()):
            return line.strip()
    return body.title


def _letter(record: Record, letter: str) -> Captured | None:
    """Take in a letter that is a file; None where it names a source that the record holds."""
    if not Path(letter).is_file():
        find_source(record, letter)
        return None
    _read(Path(letter))
    return take_in(letter)


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise InputError(
            f"expected a letter of at most {MOST_BYTES} bytes, got {size}",
            where=str(path),
            hint="add it as a source (vestige add source) and name that source",
        )
    if not size:
        raise InputError("expected a letter, got an empty file", where=str(path))
    return path.read_bytes()


def _text(captured: Captured, *, scanned: bool = False) -> str:
    """Give the text of a letter in any form that is read; nothing for a picture, or, where ``scanned`` allows it, one that cannot be read."""
    try:
        return open_document(captured.data, media_type_of(captured), where=captured.address).text.strip()
    except NotTextError:
        return ""
    except DocumentError:
        if scanned:
            return ""
        raise


def _source(
    record: Record, letter: str, captured: Captured | None, sender: str, received: str, *, hidden: bool
) -> Entry:
    if captured is None:
        return find_source(record, letter)
    printed = {"publisher": sender, "published": received, "nature": "letter"}
    body = source_body(captured, f"Letter of {sender}, {received}", f"received from {sender}", None, printed)
    entered = enter_source(record, captured, body, withheld=hidden)
    entry = record.index.entry(entered.entry)
    assert entry is not None  # noqa: S101 - it was just entered
    return entry


def _proposed(record: Record, source: Entry) -> int:
    """Propose statements from a letter, unless it has no file or was read before."""
    body = source.body
    if not isinstance(body, Source) or body.file is None or record.index.of_source(source.about):
        return 0
    return enter_candidates(record, source, reading_context(record)).candidates


def _require_new(record: Record, appeal: str, received: str, captured: Captured | None, *, another: bool) -> None:
    for entry in record.index.linked(appeal, "reply"):
        body = entry.body
        if not isinstance(body, Reply):
            continue
        source = record.index.current(body.source or "")
        same = captured and source and isinstance(source.body, Source) and source.body.file == captured.sha256
        if same:
            raise AppealError(f"this letter is the reply {entry.about} already", where=appeal)
        if body.received == received and not another:
            raise AppealError(
                f"has a reply of {received} already: {entry.about}",
                where=appeal,
                hint="if this is a second one, say --another",
            )


def _require_day(day: str, made: DateWindow | None, today: dt.date) -> None:
    try:
        when = dt.date.fromisoformat(day)
    except ValueError as error:
        raise InputError(f"expected a day such as 2026-12-01, got {day!r}") from error
    if when > today:
        raise AppealError(f"{day} lies ahead", hint="enter it when it has happened")
    earliest = made.bounds()[0] if made else None
    if earliest and when < earliest:
        raise AppealError(f"{day} is before the appeal was made, {earliest}")


def _valid(said: Mapping[str, str | None]) -> Reply:
    try:
        return msgspec.convert({key: value for key, value in said.items() if value is not None}, Reply)
    except msgspec.ValidationError as error:
        message, _, field = str(error).partition(" - at `$.")
        raise AppealError(message[:1].lower() + message[1:], where=f"reply {field.rstrip('`')}".strip()) from error
