"""A record that holds entries of a kind that only a newer Vestige knows."""

import json

import pytest

from tests.publishing.conftest import files_of, site_of
from vestige.cli import main
from vestige.entries import KINDS, Draft, Name, Site, _kinds
from vestige.entries.kinds import Body
from vestige.publishing import publish, verify_site
from vestige.record import Record


class Omen(Body, frozen=True, kw_only=True):
    """A kind of tomorrow."""

    KIND = "omen"
    text: str
    site: str
    file: str | None = None

    def named(self):
        return (Name(text=self.text),)

    def words(self):
        return (self.text,)

    def links(self):
        return (self.site,)

    def held(self):
        return (self.file,)

    def exposes(self):
        return ()


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """A record into which a newer version has entered what this one does not know."""
    import msgspec

    record = Record.create(tmp_path / "record", "A record", origin="test.example/newer")
    with monkeypatch.context() as tomorrow:
        tomorrow.setitem(KINDS, "omen", Omen)
        tomorrow.setitem(_kinds._decoders, "omen", msgspec.json.Decoder(Omen))
        site = record.append(Draft(Site(names=(Name(text="Old Bridge"),))))[0]
        file = record.add_file(b"a letter of tomorrow")
        record.append(
            Draft(Omen(text="A raven sat there", site=site.about, file=file)),
            Draft(Omen(text="Another", site=site.about)),
        )
    record.append(Draft(Site(names=(Name(text="New Bridge"),))))
    record.close()
    with Record.open(tmp_path / "record") as opened:
        yield opened, site, file


def test_what_is_known_is_published_and_the_rest_told(newer, tmp_path):
    record, site, file = newer
    done = publish(record, tmp_path / "out", workers=1)
    first = next(record.index.entries("omen")).index
    assert [(kind.kind, kind.entries, kind.first) for kind in done.unknown] == [("omen", 2, first)]
    files = files_of(tmp_path / "out")
    assert f"en/site/{site.about.partition(':')[2]}.html" in files
    assert len(json.loads(files["data/sites.json"])) == 2
    # Its words stand in the ledger as they were signed; a file of it is published by whoever knows what it is.
    page = files["en/ledger/0.html"].decode()
    assert "omen" in page
    assert f"file/{file[:2]}/{file}" not in files
    assert any(b"A raven sat there" in data for path, data in files.items() if path.startswith("body/"))
    assert verify_site(tmp_path / "out").unchanged


def test_publishing_again_after_it_makes_what_publishing_anew_makes(newer, tmp_path):
    record, _, _ = newer
    publish(record, tmp_path / "out", workers=1)
    record.append(Draft(Site(names=(Name(text="Third Bridge"),))))
    again = publish(record, tmp_path / "out", workers=1)
    assert not again.full
    assert [kind.kind for kind in again.unknown] == ["omen"]
    publish(record, tmp_path / "anew", workers=1)
    both = site_of(tmp_path / "out"), site_of(tmp_path / "anew")
    assert {path for path in both[0] | both[1] if both[0].get(path) != both[1].get(path)} <= {"manifest"}


def test_the_command_says_which_kind_where_and_what_to_do(newer, tmp_path, capsys):
    record, _, _ = newer
    assert main(["publish", str(tmp_path / "out"), "--record", str(record.path)]) == 0
    said = " ".join(capsys.readouterr().err.split())
    assert "2 of kind omen, first as entry" in said
    assert "newer Vestige" in said
