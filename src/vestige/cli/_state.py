"""``vestige state``: one attributed statement, entered by hand."""

from collections.abc import Iterable
from typing import Literal

from vestige.cli._beside import entered
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.entries import Statement
from vestige.keeping.adding import Said, enter_statement
from vestige.keeping.finding import named_by, title_of
from vestige.record import Entry, Receipt


def state(
    source: str,
    *,
    quote: tuple[str, ...] = (),
    offsets: tuple[str, ...] = (),
    content: str | None = None,
    locator: str | None = None,
    speaker: str | None = None,
    role: str | None = None,
    organisation: str | None = None,
    manner: Literal["direct", "indirect", "mixed", "topic"] = "indirect",
    cue: str | None = None,
    via: tuple[str, ...] = (),
    said_on: str | None = None,
    said_between: str | None = None,
    said_before: str | None = None,
    place: tuple[str, ...] = (),
    site: tuple[str, ...] = (),
    disagrees_with: tuple[str, ...] = (),
    agrees_with: tuple[str, ...] = (),
    language: str | None = None,
    reader: str | None = None,
    note: str | None = None,
    yes: bool = False,
    at: ToRecord = WRITE,
) -> int:
    """Enter what a named speaker said in a source. A statement is never a fact; it is an attribution that a reader can check.

    Example: vestige state report.txt --quote "the roof is gone" --organisation "City museum" --role director --site whc:946

    Parameters
    ----------
    source
        The source: its id, hash, title or file name.
    quote
        What was said, as the source prints it; it is found in the text and its offsets are kept. May be given several times.
    offsets
        Where it stands instead, START:END in code points, end exclusive. May be given several times.
    content
        What was said, to be checked against the text under the offsets.
    locator
        Where it stands, as a person looks it up: "page 3", 00:01:12. Of a picture, film, scanned page or book, whose words are in no text,
        what was said is then taken as typed, and marked as not checked against text.
    speaker
        The speaker's name as printed.
    role
        The speaker's role as printed.
    organisation
        The organisation as printed.
    manner
        direct (in quotation marks), indirect, mixed, or topic (only what it was about).
    cue
        The word that introduces it, as printed, such as said.
    via
        Who reported it, nearest the speaker first: NAME; ROLE; ORGANISATION. May be given several times.
    said_on
        When it was said: 2015, 2015-08 or 2015-08-31.
    said_between
        Between which dates it was said: 2015-08-01/2015-08-31.
    said_before
        Before which date it was said.
    place
        A place that it names, as printed. May be given several times.
    site
        A site that it is about: id, whc:946, or name. May be given several times.
    disagrees_with
        A statement that it disagrees with: id, hash, or words of it.
    agrees_with
        A statement that it agrees with.
    language
        The language of the text, such as uk.
    reader
        Who read it so.
    note
        A note of the keeper.
    yes
        Enter it beside a statement that says nearly the same, without asking.
    """
    said = Said(
        quote=quote,
        offsets=offsets,
        content=content,
        locator=locator,
        speaker=speaker,
        role=role,
        organisation=organisation,
        manner=manner,
        cue=cue,
        via=via,
        said_on=said_on,
        said_between=said_between,
        said_before=said_before,
        place=place,
        site=site,
        disagrees_with=disagrees_with,
        agrees_with=agrees_with,
        language=language,
        reader=reader,
        note=note,
    )
    with at.open() as record:
        receipt, body, entry = entered(lambda beside: enter_statement(record, source, said, beside=beside), yes=yes)
        named = [line for line in named_by(record, body) if not line.startswith(f"source {entry.about}")]
    if at.json:
        print_json({"receipt": receipt, "statement": body})
        return 0
    _tell(receipt, body, entry, named)
    return 0


def _tell(receipt: Receipt, body: Statement, entry: Entry, named: Iterable[str]) -> None:
    """Say what was entered, what of the speaker is not printed, and where the words stand."""
    out.print(f"entered: {receipt.about}")
    out.print(f"  said: {body.content}")
    for line in named:
        out.print(f"  about {line}")
    for one in (body.speaker, *body.reported_via):
        for field in one.not_printed:
            out.print(f"  not printed in the source, marked as given by you: {field} {getattr(one, field)}")
    where = f"{body.locator} of " if body.locator else ""
    spans = ", ".join(f"{span.start}:{span.end}" for span in body.spans)
    out.print(f"  at {where}{title_of(entry)}{', ' + spans if spans else ': as typed, not checked against text'}")
