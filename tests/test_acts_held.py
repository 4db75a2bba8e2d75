"""What `docs/acts-held.md` says of abuse is so: each test that it names exists, each sentence that it quotes stands on its page."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ROWS = [
    line
    for line in (ROOT / "docs/acts-held.md").read_text("utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| what somebody")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.split("|")[1].strip())
def test_each_row_names_a_test_that_exists_or_quotes_its_page(row):
    tests = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", row)
    quotes = re.findall(r'"([^"]+)" \(\[\w+\]\(([\w-]+\.md)\)\)', row)
    assert tests or quotes or "the same test" in row
    for file, name in tests:
        assert f"def {name}(" in (ROOT / file).read_text("utf-8")
    for sentence, page in quotes:
        assert sentence in " ".join((ROOT / "docs" / page).read_text("utf-8").split())


ACCEPTANCE = [
    line for line in (ROOT / "docs/acts-tests.md").read_text("utf-8").splitlines() if re.match(r"\| \d+ \|", line)
]


def test_every_acceptance_test_has_its_row():
    assert [int(row.split("|")[1]) for row in ACCEPTANCE] == list(range(1, 21))


@pytest.mark.parametrize("row", ACCEPTANCE, ids=lambda row: row.split("|")[2].strip())
def test_each_acceptance_row_names_what_exists(row):
    named = re.findall(r"`((?:tests|bench|web)/[\w/.]+)(?:::(\w+))?`", row.split("|")[5])
    assert named and all(cell.strip() for cell in row.split("|")[1:6])
    for file, name in named:
        text = (ROOT / file).read_text("utf-8")
        assert not name or f"def {name}(" in text, (file, name)
        assert name or not file.endswith(".py") or "bench/" in file
