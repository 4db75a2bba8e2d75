"""A record of places over which parties disagree, and drafts of appeals about them."""

import datetime as dt

import msgspec
import pytest

from vestige.appealing.drafting import PLACEHOLDER, DraftSignatory, fill_draft
from vestige.entries import Actor, Designation, Draft, Name
from vestige.example import build_example
from vestige.procedures.forms import form
from vestige.record import Record

TODAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="session")
def record(tmp_path_factory):
    """Give the example record with one property marked as listed and an organisation that appeals."""
    with build_example(tmp_path_factory.mktemp("appeals") / "record") as opened:
        odesa = opened.index.current(site(opened, "Transfiguration"))
        listed = msgspec.structs.replace(
            odesa.body, designated=(Designation(scheme="whc-danger", id="1703", since="2023"),)
        )
        opened.append(Draft(listed, about=odesa.about, replaces=odesa.hash))
        opened.append(Draft(Actor(names=(Name(text="Sample Heritage Association"),), type="organisation")))
        yield opened


def site(record: Record, name: str) -> str:
    """Give the id of the site whose first name holds a text."""
    return next(e.about for e in record.index.entries("site", current=True) if name in e.body.names[0].text)


def signatory(record: Record, **changes: object) -> DraftSignatory:
    """Give the organisation as a signatory."""
    (actor,) = record.index.search("Sample Heritage Association", "actor")
    given = {"who": "ngo", "capacity": "an association", "actor": actor.about, "consent": True} | changes
    return msgspec.convert({"name": "Sample Heritage Association"} | given, DraftSignatory)


def drafted(record: Record, form_id: str, *sites: str, language: str = "en", **changes: object):
    """Give a draft with its place-holders written."""
    draft = fill_draft(
        form(form_id),
        record,
        sites=[site(record, name) for name in sites],
        signatory=signatory(record, **changes),
        language=language,
        date=TODAY,
    )
    return written(draft)


def written(draft):
    """Give a draft with every place-holder replaced by words that need no entry."""
    parts = []
    for part in draft.part:
        paragraphs = tuple(
            msgspec.structs.replace(one, text="We ask that this be looked into.") if one.text == PLACEHOLDER else one
            for one in part.paragraph
        )
        parts.append(msgspec.structs.replace(part, paragraph=paragraphs))
    return msgspec.structs.replace(draft, part=tuple(parts))
