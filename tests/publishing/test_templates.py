"""Templates can be reviewed: lines of a length that a diff shows, and no id that is cut by the length of its kind's name."""

import re
from pathlib import Path

import pytest

from vestige import publishing

TEMPLATES = sorted((Path(publishing.__file__).parent / "templates").rglob("*.html"))
LONGEST = 160


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_line_of_a_template_is_longer_than_one_can_review(template):
    lines = template.read_text("utf-8").splitlines()
    assert [number for number, line in enumerate(lines, 1) if len(line) > LONGEST] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_id_is_cut_by_length(template):
    assert re.findall(r"\[\d+:\]", template.read_text("utf-8")) == []
