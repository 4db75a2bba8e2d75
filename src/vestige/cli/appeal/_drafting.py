"""Before an appeal goes: forms, draft, check, sign, compose."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from vestige.appealing.checking import Complaint
from vestige.appealing.drafting import read_draft, write_draft
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.appeal._forms_table import table_of
from vestige.durable import write_file
from vestige.errors import InputError
from vestige.keeping.appeals import CheckFailed, check_appeal, compose_appeal, draft_appeal, sign_draft
from vestige.keeping.appeals._drafting import Who
from vestige.procedures.forms import Form, form, form_ids, is_stale


def today_in_utc() -> dt.date:
    """Give today's date in UTC."""
    return dt.datetime.now(dt.UTC).date()


def forms(form_id: str | None = None, *, table: bool = False, json: bool = False) -> int:
    """List the forms: who may appeal to whom, about what, in which form, how sure that is, and when it was checked.

    Example: vestige appeal forms whc-174

    Parameters
    ----------
    form_id
        One form, to see it whole: every fact with its mark and its source.
    table
        Print a table of what is known and not known of each, in Markdown.
    json
        Print as JSON.
    """
    found = [form(form_id)] if form_id else [form(name) for name in form_ids()]
    if json:
        print_json(found[0] if form_id else found)
    elif table:
        print("\n".join(table_of(found)))
    elif form_id:
        _print_form(found[0])
    else:
        for one in found:
            age = ", older than a year" if is_stale(one, today_in_utc()) else ""
            out.print(f"{one.id}  {one.title}\n  to {one.addressee}; {one.status}; checked {one.checked}{age}")
    return 0


def draft(
    form_id: str,
    *,
    site: tuple[str, ...],
    by: Annotated[str, Parameter(name="--as")],
    to: Path | None = None,
    language: str | None = None,
    who: Who | None = None,
    capacity: str = "…",
    date: dt.date | None = None,
    sample: bool = False,
    at: ToRecord = WRITE,
) -> int:
    """Write an editable draft, filled from the record. Facts are made from entries; what only people can say is left open (…).

    Example: vestige appeal draft whc-174 --site "Transfiguration Cathedral, Odesa" --as "Our association" --to odesa.toml

    Parameters
    ----------
    form_id
        The form; see: vestige appeal forms.
    site
        A site that it is about: id, whc:946, or name. May be given several times.
    by
        Who signs: an actor of the record, by id or name.
    to
        The file to write; without it FORM.toml here.
    language
        The language of the letter, such as fr; without it the first that the addressee takes.
    who
        As what they sign: state, mission, person, group, ngo or institution; without it by the actor's type.
    capacity
        In which capacity, such as "director".
    date
        The day that the letter bears; without it today.
    sample
        Mark it as an example that is sent to nobody.
    """
    file = to or Path(f"{form_id}.toml")
    if file.exists():
        raise InputError("is there already", where=str(file), hint="name another: --to FILE")
    with at.open() as record:
        made = draft_appeal(
            record,
            form_id,
            site,
            by,
            language=language,
            who=who,
            capacity=capacity,
            date=date or today_in_utc(),
            sample=sample,
        )
    write_file(file, write_draft(made))
    facts = sum(one.role == "fact" for _, _, one in made.paragraphs())
    if at.json:
        print_json({"file": str(file), "facts": facts, "form": form_id})
        return 0
    out.print(f"wrote {file}: {facts} sentences of fact; write where … stands, then: vestige appeal check {file}")
    return 0


def check(file: Path, *, at: ToRecord = WRITE) -> int:
    """Check a draft: who may, what is missing, whether every sentence is what its entries say. Exit code 1 when there is an error.

    Example: vestige appeal check odesa.toml

    Parameters
    ----------
    file
        The draft.
    """
    with at.open() as record:
        found = check_appeal(record, _bytes(file), today=today_in_utc(), where=str(file))
    return _report(found, json=at.json)


def compose(file: Path, to: Path, *, at: ToRecord = WRITE) -> int:
    """Check a draft, compose its documents into a new folder, and enter it. Nothing is sent.

    Example: vestige appeal compose odesa.toml odesa/

    Parameters
    ----------
    file
        The draft.
    to
        The folder to make.
    """
    with at.open() as record:
        try:
            made = compose_appeal(record, _bytes(file), to, today=today_in_utc(), where=str(file))
        except CheckFailed as failed:
            return _report(failed.complaints, json=at.json)
    if at.json:
        print_json({"receipt": made.receipt, "documents": made.documents, "warnings": list(map(str, made.warnings))})
        return 0
    out.print(f"entered: {made.receipt.about}, entry {made.receipt.entry}")
    for name in made.documents:
        out.print(f"  {to / name}")
    out.print(f"{len(made.warnings)} warnings; see: vestige appeal check {file}")
    return 0


def sign(file: Path, *, by: Annotated[str, Parameter(name="--as")], key: Path) -> int:
    """Sign a draft with a signatory's own Ed25519 key; any later change of the draft ends the signature.

    Example: vestige appeal sign odesa.toml --as "Our association" --key association.key

    Parameters
    ----------
    file
        The draft; it is written again with the signature.
    by
        The signatory, as named in the draft.
    key
        The private key, PEM (PKCS 8).
    """
    signed = sign_draft(_bytes(file), by, key, where=str(file))
    write_file(file, write_draft(signed))
    out.print(f"{by} signed {file}: {read_draft(_bytes(file)).digest()}")
    return 0


def _bytes(file: Path) -> bytes:
    if not file.is_file():
        raise InputError(
            "expected a draft, got no such file", where=str(file), hint="vestige appeal draft FORM --site …"
        )
    return file.read_bytes()


def _report(found: Iterable[Complaint], *, json: bool) -> int:
    complaints = list(found)
    errors = sum(one.level == "error" for one in complaints)
    if json:
        print_json(complaints)
    else:
        for one in complaints:
            out.print(str(one))
        out.print(f"{errors} errors, {len(complaints) - errors} warnings")
    return 1 if errors else 0


def _print_form(one: Form) -> None:
    out.print(
        f"{one.id}: {one.title}\n{one.summary}\nstatus: {one.status}; publication: {one.publish}; checked {one.checked}"
    )
    for who in one.who:
        out.print(f"{'may' if who.may else 'may not'}: {who.who}: {who.article} [{who.mark}, {who.source}]")
    for channel in one.channel:
        out.print(f"channel: {channel.means}: {channel.to} [{channel.mark}, {channel.source}]")
    if one.photographs:
        out.print(f"photographs: {one.photographs.says} [{one.photographs.mark}, {one.photographs.source}]")
    for enclosed in one.enclosed:
        out.print(f"enclosed: {enclosed.label}: {enclosed.says} [{enclosed.mark}, {enclosed.source}]")
    for rule in one.rule:
        out.print(f"rule: {rule.says} [{rule.mark}, {rule.source}]")
    for clock in one.clock:
        out.print(f"clock: {clock.what}: {clock.says} [{clock.mark}, {clock.source}]")
    for field in one.field:
        limit = f", at most {field.words} words" if field.words else ""
        needed = "required" if field.required else "if it applies"
        out.print(
            f"field: {field.label or field.heading} ({needed}{limit}) [{field.mark}{', ' + field.source if field.source else ''}]"
        )
    for text in one.unknown:
        out.print(f"not known: {text}")
    for key, source in one.sources.items():
        out.print(f"source {key}: {source.title}, {source.address}, read {source.checked}")
