"""What sites are found by besides their names: what pages show of them, in the order of the index, and nothing of what is kept back."""

import json

import pytest

from tests.publishing.conftest import files_of
from vestige.entries import Actor, Draft, Location, Name, Site, Source, Speaker, Statement, Translation
from vestige.entries.kinds._statement import Place
from vestige.publishing import publish
from vestige.publishing.views import _cards
from vestige.record import Record

KEPT_BACK = ("WITHHELD", "CANDIDATE", "REJECTED", "WITHDRAWN", "SENSITIVE")


def said(source: str, site: str, speaker: str, place: str, status: str = "confirmed", **more) -> Statement:
    return Statement(
        source=source, content=f"{speaker} of {place}", manner="indirect", status=status, sites=(site,),
        speaker=Speaker(name=speaker, **more), places=(Place(text=place, name=place.title()),),
    )  # fmt: skip


@pytest.fixture
def spoken(tmp_path):
    """A record of two sites of which much was said, and its folder."""
    with Record.create(tmp_path / "record", "Spoken", origin="spoken.example/record") as record:
        told = (
            Translation(language="ar", field="type", text="برج"),
            Translation(language="fr", field="address", text="1, rue"),
        )
        open_site = Site(
            names=(Name(text="Tower"),), address="1 Street", type="tower", language="en", translations=told
        )
        hidden = Site(
            names=(Name(text="Cave"),), sensitivity="sensitive", location=Location(latitude=1.23456, longitude=2.34567), address="SENSITIVE lane",
            translations=(Translation(language="fr", field="address", text="SENSITIVE rue"),), language="en",
        )  # fmt: skip
        tower, cave = (receipt.about for receipt in record.append(Draft(open_site), Draft(hidden)))
        source = record.append(Draft(Source(title="A report", form="reference")))[0].about
        names = (Name(text="Council", language="en"), Name(text="Совет", language="ru"))
        actor = record.append(Draft(Actor(names=names, type="organisation")))[0].about
        record.append(
            Draft(said(source, tower, "Council", "gori", actor=actor, role="chair")),
            Draft(said(source, tower, "Council", "gori", actor=actor, role="chair")),
            Draft(said(source, cave, "A guide", "Թբիլիսի")),
            Draft(said(source, tower, "WITHHELD speaker", "WITHHELD place"), visibility="withheld"),
            Draft(said(source, tower, "CANDIDATE speaker", "CANDIDATE place", "candidate"), visibility="withheld"),
            Draft(said(source, tower, "REJECTED speaker", "REJECTED place", "rejected"), visibility="withheld"),
        )
        gone = record.append(Draft(said(source, tower, "WITHDRAWN speaker", "WITHDRAWN place")))[0]
        yield record, tmp_path / "out", gone.entry, (tower, cave)


def rows_in(out) -> list[list]:
    """Give the rows, each of which has to belong to the site in the same place of the index."""
    words, index = (
        json.loads((out / f"data/sites-{name}.json").read_text("utf-8"))["sites"] for name in ("words", "index")
    )
    assert [row[0] for row in words] == [row[0][:3] for row in index]
    return [row[1:] for row in words]


def test_it_holds_what_pages_show_and_nothing_that_is_kept_back(spoken):
    record, out, gone, _ = spoken
    record.withdraw(gone, "It was misread")
    publish(record, out, workers=1)
    assert rows_in(out) == [
        [["1 Street", "1, rue"], ["برج"], ["gori", "Gori"], ["Council · chair · Совет"]],
        [[], [], ["Թբիլիսի"], ["A guide"]],
    ]
    found = [(path, word) for path, data in files_of(out).items() for word in KEPT_BACK if word.encode() in data]
    assert found == []


def test_what_is_withdrawn_goes_at_the_next_publication_even_where_the_page_had_no_room_for_it(spoken, monkeypatch):
    record, out, gone, _ = spoken
    monkeypatch.setattr(_cards, "MOST_CARDS", 1)
    publish(record, out, workers=1)
    assert rows_in(out)[0][3] == ["Council · chair · Совет", "WITHDRAWN speaker"]
    record.withdraw(gone, "It was misread")
    publish(record, out, workers=1)
    assert rows_in(out)[0][3] == ["Council · chair · Совет"]


def test_rows_and_sites_stay_in_step_when_sites_come_and_go(spoken):
    record, out, _, (_, cave) = spoken
    publish(record, out, workers=1)
    record.append(Draft(Site(names=(Name(text="Mill"),), address="2 Street")), Draft(Site(names=(Name(text="Bare"),))))
    publish(record, out, workers=1)
    assert rows_in(out)[2:] == [[["2 Street"]], []]
    record.withdraw(record.index.current(cave).hash, "Entered twice")
    publish(record, out, workers=1)
    assert rows_in(out)[1:] == [[["2 Street"]], []]
