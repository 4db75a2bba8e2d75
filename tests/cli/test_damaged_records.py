"""Whatever happens to a file of a record, every command ends with its answer or with one line that says what is wrong."""

import contextlib
import shutil
import sqlite3

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vestige.cli import main
from vestige.record import KeyFileError, load_key, verify_record

COMMANDS = (
    ["verify", "."],
    ["verify", ".", "--json"],
    ["index"],
    ["index", "--rebuild"],
    ["key", "list"],
    ["review"],
    ["read"],
    ["publish", "site"],
)
PUT_IN = (b"", b"\xff", "é".encode(), b"\0", b'"', b"[" * 2000, b"9" * 5000, b"-", b"\n\n")


def files(folder):
    return sorted(path for path in folder.rglob("*") if path.is_file())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_every_command_says_what_is_wrong_in_one_line(filled, tmp_path, monkeypatch, capsys, data):
    copy = tmp_path / "copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(filled, copy)
    monkeypatch.chdir(copy)
    path = data.draw(st.sampled_from(files(copy)))
    content = path.read_bytes()
    start = data.draw(st.integers(0, len(content)))
    end = start + data.draw(st.sampled_from((0, 1, 8, 1000)))
    path.write_bytes(content[:start] + data.draw(st.sampled_from(PUT_IN)) + content[end:])
    capsys.readouterr()
    code = main(data.draw(st.sampled_from(COMMANDS)))
    said = capsys.readouterr().err
    assert code in {0, 1, 2, 3}  # 3: two histories, by the checkpoint that was remembered
    assert code != 2 or len(said.splitlines()) == 1


DAMAGES = {
    "no database": lambda path: path.write_bytes(b"no database at all"),
    "cut off": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "without its size": lambda path: sql(path, "DELETE FROM meta"),
    "without the policy": lambda path: sql(path, "UPDATE entry SET pack = NULL"),
}


def sql(path, command):
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        database.execute(command)


@pytest.mark.parametrize("damage", ["no database", "cut off", "without its size"])
def test_an_index_that_cannot_be_read_is_made_again_by_the_next_command(run, filled, damage):
    before, kept = run.json("index"), (filled / "index.sqlite").stat().st_size
    DAMAGES[damage](filled / "index.sqlite")
    assert run.json("index") == before
    with contextlib.closing(sqlite3.connect(filled / "index.sqlite")) as database:
        assert database.execute("SELECT value FROM meta WHERE name = 'size'").fetchone() == (str(before["entries"]),)
    assert (filled / "index.sqlite").stat().st_size >= kept // 2


@pytest.mark.parametrize("damage", DAMAGES)
def test_a_damaged_index_is_made_again_and_nothing_is_lost(run, filled, damage):
    before = run.json("index")
    DAMAGES[damage](filled / "index.sqlite")
    run("index", "--rebuild")
    assert run.json("index") == before
    assert verify_record(filled).unchanged


def test_a_key_of_an_algorithm_that_nobody_knows_is_no_key(filled):
    key = next((filled / "keys").glob("*.key"))
    # The object identifier of Ed25519, 1.3.101.112, with one bit changed.
    key.write_text(key.read_text().replace("MC4CAQAwBQYDK2Vw", "MC4CAQAwBQYDK2Rw"))
    assert "MC4CAQAwBQYDK2Rw" in key.read_text()
    with pytest.raises(KeyFileError, match="expected an Ed25519 private key"):
        load_key(key)
