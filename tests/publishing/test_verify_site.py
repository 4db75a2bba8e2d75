"""A published record is checked: every kind of tampering is found, named, and put under the right one of the four heads."""

import random
import shutil

import msgspec
import pytest

from tests.publishing.conftest import files_of
from vestige.cli import main
from vestige.publishing import NotASiteError, publish, verify_site
from vestige.publishing.views._paths import body_path
from vestige.record import NotACheckpointError


@pytest.fixture
def copy(published, tmp_path):
    shutil.copytree(published.out, tmp_path / "site")
    return tmp_path / "site"


def heads(report) -> set[tuple[str, str]]:
    return {(found.kind, found.file) for found in report.discrepancies}


def test_a_true_site_is_unchanged(published):
    report = verify_site(published.out)
    assert report.unchanged
    assert report.withheld == 3  # one of them a reading that was rejected
    assert report.withdrawn == 1
    assert report.files == len(files_of(published.out)) - 1


def test_any_flipped_byte_is_found_and_its_file_named(published, copy):
    chance = random.Random(5)
    files = sorted(files_of(copy))
    for path in chance.sample(files, 25):
        data = bytearray((copy / path).read_bytes())
        if not data:
            continue
        position = chance.randrange(len(data))
        data[position] ^= 1 << chance.randrange(8)
        original = (copy / path).read_bytes()
        (copy / path).write_bytes(bytes(data))
        report = verify_site(copy)
        assert not report.unchanged, (path, position)
        assert any(found.file == path or path == "ledger/checkpoint" for found in report.discrepancies), (
            path,
            report.discrepancies,
        )
        (copy / path).write_bytes(original)


def test_missing_extra_and_linked_files_are_named(copy):
    (copy / "en/index.html").unlink()
    (copy / "en/extra.html").write_text("x")
    (copy / "added").mkdir()
    (copy / "data/sites.csv").unlink()
    (copy / "data/sites.csv").symlink_to("/etc/hostname")
    found = heads(verify_site(copy))
    assert ("missing", "en/index.html") in found
    assert ("unexpected", "en/extra.html") in found
    assert ("unexpected", "added/") in found
    assert ("unexpected", "data/sites.csv") in found


@pytest.mark.parametrize("index", [0, 1])
def test_a_swapped_body_names_its_entry(published, copy, index):
    """Of the first policy too, without which no entry counts."""
    entry = published.record.index.at(index)
    path = body_path(entry.envelope.body)
    (copy / path).write_bytes(b"0" * 64 + b" {}\n")
    found = [one for one in verify_site(copy).discrepancies if one.file == path]
    assert [(one.kind, one.entry) for one in found] == [("modified", entry.hash)]


def test_a_withdrawn_body_that_is_put_back_is_found(published, copy):
    """The manifest does not list it and no page leads to it: it lies where its entry's commitment says, and nowhere else."""
    withdrawn = published.record.index.history(published.gone)[0]
    path = copy / body_path(withdrawn.envelope.body)
    assert not path.exists()
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"0" * 64 + b' {"title":"GONE-WORD"}\n')
    report = verify_site(copy)
    assert not report.unchanged
    assert ("unexpected", path.relative_to(copy).as_posix()) in heads(report)


def test_a_manifest_of_a_stranger_is_unsigned(copy):
    text = (copy / "manifest").read_text()
    body, _, signature = text.rpartition("\n\n")
    (copy / "manifest").write_text(body.replace("0", "1", 1) + "\n\n" + signature)
    assert not verify_site(copy).unchanged
    (copy / "manifest").unlink()
    assert ("missing", "manifest") in heads(verify_site(copy))


def test_history_since_an_earlier_checkpoint(fresh, tmp_path):
    publish(fresh.record, fresh.out)
    earlier = (fresh.out / "ledger/checkpoint").read_bytes()
    fresh.record.withdraw(fresh.record.index.current(fresh.nowhere).hash, "entered twice")
    publish(fresh.record, fresh.out)
    report = verify_site(fresh.out, since=[earlier])
    assert report.unchanged
    assert any("is the beginning of today's ledger" in note for note in report.notes)
    lines = earlier.decode().split("\n")
    lines[2] = "A" * 43 + "="
    with pytest.raises(NotACheckpointError, match="not a checkpoint of this record"):
        verify_site(fresh.out, since=["\n".join(lines).encode()])


def test_nothing_is_not_a_site(tmp_path):
    with pytest.raises(NotASiteError):
        verify_site(tmp_path)


def test_the_command_says_so_and_ends_with_its_code(copy, capsys):
    assert main(["verify", str(copy)]) == 0
    assert "unchanged since it was entered" in capsys.readouterr().out
    (copy / "en/index.html").write_text("forged")
    assert main(["verify", str(copy), "--json"]) == 1
    told = msgspec.json.decode(capsys.readouterr().out)
    assert told["unchanged"] is False
    assert told["report"]["discrepancies"][0]["file"] == "en/index.html"
    assert main(["verify", str(copy / "nowhere")]) == 2
