"""Documents of an appeal: rendered, preserved together with the entry or not at all, and rendered again to be compared.

Files go to the archive before the entry that names them, since no entry may name a file that is not there. A list of them is written first;
what a kill left behind without an entry is found by that list and deleted by the next command, so that there is no appeal without its files and
no file without its appeal.
"""

import datetime as dt
import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from vestige.appealing import Composed
from vestige.appealing._errors import AppealError
from vestige.appealing.checking import Complaint, check, signed_by
from vestige.appealing.composing import compose, title_of, withheld_about
from vestige.appealing.drafting import DraftFile, read_draft, write_draft
from vestige.appealing.proving import (
    EVIDENCE_NAME,
    Evidence,
    gather_evidence,
    render_documents,
    write_bundle,
    write_evidence,
)
from vestige.appealing.proving._evidence import read_evidence
from vestige.appealing.sentences import words
from vestige.durable import write_file
from vestige.entries import (
    Appeal,
    AppealAddressee,
    AppealDocument,
    AppealParagraph,
    AppealPart,
    AppealSignatory,
    AppealSignature,
    AppealText,
    DateWindow,
    Draft,
)
from vestige.keeping.appeals._enclosures import enclosure_files, photograph_files
from vestige.keeping.appeals._find import find_appeal
from vestige.ledger import Checkpoint
from vestige.procedures.forms import Form, form, form_bytes, read_form
from vestige.record import Receipt, Record, RecordReader

_PENDING = "appeal.pending"
BUNDLE = "bundle.zip"
TYPES = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
    "json": "application/json",
    "ics": "text/calendar; charset=utf-8",
}


class AppealComposed(NamedTuple):
    """A composed appeal: its receipt, the names of its documents in the folder, and what the check warned of."""

    receipt: Receipt
    documents: tuple[str, ...]
    warnings: tuple[Complaint, ...]


class CheckFailed(Exception):  # noqa: N818 - no fault: what the check found, for the caller to print
    """A draft did not pass its check; nothing was entered."""

    def __init__(self, complaints: tuple[Complaint, ...]) -> None:
        super().__init__("; ".join(str(one) for one in complaints if one.level == "error"))
        self.complaints = complaints


def compose_appeal(record: Record, data: bytes, out: Path | None, *, today: dt.date, where: str) -> AppealComposed:
    """Check a draft, compose it, preserve and enter it with its documents, and write them with the bundle to a new folder, if one is named.

    Raises DraftError or AppealError; CheckFailed when the check found an error. Nothing is entered then.
    """
    if out and out.exists():
        raise AppealError("expected a folder that is not there yet", where=str(out), hint="name another")
    draft = read_draft(data, where=where)
    wanted = form(draft.form)
    settle(record)
    found = check(draft, wanted, _view(record, draft), today=today)
    if any(one.level == "error" for one in found):
        raise CheckFailed(found)
    checkpoint = record.checkpoint
    draft = msgspec.structs.replace(draft, checkpoint=f"{checkpoint.size} {checkpoint.root.hex()}")
    composed, documents = rendered(record, draft, wanted)
    receipt = _enter(record, draft, composed, documents)
    if out is None:
        return AppealComposed(receipt, tuple(documents), found)
    beside = photograph_files(record, draft) | enclosure_files(record, draft)
    written = documents | {BUNDLE: _bundle(record, composed, documents, receipt.entry)} | beside
    partial = out.with_name(out.name + ".part")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    for name, content in written.items():
        write_file(partial / name, content)
    partial.rename(out)
    return AppealComposed(receipt, tuple(written), found)


def rendered(
    record: Record, draft: DraftFile, wanted: Form, evidence: Evidence | None = None
) -> tuple[Composed, dict[str, bytes]]:
    """Compose a draft at its checkpoint and render every document of it, by name.

    ``evidence`` is that which was preserved; without it, it is gathered at the newest checkpoint, which must be the draft's.
    """
    at = Checkpoint(record.policy.origin, draft.size, bytes.fromhex(draft.root))
    hidden = draft.visibility == "withheld"
    with (
        RecordReader(record.path, at=at, withheld=hidden) as reader,
        RecordReader(record.path, at=at, withheld=True) as keeper,
    ):
        withheld = withheld_about(keeper, draft.sites, words(draft.language))
        composed = compose(draft, wanted, reader, withheld=withheld, signed=signed_by(draft))
        proof = evidence or gather_evidence(composed, keeper if hidden else reader)
    return composed, render_documents(composed, proof) | {EVIDENCE_NAME: write_evidence(proof)}


