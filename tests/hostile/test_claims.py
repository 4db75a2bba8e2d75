"""The page of what an attacker can and cannot do: each row names a test, and each test that is named is there."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/security.md").read_text("utf-8")
ROWS = [line for line in PAGE.splitlines() if re.match(r"\| (?!tries to|what happens|---|-)", line)]
NAMED = sorted(set(re.findall(r"`((?:tests|web/test)/[\w./-]+)`", PAGE)))


def test_every_row_names_a_test():
    assert len(ROWS) > 30
    assert [row for row in ROWS if not re.search(r"`(?:tests|web/test)/", row)] == []


@pytest.mark.parametrize("named", NAMED)
def test_a_test_that_is_named_exists(named):
    assert (ROOT / named).exists()


@pytest.mark.parametrize(
    "who",
    ["reader", "host", "source", "catalogue", "contributor", "keeper", "thief of a laptop", "state with a warrant"],
)
def test_everybody_who_may_attack_has_a_section(who):
    headings = " ".join(line for line in PAGE.splitlines() if line.startswith("## "))
    assert who in headings
