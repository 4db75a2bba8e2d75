"""Characters that steer end at the door or are shown; what stood before does no harm in feeds, tables or a terminal."""

import json
import re
import unicodedata
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from vestige.capture.registers._names import names
from vestige.cli import main
from vestige.cli._console import print_json
from vestige.cli.review import _keys
from vestige.entries import (
    Draft,
    InvalidBodyError,
    Name,
    Site,
    Source,
    Speaker,
    Statement,
    _controls,
    _kinds,
    canonical_json,
    decode_body,
    encode_body,
)
from vestige.printable import escaped_json, plain_page, readable, shown, without_controls
from vestige.publishing import publish
from vestige.record import Record, verify_record

STEERING = "a\x1b[2Jb\x07\x9b31mc\u202ed\u2066e\x00\x7f"
TURNED = "a\u202emuseum\u2066b"
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@pytest.fixture
def as_before(monkeypatch):
    """Let what is entered hold what older versions let in."""
    monkeypatch.setattr(_kinds, "require_plain", lambda *_: None)


def site(name):
    return Draft(Site(names=(Name(text=name),)))


@pytest.mark.parametrize("control", ["\x00", "\x07", "\x0b", "\x1b", "\x1f", "\x7f", "\x80", "\x85", "\x9b"])
def test_a_record_refuses_a_control_character_by_its_field_and_enters_nothing(tmp_path, control):
    record = Record.create(tmp_path / "record", "Test")
    before = record.checkpoint.size
    with pytest.raises(InvalidBodyError, match=f"got U\\+{ord(control):04X}") as refused:
        record.append(site("Good"), site(f"Mill {control}"))
    assert refused.value.where == "site.names[0].text"
    assert record.checkpoint.size == before


def test_tabs_line_ends_and_marks_of_direction_may_be_entered(tmp_path):
    body = Source(title=TURNED, form="reference", note="a\tb\r\nc\u200f")
    assert decode_body("source", encode_body(body)) == body


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_every_control_character_and_no_other_is_found(text):
    data = canonical_json({"a": [text, {"b": text + "\\b"}], "c": "\\u001b \\f"})
    try:
        _controls.require_plain("site", data)
        refused = False
    except InvalidBodyError:
        refused = True
    assert refused == any(unicodedata.category(mark) == "Cc" and mark not in "\t\r\n" for mark in text)


