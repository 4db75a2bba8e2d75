"""What the pages on scenes say is what the code does: every finding, sign-in and test that they name exists, and none is left out."""

import re
import subprocess
import sys
from pathlib import Path

from vestige.observing.scenes import SIGNERS, FaultKind

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/observing-scenes.md").read_text(encoding="utf-8")


def test_every_finding_is_explained():
    table = PAGE.split("## What is not there")[1].split("## Evidence")[0]
    named = {kind.strip() for row in re.findall(r"^\| ([^|]+) \|", table, re.MULTILINE) for kind in row.split(",")}
    assert {str(kind) for kind in FaultKind} <= named


def test_every_test_that_is_named_exists():
    defined = {
        name
        for path in Path(__file__).parent.glob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text(encoding="utf-8"))
    }
    assert set(re.findall(r"`(test_\w+)`", PAGE)) <= defined


def test_every_sign_in_is_explained_with_what_it_reads_from_the_environment():
    source = (ROOT / "src/vestige/observing/scenes/_signing.py").read_text(encoding="utf-8")
    for name in SIGNERS:
        assert f"| `{name}` |" in PAGE
    for variable in set(re.findall(r'"((?:[A-Z]+_)+[A-Z]+\d?|[A-Z]+_S3_[A-Z_]+)"', source)) - {"AWS_SESSION_TOKEN"}:
        assert variable in PAGE


def test_decisions_that_are_named_exist():
    for target in re.findall(r"\((adr/[\w.-]+\.md)\)", PAGE):
        assert (ROOT / "docs" / target).is_file()


def test_the_estimate_is_what_its_program_prints():
    page = (ROOT / "docs/observing-scale.md").read_text(encoding="utf-8")
    program = [sys.executable, str(ROOT / "bench/observing/estimate.py")]
    for options, column in (([], 1), (["--spread", "0"], 2)):
        printed = subprocess.run([*program, *options], check=True, capture_output=True, text=True).stdout
        rows = {line[:50].split("  ")[0].strip(): line for line in printed.splitlines()}
        for name, key in (("windows", "windows"), ("files", "files"), ("tiles", "tiles"), ("bytes", "bytes")):
            (row,) = [line for line in page.splitlines() if line.startswith(f"| {name} |")]
            assert row.split("|")[column + 1].strip() in rows[key]
