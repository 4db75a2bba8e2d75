"""What a command says when an optional part is not installed."""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from vestige.calling import at_most
from vestige.errors import MissingExtraError
from vestige.extras import extra_of, is_installed

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
    assert "uv tool install '.[observing]'" in said
    assert "vestige[" not in said


HIDE = """
import sys
class Hidden:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in sys.argv[1].split(","):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Hidden())
from vestige.cli import main
code = 0
for line in sys.stdin:
    import json
    code = main(json.loads(line))
sys.exit(code)
"""
"""Runs commands as they run where no optional part is installed."""


def optional_modules():
    """Give the modules of all packages that only an optional part brings."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    name = re.compile(r"[\w-]+")
    core = {name.match(line)[0] for line in project["dependencies"]}
    optional = {name.match(line)[0] for lines in project["optional-dependencies"].values() for line in lines}
    return [package.replace("-", "_") for package in sorted(optional - core)]


def bare(folder, *commands):
    lines = "\n".join(json.dumps(list(map(str, command))) for command in commands)
    run = [sys.executable, "-c", HIDE, ",".join(optional_modules())]
    return subprocess.run(run, input=lines, cwd=folder, text=True, capture_output=True, check=False, timeout=120)


@pytest.fixture(scope="module")
def without(tmp_path_factory):
    """A record made, filled, published and checked where no optional part is installed."""
    folder = tmp_path_factory.mktemp("bare")
    (folder / "sites.csv").write_text(
        "name,lat,lon,country\nOld Bridge,43.3373,17.815,Bosnia and Herzegovina\n", "utf-8"
    )
    for name in "ab":
        (folder / f"{name}.txt").write_text(f'"The arch fell," said Petra Example of {name}.', "utf-8")
    record = ("--record", folder / "valley")
    said = ("--quote", "The arch fell", "--speaker", "Petra Example", "--manner", "direct", "--site", "Old Bridge")
    judged = ("--assessor", "Museum", "--condition", "Poor", "--on", "1993-11-09")
    return folder, bare(
        folder,
        ("init", "valley"),
        ("add", "sites", "sites.csv", *record),
        *(("add", "source", f"{name}.txt", "--site", "Old Bridge", *record) for name in "ab"),
        ("state", "a.txt", *said, *record),
        ("assess", "Old Bridge", *judged, *record),
        ("search", "Bosnia", *record),
        ("publish", "site", "--record", "valley"),
        ("verify", "site"),
    )


def test_a_record_is_made_published_and_checked_without_any_optional_part(without):
    folder, done = without
    assert done.returncode == 0, done.stderr
    assert "unchanged since it was entered" in done.stdout
    assert not (folder / "site" / "data" / "sites.parquet").exists()
    assert "sites.parquet" not in (folder / "site" / "ro-crate-metadata.json").read_text("utf-8")
    assert "BA" in (folder / "site" / "data" / "sites.csv").read_text("utf-8")


@pytest.mark.parametrize(
    ("command", "extra"),
    [
        (("read", "a.txt"), "reading"),
        (("observe", "--series", "a.txt", "--after", "2024-01-01", "2024-02-01"), "observing"),
        (("study", "danger"), "studying"),
    ],
)
def test_a_command_whose_part_is_missing_says_how_to_install_it_in_one_line(without, command, extra):
    done = bare(without[0], command)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    if "uv tool" in done.stderr:
        assert f"[{extra}]" in done.stderr


def test_every_optional_package_is_brought_by_a_part():
    for module in optional_modules():
        assert extra_of(module), module
    assert extra_of("msgspec") is None
    assert is_installed("msgspec")
    assert not is_installed("no_such_package.at_all")


@pytest.mark.parametrize(("bad", "of"), [(0, 1), (0, 59), (1, 93), (3, 400), (40, 41), (250, 2000), (0, 100_000)])
def test_the_bound_of_an_audit_is_that_of_scipy(bad, of):
    stats = pytest.importorskip("scipy.stats")
    assert at_most(bad, of) == pytest.approx(stats.beta.ppf(0.95, bad + 1, of - bad), rel=1e-9)


def test_what_builds_the_package_is_held_to_a_version():
    """The lock file holds what the package runs with; what builds it is held by `build-constraint-dependencies`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    held = project["tool"]["uv"]["build-constraint-dependencies"]
    assert all("==" in line for line in held)
    asked = {re.split("[<>=~!]", line)[0] for line in project["build-system"]["requires"]}
    assert asked <= {line.split("==")[0] for line in held}
    locked = tomllib.loads((ROOT / "uv.lock").read_text("utf-8"))["manifest"]["build-constraints"]
    assert sorted(f"{one['name']}{one['specifier']}" for one in locked) == sorted(held)
