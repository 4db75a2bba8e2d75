"""Drafting, checking and signing, and the draft of a follow-up that says first what tells against the letter before."""

import base64
import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from vestige.appealing._errors import AppealError, DraftError
from vestige.appealing.checking import SIGNED, Complaint, check
from vestige.appealing.drafting import (
    DraftFile,
    DraftParagraph,
    DraftPart,
    DraftSignatory,
    DraftSignature,
    fill_draft,
    read_draft,
)
from vestige.appealing.sentences import Facts, words
from vestige.entries import Actor, Appeal
from vestige.keeping.appeals._find import find_actor, find_appeal
from vestige.keeping.finding import find_site
from vestige.procedures.following import changes_since
from vestige.procedures.forms import form
from vestige.record import Record, RecordReader, load_key

Who = Literal["state", "mission", "person", "group", "ngo", "institution"]
_BY_TYPE: dict[str, Who] = {
    "person": "person",
    "government": "state",
    "organisation": "ngo",
    "campaign": "group",
    "other": "group",
}


def draft_appeal(
    record: Record,
    form_id: str,
    sites: Sequence[str],
    by: str,
    *,
    language: str | None = None,
    who: Who | None = None,
    capacity: str = "…",
    date: dt.date,
    sample: bool = False,
) -> DraftFile:
    """Give a draft of a form about sites, filled from the record. Raises FormError, InputError or AppealError."""
    wanted = form(form_id)
    if not sites:
        raise DraftError("expected at least one site, got none", where="--site")
    actor = find_actor(record, by)
    body = actor.body
    assert isinstance(body, Actor)  # noqa: S101 - find_actor gives actors only
    signatory = DraftSignatory(
        name=body.names[0].text, who=who or _BY_TYPE[body.type], capacity=capacity, actor=actor.about
    )
    things = [find_site(record, name).about for name in sites]
    spoken = language or (wanted.languages[0].tag if wanted.languages else "en")
    with RecordReader(record.path) as reader:
        return fill_draft(wanted, reader, sites=things, signatory=signatory, language=spoken, date=date, sample=sample)


def check_appeal(record: Record, data: bytes, *, today: dt.date, where: str) -> tuple[Complaint, ...]:
    """Check a draft against its form and the record. Raises DraftError or FormError when it cannot be read."""
    draft = read_draft(data, where=where)
    with RecordReader(record.path, withheld=draft.visibility == "withheld") as reader:
        return check(draft, form(draft.form), reader, today=today)


def sign_draft(data: bytes, signatory: str, key: Path, *, where: str) -> DraftFile:
    """Give a draft with the signature of one of its signatories, in the place of an earlier one. Raises DraftError or KeyFileError."""
    draft = read_draft(data, where=where)
    if signatory not in {one.name for one in draft.signatory}:
        names = ", ".join(one.name for one in draft.signatory)
        raise DraftError(f"expected a signatory among {names}, got {signatory!r}", where=where)
    private = load_key(key)
    signature = private.sign(SIGNED + bytes.fromhex(draft.digest()))
    made = DraftSignature(
        signatory=signatory,
        key=base64.b64encode(private.public_key().public_bytes_raw()).decode(),
        signature=base64.b64encode(signature).decode(),
    )
    others = tuple(one for one in draft.signature if one.signatory != signatory)
    return msgspec.structs.replace(draft, signature=(*others, made))


def draft_update(record: Record, name: str, *, date: dt.date) -> DraftFile:
    """Draft the follow-up of an appeal that was composed here. Raises AppealError when nothing changed since."""
    entry = find_appeal(record, name)
    body = entry.body
    assert isinstance(body, Appeal)  # noqa: S101 - find_appeal gives appeals only
    if body.draft is None:
        raise AppealError("expected an appeal composed from this record, got a recorded one", where=name)
    before = read_draft(record.files.read(body.draft), where=name)
    with RecordReader(record.path, withheld=before.visibility == "withheld") as reader:
        news = tuple(_news(Facts(words(before.language), reader.index), entry.about, reader))
        if not news:
            raise AppealError("the record has learnt nothing since that its addressee should know", where=name)
        fresh = fill_draft(
            form(before.form),
            reader,
            sites=before.sites,
            signatory=before.signatory[0],
            language=before.language,
            date=date,
            sample=before.sample,
        )
    people = {part.field: part for part in before.part}
    parts = [
        part if part.paragraph and part.paragraph[0].role == "fact" else people.get(part.field, part)
        for part in fresh.part
    ]
    return msgspec.structs.replace(
        fresh,
        signatory=before.signatory,
        visibility=before.visibility,
        succeeds=entry.about,
        part=(DraftPart(field="update", paragraph=news), *parts),
    )


def _news(facts: Facts, appeal: str, reader: RecordReader) -> Iterable[DraftParagraph]:
    entry = reader.index.current(appeal) or next(reversed(reader.index.history(appeal)))
    done: set[tuple[str, ...]] = set()
    for change in changes_since(entry, reader.index):
        sentence = change.what if change.what in {"withdrawn", "replaced"} else _sentence(reader, change.entry)
        try:
            made = facts.make(sentence, [change.entry])
        except DraftError:  # an entry that bears no sentence of its own, such as a judgement that a later one replaced
            continue
        if (sentence, *made.cites) not in done:
            done.add((sentence, *made.cites))
            yield DraftParagraph(role="fact", sentence=made.sentence, cites=made.cites, text=made.text)


def _sentence(reader: RecordReader, name: str) -> str:
    kind = reader.index.kind_of(name) or ""
    return "finding" if kind == "assessment" else kind