def recompose_appeal(record: Record, name: str) -> dict[str, bool]:
    """Render the documents of an appeal again from what was preserved, and tell for each whether its bytes are the same."""
    entry = find_appeal(record, name)
    body = entry.body
    if not isinstance(body, Appeal) or body.draft is None or body.form_file is None:
        raise AppealError("expected an appeal composed from this record, got a recorded one", where=name)
    draft = read_draft(record.files.read(body.draft), where=name)
    kept = next((one.file for one in body.documents if one.name == EVIDENCE_NAME), None)
    evidence = read_evidence(record.files.read(kept), EVIDENCE_NAME) if kept else None
    wanted = read_form(record.files.read(body.form_file), where=body.form)
    _, documents = rendered(record, draft, wanted, evidence)
    made = {key: hashlib.sha256(content).hexdigest() for key, content in documents.items()}
    return {one.name: made.get(one.name) == one.file for one in body.documents}


def _bundle(record: Record, composed: Composed, documents: Mapping[str, bytes], entry: str) -> bytes:
    """Give the bundle at the checkpoint that covers the appeal's own entry; of a public appeal it holds what is public."""
    with RecordReader(record.path, withheld=not composed.public) as reader:
        evidence = gather_evidence(composed, reader, [entry])
        return write_bundle(composed, documents, evidence, reader, appended=True)


def settle(record: Record) -> None:
    """Delete the files that a killed composition left behind without an appeal."""
    pending = record.path / _PENDING
    if not pending.exists():
        return
    for name in msgspec.json.decode(pending.read_bytes(), type=list[str]):
        if not record.index.file_users(name):
            record.files.delete(name)
    pending.unlink()


def _view(record: Record, draft: DraftFile) -> RecordReader:
    """Give the record as the appeal may see it: the public's view, unless the appeal itself is withheld."""
    return RecordReader(record.path, withheld=draft.visibility == "withheld")


def _enter(record: Record, draft: DraftFile, composed: Composed, documents: Mapping[str, bytes]) -> Receipt:
    record.signing_key()
    hidden = draft.visibility == "withheld"
    sources = {"draft": write_draft(draft), "form": form_bytes(draft.form)}
    contents = [*documents.values(), *sources.values()]
    names = [hashlib.sha256(content).hexdigest() for content in contents]
    write_file(record.path / _PENDING, msgspec.json.encode(names))
    for content in contents:
        record.add_file(content, withheld=hidden)
    body = _body(record, draft, composed, documents, names)
    named = dict.fromkeys(name for _, _, one in draft.paragraphs() for name in one.cites)
    beside = [*(one.source for one in draft.photograph), *(one.source for one in draft.enclosure)]
    named |= {entry.hash: None for source in beside if (entry := record.index.current(source))}
    cites = () if hidden else tuple(named)  # what a withheld one rests on would tell which places it is about
    (receipt,) = record.append(Draft(body, cites=cites, visibility=draft.visibility))
    (record.path / _PENDING).unlink()
    return receipt


def _body(
    record: Record, draft: DraftFile, composed: Composed, documents: Mapping[str, bytes], names: list[str]
) -> Appeal:
    digest = draft.digest()
    status = "courtesy" if draft.courtesy else "authentic"
    return Appeal(
        origin="own",
        form=draft.form,
        title=title_of(draft, form(draft.form), record),
        addressees=(AppealAddressee(name=composed.addressee.name, office=composed.addressee.office),),
        senders=tuple(
            AppealSignatory(
                name=one.name,
                capacity=one.capacity,
                organisation=one.organisation,
                on_behalf_of=one.on_behalf_of,
                actor=one.actor,
                consent=one.consent,
            )
            for one in draft.signatory
        ),
        sites=draft.sites,
        requests=tuple(
            AppealText(text=one.text, language=one.language or draft.language)
            for _, _, one in draft.paragraphs()
            if one.role == "request"
        ),
        answers=tuple(_parts(draft, composed)),
        signatures=tuple(
            AppealSignature(signatory=one.signatory, key=one.key, signature=one.signature, draft=digest)
            for one in draft.signature
            if one.signatory in signed_by(draft)
        ),
        language=composed.language,
        form_file=names[-1],
        draft=names[-2],
        checkpoint=draft.checkpoint,
        documents=tuple(
            AppealDocument(
                name=name,
                file=file,
                media_type=TYPES[name.rpartition(".")[2]],
                language=composed.language,
                status="draft" if name.endswith(".docx") else status,
                public=draft.visibility == "public",
            )
            for name, file in zip(documents, names, strict=False)
        ),
        made=DateWindow(when="on", start=draft.date.isoformat()),
        succeeds=draft.succeeds,
        sample=draft.sample,
    )


def _parts(draft: DraftFile, composed: Composed) -> list[AppealPart]:
    labels = {one.key: one.label for one in form(draft.form).field if one.label}
    headings = labels | {section.id: section.heading for section in composed.sections}
    return [
        AppealPart(
            field=part.field,
            heading=headings.get(part.field, part.field),
            paragraphs=tuple(
                AppealParagraph(
                    role=one.role,
                    text=one.text,
                    language=one.language or draft.language,
                    sentence=one.sentence,
                    cites=one.cites,
                )
                for one in part.paragraph
            ),
        )
        for part in draft.part
        if part.paragraph
    ]
