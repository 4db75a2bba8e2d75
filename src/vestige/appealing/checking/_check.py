"""The check of a draft: eligibility, form, evidence, honesty, persons, places, law. Pure but for what it reads of the record."""

import base64
import binascii
import datetime as dt
from collections.abc import Iterator

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vestige.appealing.checking._complaint import Complaint, error, warning
from vestige.appealing.checking._eligible import eligibility
from vestige.appealing.checking._enclosures import enclosures
from vestige.appealing.checking._evidence import evidence
from vestige.appealing.checking._fields import fields
from vestige.appealing.checking._names import countries_in, folded, names_in
from vestige.appealing.checking._photographs import photographs
from vestige.appealing.checking._sentences import sentences
from vestige.appealing.drafting import PLACEHOLDER, DraftFile, DraftSignatory
from vestige.entries import Actor
from vestige.ledger import Tiles, range_root
from vestige.procedures.forms import Form
from vestige.record import RecordReader, still


def check(draft: DraftFile, form: Form, record: RecordReader, *, today: dt.date) -> tuple[Complaint, ...]:
    """Check a draft against its form and the record as it stands; errors first. Raises DraftError where the draft is of another form."""
    record = still(record)
    found = [
        *_head(draft, form, record, today),
        *eligibility(draft, form, record.index, today),
        *fields(draft, form, record),
        *sentences(draft, form, record),
        *photographs(draft, form, record),
        *enclosures(draft, form, record),
        *evidence(draft, form, record),
        *_persons(draft, form, record),
        *_signatures(draft),
    ]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: one.level != "error"))


def signed_by(draft: DraftFile) -> tuple[str, ...]:
    """Give the signatories whose signatures over the draft hold."""
    digest = bytes.fromhex(draft.digest())
    return tuple(one.signatory for one in draft.signature if _holds(one.key, one.signature, digest))


def _head(draft: DraftFile, form: Form, record: RecordReader, today: dt.date) -> Iterator[Complaint]:
    if draft.form != form.id:
        yield error("form", "form", f"expected {form.id}, got {draft.form}", "check it with its own form")
    if not draft.sites:
        yield error("form", "sites", "no site is named", "name at least one")
    if len(set(draft.sites)) != len(draft.sites):
        yield error("form", "sites", "a site is named twice", "name each once")
    if draft.date > today:
        yield error("form", "date", f"{draft.date} lies ahead", "give the day on which it is composed")
    if (today - draft.date).days > 31:
        yield error("form", "date", f"{draft.date} is more than a month past", "give the day on which it is composed")
    now = record.checkpoint
    if draft.size > now.size or _root(record, draft.size) != draft.root:
        yield error("evidence", "checkpoint", "is none that this record ever had", "draft it again from this record")
    elif draft.size < now.size:
        says = f"the record grew from {draft.size} to {now.size} entries since this was drafted"
        yield warning(
            "evidence", "checkpoint", says, "read annex B; what changed is checked against the record as it stands"
        )
    yield from _shown(draft, form)


def _shown(draft: DraftFile, form: Form) -> Iterator[Complaint]:
    if form.publish == "free" and draft.visibility == "withheld":
        yield warning("form", "visibility", "is withheld, though nothing in the form asks for it", "say so knowingly")
    if form.publish in {"never", "after-report"} and draft.visibility == "public":
        yield error("persons", "visibility", "this procedure is confidential", 'write visibility = "withheld"')
    if draft.title and draft.title.strip() != draft.title:
        yield error("form", "title", "has white space at its ends", "take it out")


def _root(record: RecordReader, size: int) -> str:
    return range_root(Tiles(record.source, record.checkpoint.size).node, 0, size).hex()


def _persons(draft: DraftFile, form: Form, record: RecordReader) -> Iterator[Complaint]:
    states = set(_governments(record)) if any(one.on_behalf_of for one in draft.signatory) else set()
    for one in draft.signatory:
        yield from _signatory(one, draft, record, states)
    withheld = {one.key for one in form.field if one.withheld}
    if draft.visibility == "public":
        for part in draft.part:
            if part.field in withheld and part.paragraph:
                yield error("persons", part.field, "names persons and would be public", 'write visibility = "withheld"')
    rule = form.rules("elsewhere")
    if rule and draft.elsewhere != "no":
        yield error(
            "law",
            "elsewhere",
            f"is not said to be before no other procedure: {rule.says}",
            'write elsewhere = "no", if that is so',
        )


def _signatures(draft: DraftFile) -> Iterator[Complaint]:
    names = {one.name for one in draft.signatory}
    holding = signed_by(draft)
    for one in draft.signature:
        if one.signatory not in names:
            yield error("form", "signature", f"{one.signatory} signed and is no signatory", "take the signature out")
        elif one.signatory not in holding:
            yield error(
                "form",
                "signature",
                f"that of {one.signatory} does not hold for this text",
                "sign again: vestige appeal sign",
            )


def _holds(key: str, signature: str, digest: bytes) -> bool:
    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), SIGNED + digest)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True


def _signatory(one: DraftSignatory, draft: DraftFile, record: RecordReader, states: set[str]) -> Iterator[Complaint]:
    behalf = one.on_behalf_of or ""
    spoken_for = countries_in(behalf) or any(names_in(behalf, states))
    if spoken_for and one.who not in {"state", "mission"}:
        says = f"signs as {one.who} on behalf of {one.on_behalf_of}"
        yield error("persons", f"signatory {one.name}", says, "for a State sign its own authorities: take it out")
    where = f"signatory {one.name}"
    entry = record.index.current(one.actor) if one.actor else None
    if entry is None or not isinstance(entry.body, Actor):
        yield error(
            "persons",
            where,
            "is no actor of this record",
            'add them: vestige enter actor FILE; then give actor = "ID"',
        )
    elif one.name not in {name.text for name in entry.body.names}:
        yield error(
            "persons", where, f"is not a name of {one.actor}", f"write {entry.body.names[0].text!r}", entry.hash
        )
    elif one.who not in _SIGN_AS[entry.body.type]:
        says = f"signs as {one.who}, and the record has them as {entry.body.type}"
        yield error("persons", where, says, f"write who = {' or '.join(_SIGN_AS[entry.body.type])}", entry.hash)
    if PLACEHOLDER in one.capacity:
        yield error("form", where, "the capacity still has the place-holder", "write in which capacity they sign")
    if draft.visibility == "public" and not one.consent and not draft.sample:
        yield error("persons", where, "has not agreed to be named in public", "ask, then write consent = true")


def _governments(record: RecordReader) -> Iterator[str]:
    for entry in record.index.entries("actor", current=True):
        if isinstance(entry.body, Actor) and entry.body.type == "government":
            yield from (folded(name.text) for name in entry.body.names)


_SIGN_AS = {
    "person": ("person",),
    "government": ("state", "mission", "institution"),
    "organisation": ("ngo", "institution", "group"),
    "campaign": ("group", "ngo"),
    "other": ("group", "ngo", "institution"),
}
"""As what an actor of each type may sign."""

SIGNED = b"vestige appeal draft\n"
"""What stands before the digest in what is signed, so that a signature for an appeal is one for nothing else."""
