"""``vestige demo``: one command from nothing to a verified, served record."""

import shutil
import signal
import subprocess
import sys
import urllib.request

import pytest
from tests.cli.conftest import Console

from vestige.cli import main
from vestige.cli._demo import _make


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("demo")
    assert main(["demo", str(folder), "--no-serve"]) == 0
    return folder


def test_the_demo_makes_publishes_and_verifies_and_does_so_again(made, capsys):
    run = Console(capsys)
    assert (made / "site" / "index.html").is_file()
    before = {path: path.read_bytes() for path in (made / "site").rglob("*") if path.is_file()}
    shown = run("demo", made, "--no-serve")
    assert "found the example record" in shown
    assert "unchanged since it was entered" in shown
    assert {path: path.read_bytes() for path in (made / "site").rglob("*") if path.is_file()} == before


def test_both_parts_verify_by_themselves(made, capsys):
    run = Console(capsys)
    run("verify", made / "record")
    run("verify", made / "site")


def test_a_demo_that_was_stopped_half_way_is_made_again(made, tmp_path):
    shutil.copytree(made / "record", tmp_path / "record.unfinished")
    (tmp_path / "record.unfinished" / "ledger" / "checkpoint").unlink()
    assert _make(tmp_path)
    assert not _make(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["letter", "record"]


def test_the_demo_leaves_another_record_alone(tmp_path, capsys):
    run = Console(capsys)
    run("init", tmp_path / "record", "--name", "Mine")
    assert "expected the example record, got 'Mine'" in run("demo", tmp_path, "--no-serve", code=2)


def test_the_demo_leaves_a_folder_with_other_things_alone(tmp_path, capsys):
    (tmp_path / "thesis.txt").write_text("mine", "utf-8")
    assert "expected a new or empty folder" in Console(capsys)("demo", tmp_path, "--no-serve", code=2)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


@pytest.mark.usefixtures("interruptible")
def test_the_demo_serves_until_it_is_interrupted(made):
    command = [sys.executable, "-m", "vestige.cli", "demo", str(made), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        address = next(line.split()[0] for line in process.stdout if line.startswith("http://"))
        with urllib.request.urlopen(address) as answer:
            assert b"Vestige example record" in answer.read()
        process.send_signal(signal.SIGINT)
        assert "stopped" in process.stdout.read()
        assert process.wait() == 0
