"""Characters that steer end at the door or are shown; what stood before does no harm in feeds, tables or a terminal."""

import json
import xml.etree.ElementTree as ET

from hypothesis import given
from hypothesis import strategies as st

from vestige.capture.registers._names import names
from vestige.cli._console import print_json
from vestige.cli.review import _keys
from vestige.entries import Draft, Name, Site
from vestige.printable import escaped_json, shown, without_controls
from vestige.publishing import publish
from vestige.record import Record

STEERING = "a\x1b[2Jb\x07\x9b31mc\u202ed\u2066e\x00\x7f"


def test_feeds_and_tables_of_a_record_with_steering_names_are_whole(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    record.append(Draft(Site(names=(Name(text=STEERING),))))
    publish(record, tmp_path / "out")
    feeds = list((tmp_path / "out").rglob("*.atom"))
    assert feeds
    for feed in feeds:
        assert "a[2Jb31mcde" in "".join(ET.fromstring(feed.read_bytes()).itertext())
    table = (tmp_path / "out" / "data" / "sites.csv").read_text("utf-8")
    assert not set(STEERING[1:]).difference("[2Jb31mcdea") & set(table)


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
