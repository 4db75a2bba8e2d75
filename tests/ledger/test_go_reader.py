"""A reader of records in Go, written from docs/format.md with Go's standard library alone: it judges as every reader must, and checks the example.

Skipped where there is no Go (Debian: golang-go).
"""

import base64
import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from vestige.example import build_example
from vestige.publishing import publish

HERE = Path(__file__).parent
VECTORS = HERE.parent / "vectors"
pytestmark = pytest.mark.skipif(shutil.which("go") is None, reason="no Go here: apt-get install golang-go")


@pytest.fixture(scope="module")
def reader(tmp_path_factory):
    """Build the reader without a network, and give a function that runs it: its lines and its exit code."""
    folder = tmp_path_factory.mktemp("go")
    away = {"GOFLAGS": "-mod=mod", "GOPROXY": "off", "GOCACHE": str(folder / "cache"), "GOTOOLCHAIN": "local"}
    command = ["go", "build", "-o", folder / "reader", "."]
    subprocess.run(command, check=True, timeout=300, cwd=HERE / "go_reader", env={**os.environ, **away})

    def run(*arguments, given=""):
        command = [folder / "reader", *map(str, arguments)]
        done = subprocess.run(command, input=given, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout, done.returncode

    return run


@pytest.fixture(scope="module")
def example(tmp_path_factory):
    """Publish the example: its folder, and the key of its log."""
    folder = tmp_path_factory.mktemp("example")
    with build_example(folder / "record") as record:
        publish(record, folder / "site", workers=1)
        return folder / "site", str(record.verifiers[0])


def test_it_judges_ledgers_as_every_reader_must(reader):
    text = (VECTORS / "ledgers.json").read_text("utf-8")
    answers, code = reader("judge", given=text)
    assert code == 0
    ledgers = json.loads(text)["ledgers"]
    assert len(ledgers) > 30
    for ledger, answer in zip(ledgers, json.loads(answers), strict=True):
        assert answer == [entry["void"] for entry in ledger["entries"]], ledger["name"]


def test_it_reads_bodies_as_every_reader_must(reader):
    """Of a policy, a withdrawal and an opening to the last field; of other kinds, whose schemas it does not hold, whether they are canonical."""
    text = (VECTORS / "bodies.json").read_text("utf-8")
    answers, code = reader("bodies", given=text)
    assert code == 0
    cases = json.loads(text)["bodies"]
    for case, answer in zip(cases, json.loads(answers), strict=True):
        known = case["kind"] in {"policy", "withdrawal", "opening"} or case["rule"] != "fields"
        assert answer == ((known and case["rule"]) or ""), case["name"]


def body_of(site, word):
    """Give a published body that holds a word."""
    return next(path for path in sorted((site / "body").rglob("*")) if path.is_file() and word in path.read_bytes())


def body_altered(site):
    path = body_of(site, b'"Destroyed"')
    path.write_bytes(path.read_bytes().replace(b'"Destroyed"', b'"Very Bad!"'))
    return {"modified entry", f"modified {path.relative_to(site).as_posix()}"}


def another_origin_signed(site):
    """The same entries under another origin: no signature covers it, neither of the note nor of an entry."""
    path = site / "ledger/checkpoint"
    path.write_bytes(path.read_bytes().replace(b"example", b"exampel", 1))
    return {"unsigned ledger/checkpoint", "modified ledger/checkpoint"}


def entry_altered(site):
    path = next(path for path in sorted((site / "ledger/tile/entries").rglob("*")) if path.is_file())
    before = path.read_bytes()
    at = before.rindex(b'"sig":"') + 12
    path.write_bytes(before[:at] + (b"A" if before[at : at + 1] != b"A" else b"B") + before[at + 1 :])
    return {"unsigned entry", "modified ledger/checkpoint", f"modified {path.relative_to(site).as_posix()}"}


def manifest_signed_by_another(site):
    path = site / "manifest"
    text, _, line = path.read_bytes().rpartition(b" ")
    signature = bytearray(base64.b64decode(line))
    signature[-1] ^= 1
    path.write_bytes(text + b" " + base64.b64encode(signature) + b"\n")
    return {"unsigned manifest"}


@pytest.mark.slow
def test_the_example_is_unchanged_and_every_tampering_is_told(reader, example, tmp_path):
    site, vkey = example
    told, code = reader("check", site, vkey)
    assert (code, told.startswith("unchanged: ")) == (0, True), told
    assert reader("check", site)[1] == 0
    assert reader("check", site, vkey.replace("+", "+0", 1))[1] == 1
    for tamper in (body_altered, another_origin_signed, entry_altered, manifest_signed_by_another):
        copy = tmp_path / tamper.__name__
        shutil.copytree(site, copy)
        expected = tamper(copy)
        told, code = reader("check", copy)
        assert code == 1
        assert {re.sub("entry [0-9]+$", "entry", line.partition(": ")[0]) for line in told.splitlines()} == expected, (
            told
        )
