"""``vestige state``: one attributed statement, entered by hand."""

import hashlib
from pathlib import Path
from typing import Literal

from vestige.cli._console import out, print_json


def state(
    source: str,
    *,
    quote: tuple[str, ...] = (),
    offsets: tuple[str, ...] = (),
    content: str | None = None,
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
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
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
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    json
        Print the receipt as JSON.
    """
    from vestige.capture import (
        content_under,
        find_quote,
        nearest,
        optional_window,
        read_span,
        read_speaker,
        source_text,
    )
    from vestige.cli._lookup import find_site, find_source, find_statement, record_folder
    from vestige.entries import Draft, Place, Source, Span, Speaker, Statement
    from vestige.errors import InputError
    from vestige.record import Record

    def span(offsets: tuple[int, int] | None) -> Span | None:
        return Span(start=offsets[0], end=offsets[1]) if offsets else None

    if not (speaker or role or organisation):
        raise InputError("expected who spoke, got nobody", hint="give --speaker, --role or --organisation")
    with Record.open(record_folder(record), key=key, withheld=True) as opened:
        entry = find_source(opened, source)
        assert isinstance(entry.body, Source)  # noqa: S101 - find_source gives sources only
        if entry.body.file is None:
            raise InputError("expected a source with a preserved text, got a bare reference", where=source)
        data = opened.files.read(entry.body.file)
        text = source_text(data, entry.body.media_type, where=entry.body.title)
        given = [*(find_quote(text, words) for words in quote), *map(read_span, offsets)]
        said, spans = content_under(text, given, content)
        withheld = entry.envelope.visibility == "withheld"
        encoded = text.encode("utf-8", "surrogatepass")
        file = hashlib.sha256(encoded).hexdigest()
        who = Speaker(name=speaker, role=role, organisation=organisation)
        body = Statement(
            source=entry.about,
            content=said,
            manner=manner,
            speaker=who,
            status="confirmed",
            file=file,
            spans=tuple(Span(start=start, end=end) for start, end in spans),
            cue=cue,
            cue_span=span(nearest(text, cue, spans)),
            speaker_span=span(nearest(text, speaker or role or organisation, spans)),
            reported_via=tuple(map(read_speaker, via)),
            language=language or entry.body.language,
            said=optional_window(on=said_on, between=said_between, before=said_before),
            places=tuple(Place(text=name, span=span(nearest(text, name, spans))) for name in place),
            sites=tuple(find_site(opened, name).about for name in site),
            disagrees_with=tuple(find_statement(opened, name).about for name in disagrees_with),
            agrees_with=tuple(find_statement(opened, name).about for name in agrees_with),
            reader=reader,
            note=note,
        )
        if encoded != data:
            opened.add_file(encoded, withheld=withheld)
        (receipt,) = opened.append(Draft(body, cites=(entry.hash,), visibility=entry.envelope.visibility))
    if json:
        print_json({"receipt": receipt, "statement": body})
        return 0
    out.print(f"entered: {receipt.about}")
    out.print(f"  said: {body.content}")
    out.print(f"  at {', '.join(f'{span.start}:{span.end}' for span in body.spans)} of {entry.body.title}")
    return 0
