"""The JSON-LD in the pages of calls, visits and dialogues is RDF that asks nobody, names what the page names and counts nobody."""

from html.parser import HTMLParser

import msgspec
import pytest
import rdflib

from tests.kinds.examples import World
from tests.publishing.conftest import HOSTILE
from vestige.entries import Draft, Name
from vestige.publishing import publish
from vestige.record import Record

SCHEMA = rdflib.Namespace("https://schema.org/")
ORIGIN = "test.example/described"
TYPES = {"call": SCHEMA.CreativeWork, "visit": SCHEMA.Event, "gathering": SCHEMA.Event}


class Blocks(HTMLParser):
    """Collects the blocks of JSON-LD of a page as a browser cuts them."""

    def __init__(self, page):
        super().__init__()
        self.found, self._inside = [], False
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self._inside = tag == "script" and dict(attrs).get("type") == "application/ld+json"

    def handle_endtag(self, tag):
        self._inside = False

    def handle_data(self, data):
        if self._inside:
            self.found.append(data)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    base = tmp_path_factory.mktemp("described")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VESTIGE_CACHE", str(base / "cache"))
        with Record.create(base / "record", "Described", origin=ORIGIN) as record:
            world = World(record)
            for kind in ("site", "actor", "source", *TYPES, "endorsement", "reach"):
                body = world.body(kind)
                if kind in TYPES:  # a title that would end the element that it stands in
                    field = "names" if kind == "gathering" else "titles"
                    body = msgspec.structs.replace(body, **{field: (Name(text=f"Example {HOSTILE}", language="en"),)})
                world.bodies[kind] = body
                world.ids[kind] = record.append(Draft(body))[0].about
            publish(record, base / "site", workers=1)
    return base / "site", world


def _graph(site, kind, monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("asked another host")

    monkeypatch.setattr("urllib.request.OpenerDirector.open", refuse)
    out, world = site
    (block,) = Blocks((out / f"en/{world.ids[kind].replace(':', '/')}.html").read_text("utf-8")).found
    return rdflib.Graph().parse(data=block, format="json-ld"), rdflib.URIRef(f"urn:vestige:{ORIGIN}:{world.ids[kind]}")


@pytest.mark.parametrize("kind", TYPES)
def test_it_is_rdf_of_its_type_with_the_name_whole(kind, site, monkeypatch):
    graph, thing = _graph(site, kind, monkeypatch)
    assert graph.value(thing, rdflib.RDF.type) == TYPES[kind]
    body = site[1].bodies[kind]
    assert graph.value(thing, SCHEMA.name) == rdflib.Literal(body.named()[0].text, lang="en")
    assert not list(graph.subject_objects(SCHEMA.attendee)) and not list(graph.subject_objects(SCHEMA.location))


def test_a_call_names_who_promotes_it_and_the_hashes_of_its_texts(site, monkeypatch):
    graph, call = _graph(site, "call", monkeypatch)
    promoter = graph.value(call, SCHEMA.creator)
    assert str(graph.value(promoter, SCHEMA.name)) == "Examplecouncil"
    (text,) = site[1].bodies["call"].texts
    assert str(graph.value(graph.value(call, SCHEMA.encoding), SCHEMA.sha256)) == text.file
    assert "Examplebody" not in graph.serialize(format="nt")  # who joined stands in entries of their own
    assert not list(graph.objects(call, SCHEMA.funder))  # not disclosed is no payer


def test_a_visit_is_about_its_sites_and_tells_its_days(site, monkeypatch):
    graph, visit = _graph(site, "visit", monkeypatch)
    assert str(graph.value(visit, SCHEMA.about)).endswith(site[1].ids["site"])
    assert [str(graph.value(visit, day)) for day in (SCHEMA.startDate, SCHEMA.endDate)] == ["2026-10-01", "2026-10-03"]
    assert str(graph.value(graph.value(visit, SCHEMA.organizer), SCHEMA.name)) == "Examplecouncil"


def test_other_acts_have_none(site):
    out, world = site
    for kind in ("endorsement", "reach"):
        assert Blocks((out / f"en/{world.ids[kind].replace(':', '/')}.html").read_text("utf-8")).found == []
