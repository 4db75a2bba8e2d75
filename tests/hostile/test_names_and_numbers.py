"""Names that a system keeps for itself, and things in great numbers: cites, the bytes of an envelope, rows that are refused."""

import json

import pytest

from vestige.cli import main
from vestige.entries import Draft, InvalidEnvelopeError, Name, Site, Source, parse_envelope
from vestige.entries._envelope import LARGEST_ENVELOPE, MOST_CITES
from vestige.publishing import publish, verify_site
from vestige.publishing.pages._filters import download_name
from vestige.record import Record, verify_record

DEVICES = ["CON", "con.txt", "PRN", "aux.tar.gz", "NUL", "COM1", "com9.jpg", "LPT¹", "nul .txt"]


@pytest.mark.parametrize(
    "given", [*DEVICES, "a.", "a . .", "..", "...", "a/..", "C:\\x\\CON", "a:b", "a?b*c|d<e>", ".htaccess", " ", "a\0b"]
)
def test_a_preserved_file_is_saved_under_no_name_that_a_system_keeps(given):
    name = download_name(Source(title="A", form="copy", file="ab" * 32, file_name=given))
    assert name.partition(".")[0].strip().upper() not in {"CON", "PRN", "AUX", "NUL", "COM1", "COM9", "LPT¹"}
    assert name and not set(name) & set('\\/:*?"<>|\0')
    assert name == name.rstrip(". ") and not name.startswith(".")


def test_what_is_published_has_names_that_every_system_holds_apart(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    for name in (*DEVICES, "A", "a", "É", "é"):
        file = record.add_file(name.encode())
        record.append(Draft(Source(title=name, form="copy", file=file, file_name=name, media_type="text/plain")))
        record.append(Draft(Site(names=(Name(text=name),))))
    publish(record, tmp_path / "out")
    paths = [path.relative_to(tmp_path / "out") for path in (tmp_path / "out").rglob("*")]
    assert len({str(path).casefold() for path in paths}) == len(paths)
    assert all(part.isascii() and part == part.rstrip(". ") for path in paths for part in path.parts)
    kept = {"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)}
    assert not {part.partition(".")[0].casefold() for path in paths for part in path.parts} & kept
    assert max(len(str(path)) for path in paths) < 120


def test_as_many_cites_as_an_envelope_holds_are_entered_published_and_verified(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    cited = [
        one.entry
        for one in record.append(*(Draft(Site(names=(Name(text=f"Mill {n}"),))) for n in range(MOST_CITES + 1)))
    ]
    before = record.checkpoint.size
    with pytest.raises(InvalidEnvelopeError, match="800") as refused:
        record.append(Draft(Source(title="Too many", form="reference"), cites=tuple(cited)))
    assert len(str(refused.value)) < 500
    assert record.checkpoint.size == before
    (receipt,) = record.append(Draft(Source(title="Many", form="reference"), cites=tuple(cited[:MOST_CITES])))
    entry = record.index.entry(receipt.entry)
    assert entry is not None and len(entry.envelope.cites) == MOST_CITES
    assert verify_record(record.path).unchanged
    publish(record, tmp_path / "out", workers=1)
    assert verify_site(tmp_path / "out").unchanged


@pytest.mark.parametrize("size", [LARGEST_ENVELOPE + 1, 70_000, 10_000_000])
def test_an_envelope_beyond_its_bundle_is_refused_by_its_size(size):
    with pytest.raises(InvalidEnvelopeError, match="65535"):
        parse_envelope(b"{" + b" " * (size - 2) + b"}")


def test_a_register_of_which_thousands_of_rows_are_refused_is_told_in_a_page(tmp_path, capsys):
    table = tmp_path / "sites.csv"
    rows = "".join(f"{n},,{n},400\n" for n in range(3_000))
    table.write_text(f"id,name,lat,lon\n{rows}9999,Mill,43,17\n", "utf-8")
    Record.create(tmp_path / "record", "Test").close()
    columns = ("--map", "id=id,name=name,lat=lat,lon=lon")
    assert main(["add", "sites", str(table), "--record", str(tmp_path / "record"), *columns]) in {0, 2}
    shown = capsys.readouterr()
    assert "3000 rows refused" in shown.out.replace(",", "") + shown.err.replace(",", "")
    assert len((shown.out + shown.err).splitlines()) < 410
    assert main(
        ["add", "sites", str(table), "--record", str(tmp_path / "record"), *columns, "--dry-run", "--json"]
    ) in {0, 2}
    assert len(json.loads(capsys.readouterr().out)["refused"]) == 3_000
