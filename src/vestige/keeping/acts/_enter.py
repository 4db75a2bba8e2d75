"""Entering an act from a TOML or JSON file whose fields are those of the body in ``docs/format.md``.

Two spellings spare the keeper hashes: a text ``@TEXT`` is the id of the thing that TEXT means (id, hash or, for sources, sites and actors, a
name), and ``path:FILE`` preserves a file beside the TOML and is its SHA-256. Two keys are of the entry and not of the body: ``cites`` and
``corrects``.
"""

import datetime as dt
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from vestige.archive import ArchiveError
from vestige.calling import read_sheet
from vestige.entries import Body, Draft, canonical_json, decode_body
from vestige.entries.acts import Audit, Call, Draw, Tally, withheld_why
from vestige.errors import NOT_JSON, NOT_TOML, InputError
from vestige.keeping.finding import find_entry, find_evidence
from vestige.record import Receipt, Record


class EnteredAct(NamedTuple):
    """What was entered, and why it is withheld, where it is."""

    receipt: Receipt
    body: Body
    withheld: str | None


def enter_act(
    record: Record, kind: str, file: Path, *, withheld: bool = False, today: dt.date | None = None
) -> EnteredAct:
    """Enter an act of a kind from a TOML file. What may not be public is withheld, and the reason given.

    Raises InputError that names the file and the field; nothing is entered then, but files that the TOML names may have been preserved.
    """
    fields = _read(file)
    given = [_cited(record, text) for text in _texts(fields.pop("cites", []))]
    corrects = fields.pop("corrects", None)
    why = "its keeper withholds it" if withheld else None
    body = decode_body(kind, canonical_json(_resolved(record, fields, file.parent, withheld=True, keep=False)))
    why = withheld_why(body, today or dt.datetime.now(dt.UTC).date()) or why
    _resolved(record, fields, file.parent, withheld=why is not None, keep=True)
    _require_sheets(record, body, file)
    cites = tuple(dict.fromkeys((*given, *_rests_on(record, body))))
    draft = _draft(record, body, corrects, cites, "withheld" if why else "public")
    (receipt,) = record.append(draft)
    return EnteredAct(receipt, body, why)


def _read(file: Path) -> dict[str, Any]:
    json = file.suffix.casefold() == ".json"
    try:
        if json:
            return msgspec.json.decode(file.read_bytes(), type=dict[str, Any])
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise InputError("expected a TOML or JSON file, got none", where=str(file)) from error
    except (*NOT_TOML, *NOT_JSON, OSError) as error:
        raise InputError(f"expected {'JSON' if json else 'TOML'} in UTF-8: {error}", where=str(file)) from error


def _texts(value: Any) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InputError("expected a list of texts", where="cites")
    return value


def _cited(record: Record, text: str) -> str:
    return find_evidence(record, text.removeprefix("@")).hash


def _require_sheets(record: Record, body: Body, file: Path) -> None:
    """Require that the sheet and the endings of a tally are what it says they are, before anybody counts them."""
    if not isinstance(body, Tally):
        return
    named = [(body.sheet, body.count, "sheet"), *((one.file, one.count, "endings") for one in body.endings)]
    for name, count, field in named:
        if name is None:
            continue
        try:
            with record.files.open(name) as opened:
                rows = len(read_sheet(opened.read(), f"{file}: {field} {name[:16]}…"))
        except ArchiveError as error:
            raise InputError(f"expected a preserved file, got none {name[:16]}…", where=f"{file}: {field}") from error
        if rows != count:
            raise InputError(f"expected {count} commitments, the file holds {rows}", where=f"{file}: {field}")


def _rests_on(record: Record, body: Body) -> tuple[str, ...]:
    """Give the entries that a draw or an audit rests on: a draw's envelope tells of its call even while its body is withheld."""
    if isinstance(body, Draw):
        return (find_entry(record, body.call).hash,)
    if isinstance(body, Audit):
        return (
            find_entry(record, body.call).hash,
            find_entry(record, body.draw).hash,
            find_entry(record, body.tally).hash,
        )
    return ()


def _resolved(record: Record, value: Any, beside: Path, *, withheld: bool, keep: bool) -> Any:
    """Give a value with what it names by ``@`` and ``path:`` put in; files are preserved where ``keep`` says so, else only hashed."""
    if isinstance(value, dict):
        return {name: _resolved(record, one, beside, withheld=withheld, keep=keep) for name, one in value.items()}
    if isinstance(value, list):
        return [_resolved(record, one, beside, withheld=withheld, keep=keep) for one in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, str) and value.startswith("@") and len(value) > 1:
        return find_evidence(record, value[1:]).about
    if isinstance(value, str) and value.startswith("path:"):
        return _file(record, beside / value.removeprefix("path:"), withheld=withheld, keep=keep)
    return value


def _file(record: Record, path: Path, *, withheld: bool, keep: bool) -> str:
    import hashlib

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(path)) from error
    return record.add_file(data, withheld=withheld) if keep else hashlib.sha256(data).hexdigest()


def _draft(record: Record, body: Body, corrects: Any, cites: tuple[str, ...], visibility: str) -> Draft:
    if corrects is None:
        return Draft(body, cites=cites, visibility=visibility)
    earlier = find_entry(record, str(corrects).removeprefix("@"))
    if isinstance(body, Call) and isinstance(earlier.body, Call) and body.wording() != earlier.body.wording():
        joined = record.index.linked(earlier.about, "endorsement") or record.index.linked(earlier.about, "tally")
        if joined:
            raise InputError(
                "its wording cannot change after somebody has joined",
                where=earlier.about,
                hint="enter it as another call",
            )
    return Draft(body, earlier.about, earlier.hash, cites, visibility)
