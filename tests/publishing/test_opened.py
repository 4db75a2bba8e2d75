"""A withheld entry that was opened is published, with its preserved file, and its page says so."""

from tests.publishing.conftest import site_of
from vestige.entries import Draft, Source
from vestige.publishing import publish, verify_site
from vestige.record import Record

SAYS = "It was withheld when it was entered, and was opened later."


def test_an_opened_source_has_a_page_that_says_so_and_its_file(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    out = tmp_path / "out"
    with Record.create(tmp_path / "record", "Opened") as record:
        name = record.add_file(b"The mill stood until May.\n", withheld=True)
        source = Source(title="A letter", form="reference", file=name, origin="handed over by its author")
        (letter,) = record.append(Draft(source, visibility="withheld"))
        record.append(Draft(Source(title="A list", form="reference")))
        publish(record, out, workers=1)
        page, file = out / f"en/source/{letter.about[7:]}.html", out / f"file/{name[:2]}/{name}"
        assert not page.exists()
        assert not file.exists()
        record.open_entry(letter.entry)
        assert not publish(record, out, workers=1).full
        assert SAYS in page.read_text("utf-8")
        assert file.read_bytes() == b"The mill stood until May.\n"
        assert [path.name for path in (out / "en/source").glob("*.html") if SAYS in path.read_text("utf-8")] == [
            page.name
        ]
        assert verify_site(out).unchanged
        publish(record, tmp_path / "anew", workers=1)
        assert site_of(out) == site_of(tmp_path / "anew")