@pytest.mark.usefixtures("as_before")
def test_what_stood_before_is_read_shown_and_verified(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    record.append(site(STEERING))
    (entry,) = record.index.entries("site")
    assert entry.void is None and entry.body.names[0].text == STEERING
    assert verify_record(record.path).unchanged
    publish(record, tmp_path / "out")
    pages = [path.read_text("utf-8") for path in (tmp_path / "out").rglob("*.html")]
    assert not any(CONTROLS.search(page) for page in pages)
    assert any("a\ufffd[2Jb\ufffd\ufffd31mc" in page for page in pages)


@pytest.mark.usefixtures("as_before")
def test_feeds_and_tables_of_a_record_with_steering_names_are_whole(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    record.append(Draft(Site(names=(Name(text=STEERING),))))
    publish(record, tmp_path / "out")
    feeds = list((tmp_path / "out").rglob("*.atom"))
    assert feeds
    told = {feed.name: "".join(ET.fromstring(feed.read_bytes()).itertext()) for feed in feeds}
    assert "a[2Jb31mcde" in told["changes.atom"]
    table = (tmp_path / "out" / "data" / "sites.csv").read_text("utf-8")
    assert not set(STEERING[1:]).difference("[2Jb31mcdea") & set(table)


def test_statements_of_a_text_that_steers_are_entered_without_what_steers(tmp_path, capsys):
    """The preserved file keeps its bytes; statements point into the text that was read, in which U+FFFD stands for each control."""
    said = "“The library is gone,” Anna Martin, director of the Kyiv\x1b[2J Museum, said.\n"
    with Record.create(tmp_path / "record", "Test") as record:
        file = record.add_file(said.encode())
        record.append(Draft(Source(title="News", form="copy", file=file, media_type="text/plain")))
    assert main(["read", "--record", str(tmp_path / "record")]) == 0
    with Record.open(tmp_path / "record", withheld=True) as record:
        (entry,) = record.index.entries("statement")
        assert entry.body.file != file
        text = record.files.read(entry.body.file).decode()
        assert text == said.replace("\x1b", "\ufffd")
        assert [text[span.start : span.end] for span in entry.body.spans] == [entry.body.content]


@given(st.text())
def test_a_readable_text_has_its_length_and_no_controls(text):
    read = readable(text)
    assert len(read) == len(text)
    assert not CONTROLS.search(read)
    assert all(a == b for a, b in zip(read, text, strict=True) if not CONTROLS.match(b))


@given(st.text(st.characters(codec="utf-8")))
def test_a_page_has_the_mark_where_a_control_stood(text):
    assert plain_page(text.encode()).decode() == CONTROLS.sub("\ufffd", text)


def loose(page):
    """Give the texts of a page that turn direction and are not isolated from what stands beside them."""
    for node in html.fromstring(page).iter():
        for text, holder in ((node.text, node), (node.tail, node.getparent())):
            if text and re.search("[\u202a-\u202e\u2066-\u2069]", text) and holder.tag != "script":
                around = [holder, *holder.iterancestors()]
                if not any(one.tag == "bdi" or one.get("dir") for one in around if one.tag not in {"html", "body"}):
                    yield f"<{holder.tag}> {text!r}"
        yield from (
            f"{node.tag}[{name}]"
            for name, value in node.attrib.items()
            if re.search("[\u202a-\u202e\u2066-\u2069]", value)
        )


def test_what_turns_direction_is_isolated_on_every_page(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    (place,) = record.append(site(TURNED))
    source = Source(
        title=TURNED, form="reference", publisher=TURNED, author=TURNED, origin=TURNED, note=TURNED, rights=TURNED,
        credit=TURNED, file_name=TURNED,
    )  # fmt: skip
    (kept,) = record.append(Draft(source))
    speaker = Speaker(name=TURNED, role=TURNED, organisation=TURNED)
    said = Statement(
        source=kept.about, content=TURNED, manner="direct", speaker=speaker, status="confirmed", cue=TURNED, locator=TURNED,
        sites=(place.about,), reported_via=(Speaker(name=TURNED),),
    )  # fmt: skip
    record.append(Draft(said, cites=(kept.entry,)))
    publish(record, tmp_path / "out")
    pages = [path.read_bytes() for path in (tmp_path / "out").rglob("*.html")]
    assert sum("\u202e" in "".join(html.fromstring(page).itertext()) for page in pages) >= 6
    assert {text for page in pages for text in loose(page)} == set()


def test_what_is_not_isolated_would_be_found():
    assert list(loose(b"<meta charset=utf-8><p>a \xe2\x80\xae b</p>")) == ["<p> 'a \\u202e b'"]
    assert list(loose(b"<meta charset=utf-8><p><bdi>a \xe2\x80\xae b</bdi></p>")) == []
    assert list(loose(b"<meta charset=utf-8><p title='\xe2\x80\xae'></p>")) == ["p[title]"]


def test_a_register_loses_them_at_the_door():
    assert names((STEERING, None)) == (Name(text="a[2Jb31mcde"),)


@given(st.text())
def test_json_is_the_same_value_and_steers_no_terminal(text):
    written = escaped_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert shown(written) == written


@given(st.text())
def test_nothing_shown_or_kept_steers(text):
    assert without_controls(shown(text)) == shown(text).replace("\ufffe", "").replace("\uffff", "")
    ET.fromstring(
        f"<a>{without_controls(text.encode('utf-8', 'replace').decode()).replace('&', '').replace('<', '')}</a>"
    )


def test_a_prompt_shows_them(monkeypatch, capsys):
    asked = []
    monkeypatch.setattr("builtins.input", lambda prompt: asked.append(prompt) or "")
    _keys.ask(f"organisation [{STEERING}]")
    assert not set("\x1b\x07\x9b\u202e\u2066\x00\x7f") & set(asked[0])
    print_json({"a": STEERING})
    assert not set("\x1b\x07\x9b\u202e\u2066\x00\x7f") & set(capsys.readouterr().out)
