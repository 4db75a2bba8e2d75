"""Two parties' names swapped in the input are swapped in what is composed, and nothing else is."""

import datetime as dt
import re

import pytest

from vestige.appealing.composing import compose
from vestige.appealing.drafting import DraftSignatory, fill_draft
from vestige.appealing.sentences import LANGUAGES
from vestige.entries import Actor, Draft, Name, Site, Source, Speaker, Statement
from vestige.procedures.forms import form
from vestige.record import Record, RecordReader

DAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    """Give two records that differ in which of two parties said what."""
    folder = tmp_path_factory.mktemp("sides")
    return [(_record(folder / a, a, b), a, b) for a, b in (("Armenia", "Azerbaijan"), ("Azerbaijan", "Armenia"))]


def _record(path, first, second):
    with Record.create(path, "Sides", origin="sides") as record:
        file = record.add_file(b"One said that it was hit. Another said that it was not.")
        site, actor, source = record.append(
            Draft(Site(names=(Name(text="Old Bridge", language="en"),), countries=("BA",))),
            Draft(Actor(names=(Name(text="Sample Association"),), type="organisation")),
            Draft(Source(title="T", form="abstract", publisher="P", file=file)),
        )
        (one,) = record.append(_said(first, "it was hit", source, site))
        record.append(_said(second, "it was not", source, site, one.about))
    return path, site.about, actor.about


def _said(who, content, source, site, *against):
    return Draft(
        Statement(
            source=source.about,
            content=content,
            manner="indirect",
            speaker=Speaker(organisation=who),
            status="confirmed",
            language="en",
            sites=(site.about,),
            disagrees_with=against,
        ),
        cites=(source.entry,),
    )


@pytest.mark.parametrize("tag", LANGUAGES)
def test_swapped_names_swap_in_the_output_and_change_nothing_else(records, tag):
    texts = []
    for (path, site, actor), first, second in records:
        with RecordReader(path) as record:
            draft = fill_draft(
                form("unesco-dg"),
                record,
                sites=[site],
                signatory=DraftSignatory(name="Sample Association", who="ngo", capacity="c", actor=actor),
                language=tag,
                date=DAY,
            )
            composed = compose(draft, form("unesco-dg"), record)
        text = "\n".join(one.text for one in composed.paragraphs())
        assert text.count(first) == text.count(second) > 0
        texts.append(re.sub(r"[0-9a-f]{16,}|sides\+\S+", "#", text).replace(first, "ONE").replace(second, "TWO"))
    assert texts[0] == texts[1]
