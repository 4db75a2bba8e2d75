"""Copies and related news on the pages of sources and statements: from public texts only, again only where they changed."""

import json

import pytest

from tests.publishing.conftest import files_of, site_of
from vestige.entries import BLANK_KEYS, Draft, Name, Policy, Site, Source, Span, Speaker, Statement
from vestige.publishing import publish
from vestige.reading import link
from vestige.record import Record

STORY = (
    "Rescue teams in the old town of Exampleville said the roof of the covered market collapsed on Tuesday night after shelling. "
    "Conservators from the Example Institute photographed the vaults and counted nine fallen arches before the rain began. "
    "The mayor asked residents to leave carved stones where they lay until the survey of the market ends next week. "
)
OTHER = (
    "The national library opened a reading room for manuscripts from the coast, with new shelves and steady humidity for parchment. "
    "Librarians expect scholars from four universities, who will describe bindings and watermarks over the winter. "
)
SECRET = STORY + "SECRETWORD was told to the guards."


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    policy = Policy(name="-", origin="-", keys=BLANK_KEYS, languages=("en", "ar"))
    with Record.create(tmp_path / "record", "Test", origin="example.org/t", policy=policy) as made:
        yield made


def source(record: Record, title: str, text: str, visibility: str = "public"):
    name = record.add_file(text.encode(), withheld=visibility == "withheld")
    body = Source(title=title, file=name, file_name="a.txt", media_type="text/plain", language="en")
    return record.append(Draft(body, visibility=visibility))[0]


def twin(out, about: str) -> dict:
    kind, _, key = about.partition(":")
    return json.loads((out / kind / f"{key}.json").read_text())


def news(out, about: str) -> dict[str, str]:
    return {item["card"]["body"]["title"]: item["kind"] for item in twin(out, about)["news"]}


def test_copies_are_named_on_both_sources_and_on_their_statements(record, tmp_path):
    first, second = source(record, "First paper", STORY), source(record, "Second paper", STORY + "More follows.")
    lone = source(record, "Library news", OTHER)
    words = "the roof of the covered market collapsed on Tuesday night after shelling"
    start = STORY.index(words)
    said = record.append(
        Draft(
            Statement(
                source=first.about, content=words, manner="indirect", cue="said", status="confirmed",
                file=twin_file(record, first), spans=(Span(start=start, end=start + len(words)),), speaker=Speaker(name="Rescue teams"),
            ),
            cites=(first.entry,),
        )
    )[0]  # fmt: skip
    out = tmp_path / "out"
    publish(record, out, link=link)
    assert news(out, first.about) == {"Second paper": "copy"}
    assert news(out, second.about) == {"First paper": "copy"}
    assert news(out, lone.about) == {}
    assert news(out, said.about) == {"Second paper": "copy"}
    page = (out / f"en/source/{first.about[7:]}.html").read_text()
    assert "Computed from the words of the texts and asserted by nobody" in page
    assert "Second paper" in page
    assert second.entry in {entry["hash"] for entry in twin(out, first.about)["entries"]}


def twin_file(record: Record, receipt) -> str:
    return record.index.current(receipt.about).body.file


def test_again_only_the_pages_whose_links_changed_are_made_and_the_result_is_that_of_a_full_publication(
    record, tmp_path
):
    first = source(record, "First paper", STORY)
    source(record, "Library news", OTHER)
    out = tmp_path / "out"
    publish(record, out, link=link)
    assert news(out, first.about) == {}
    source(record, "Second paper", STORY)
    again = publish(record, out, link=link)
    assert not again.full
    assert news(out, first.about) == {"Second paper": "copy"}
    publish(record, tmp_path / "whole", link=link)
    assert {p: b for p, b in site_of(out).items() if p != "manifest"} == {
        p: b for p, b in site_of(tmp_path / "whole").items() if p != "manifest"
    }


def test_what_does_not_touch_texts_links_nothing_anew(record, tmp_path):
    source(record, "First paper", STORY)
    source(record, "Second paper", STORY)
    publish(record, tmp_path / "out", link=link)
    record.append(Draft(Site(names=(Name(text="Somewhere"),))))

    def never(_texts):
        raise AssertionError

    assert not publish(record, tmp_path / "out", link=never).full


def test_withheld_and_withdrawn_sources_leave_no_trace(record, tmp_path):
    first = source(record, "First paper", STORY)
    hidden = source(record, "Hidden paper", SECRET, "withheld")
    gone = source(record, "Gone paper", STORY + "GONEWORD.")
    seen: list[str] = []

    def spying(texts):
        seen.extend(texts)
        return link(texts)

    out = tmp_path / "out"
    publish(record, out, link=spying)
    assert news(out, first.about) == {"Gone paper": "copy"}
    record.withdraw(gone.entry, "asked for by a person in it")
    publish(record, out, link=spying)
    assert news(out, first.about) == {}
    assert not [text for text in seen if "SECRETWORD" in text]
    held = b"\n".join(files_of(out).values())
    for secret in (b"SECRETWORD", b"Hidden paper", b"GONEWORD", b"Gone paper"):
        assert secret not in held
    assert not (out / f"source/{hidden.about[7:]}.json").exists()


def test_a_page_that_does_not_name_every_related_source_says_so(record, tmp_path, monkeypatch):
    for module in ("views._cards", "making._related_news"):
        monkeypatch.setattr(f"vestige.publishing.{module}.MOST_NAMED", 2)
    copies = [source(record, f"Paper {number}", STORY + f"Number {number}.") for number in range(3)]
    lone = source(record, "Library news", OTHER)
    publish(record, tmp_path / "site", link=link, workers=1)
    page = "There are more; the closest are shown."
    assert len(news(tmp_path / "site", copies[0].about)) == 2
    assert page not in (tmp_path / f"site/en/source/{copies[0].about[7:]}.html").read_text("utf-8")
    source(record, "Paper 3", STORY + "Number 3.")
    publish(record, tmp_path / "site", link=link, workers=1)
    assert len(news(tmp_path / "site", copies[0].about)) == 2
    assert twin(tmp_path / "site", copies[0].about)["more_news"]
    assert page in (tmp_path / f"site/en/source/{copies[0].about[7:]}.html").read_text("utf-8")
    assert page not in (tmp_path / f"site/en/source/{lone.about[7:]}.html").read_text("utf-8")


def test_without_a_linker_pages_name_none(record, tmp_path):
    first = source(record, "First paper", STORY)
    source(record, "Second paper", STORY)
    publish(record, tmp_path / "out", link=link)
    publish(record, tmp_path / "out")
    assert news(tmp_path / "out", first.about) == {}
