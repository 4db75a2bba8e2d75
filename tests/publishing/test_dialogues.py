"""Pages of dialogues: parties with blanks in sight, numbers side by side, undertakings judged by others' words alone; months of readers."""

import re

import pytest
import rdflib
from icalendar import Calendar

from tests.kinds.examples import World
from tests.publishing.conftest import files_of
from vestige.entries import Actor, DateWindow, Draft, Figure, Name, Source, Span, Speaker, Statement
from vestige.entries.acts import Cell, Gathering, LeftOut, Logs, Participation, Reach, Undertaking
from vestige.publishing import publish
from vestige.publishing.acts._events import FILES
from vestige.record import Record

TEXT = "Samplehost said that 800 had come; Samplewatch said that 1500 had come and that the clause was not kept."


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A forum at which one party of two spoke, two numbers that contradict each other, an undertaking, and a month of readers."""
    base = tmp_path_factory.mktemp("forum")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VESTIGE_CACHE", str(base / "cache"))
        with Record.create(base / "record", "Forum", origin="test.example/forum") as record:
            ids = World(record).ids
            for key, body in _bodies(record, ids):
                ids[key] = record.append(Draft(body))[0].about
            publish(record, base / "site", workers=1)
    return {name: content.decode("utf-8", "replace") for name, content in files_of(base / "site").items()}, ids


def _bodies(record, ids):
    for party in ("Sampleland", "Otherland"):
        yield party, Actor(names=(Name(text=party),), type="government")
    ids["text"] = record.add_file(TEXT.encode())
    yield "source", Source(title="Samplereport", file=ids["text"], media_type="text/plain")
    yield (
        "forum",
        Gathering(
            names=(Name(text="Sampleforum"),),
            level="event",
            window=DateWindow(when="on", start="2024-05-01"),
            sources=(ids["source"],),
        ),
    )
    yield "other", Gathering(names=(Name(text="Next forum"),), level="event", sources=(ids["source"],))
    took = {"gathering": ids["forum"], "source": ids["source"]}
    yield "spoke", Participation(who=Speaker(name="Sampleguest"), part="spoke", represents=ids["Sampleland"], **took)
    yield "said", Participation(who=Speaker(name="Absentguest"), part="absent", represents=ids["Otherland"], **took)
    rumour = Participation(who=Speaker(name="Rumouredguest"), part="attended", status="candidate", **took)
    record.append(Draft(rumour, visibility="withheld"))
    for number, who in ((800, "Samplehost"), (1500, "Samplewatch")):
        said = f"{number} had come"
        yield who, _statement(ids, said, who, acts=(ids["forum"],), figures=(Figure(counts="people", number=number),))
    yield "clause", _statement(ids, "the clause", "Samplehost")
    clause = Undertaking(statement=ids["clause"], bound=(ids["Sampleland"],), what="To open the gate", due="2025")
    yield "undertaking", clause
    yield (
        "broken",
        _statement(ids, "the clause was not kept", "Samplewatch", acts=(ids["undertaking"],), progress="not kept"),
    )
    yield (
        "kept",
        _statement(ids, "the clause", "Samplehost", ids["Sampleland"], acts=(ids["undertaking"],), progress="kept"),
    )
    yield "reach", Reach(
        month="2026-10", logs=(Logs(format="combined", days=30, lines=900, unreadable=7),), method="m", lists=(),
        left_out=LeftOut(errors=41), views=400, views_low=300, least=20, pages=(Cell(name="front", number=399),),
    )  # fmt: skip


def _statement(ids, content, speaker, actor=None, **more):
    start = TEXT.index(content)
    return Statement(
        source=ids["source"], content=content, manner="indirect", status="confirmed", file=ids["text"], spans=(Span(start=start, end=start + len(content)),),
        speaker=Speaker(name=speaker, actor=actor), **more,
    )  # fmt: skip


def _page(site, key, code="en"):
    files, ids = site
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", files[f"{code}/{ids[key].replace(':', '/')}.html"]))


def test_parties_stand_side_by_side_with_blanks_in_sight(site):
    page = _page(site, "forum")
    assert "Sampleland" in page
    assert "Otherland" in page
    assert page.count("no source here") == 18
    assert page.count("Samplereport") >= 2


def test_a_dialogue_of_which_nothing_is_told_has_no_table(site):
    assert "no source here" not in _page(site, "other")


def test_contradictory_numbers_stand_side_by_side_each_with_who_said_it(site):
    page = _page(site, "forum")
    assert "These numbers cannot all be so." in page
    assert re.search(r"Samplehost \D*800 .*Samplewatch \D*1,500 ", page)


def test_the_bound_partys_word_is_shown_apart_and_only_contests(site):
    page = _page(site, "undertaking")
    assert "Contested" in page
    assert re.search(r"By the bound party itself *: Kept \( *Sampleland *\)", page)


def test_a_candidate_stands_nowhere(site):
    assert [name for name, content in site[0].items() if "Rumouredguest" in content] == []


def test_a_month_of_readers_shows_all_that_was_left_out_and_speaks_of_no_people(site):
    page = _page(site, "reach")
    assert "The keeper&#39;s count" in page or "The keeper's count" in page
    assert re.search(r"Errors and redirects 41 .*Lines that could not be read 7 ", page)
    assert "Whole days covered: 30" in page


@pytest.mark.parametrize("code", ["az", "hy", "ru", "uk", "ar", "fr"])
def test_no_english_is_left_on_the_pages_of_other_languages(site, code):
    if f"{code}/index.html" in site[0]:
        assert "no source here" not in _page(site, "forum", code)


def test_dialogues_are_told_to_calendars_and_catalogues(site):
    read = {name: site[0][name] for name in FILES}
    graph = rdflib.Graph().parse(data=read[FILES[0]], format="json-ld")
    schema = rdflib.Namespace("https://schema.org/")
    events = {*graph.subjects(rdflib.RDF.type, schema.Event), *graph.subjects(rdflib.RDF.type, schema.EventSeries)}
    assert events and all(graph.value(one, schema.name) for one in events)
    assert not list(graph.subject_objects(schema.attendee))
    art = rdflib.Graph().parse(data=read[FILES[1]], format="json-ld")
    crm = rdflib.Namespace("http://www.cidoc-crm.org/cidoc-crm/")
    assert set(art.subjects(rdflib.RDF.type, crm.E7_Activity)) == events
    calendar = Calendar.from_ical(read[FILES[2]])
    for event in calendar.walk("VEVENT"):
        assert event.errors == [] and event["uid"] and event["summary"] and event["dtend"].dt > event["dtstart"].dt
