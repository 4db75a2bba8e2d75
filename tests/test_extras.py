"""What a command says when an optional part is not installed."""

import re
import tomllib
from pathlib import Path

from vestige.errors import MissingExtraError

ROOT = Path(__file__).parent.parent


def test_every_optional_part_that_is_asked_for_is_one_of_the_package():
    sources = (path.read_text("utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
    asked = {extra for text in sources for extra in re.findall(r'MissingExtraError\(\s*"([\w-]+)"', text)}
    offered = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    assert asked
    assert asked <= offered.keys()


def test_the_hint_installs_from_the_folder_and_names_nothing_that_an_index_could_answer_for():
    said = str(MissingExtraError("observing", "rasterio"))
    assert "rasterio" in said
    assert "pip install -e '.[observing]'" in said
    assert "vestige[" not in said
