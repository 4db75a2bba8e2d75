"""A change of what makes pages makes all pages anew, wherever in the package it stands."""

import importlib.resources
import shutil
from pathlib import Path

import pytest

from vestige import publishing
from vestige.entries import BLANK_KEYS, Policy
from vestige.publishing.making import _basis

POLICY = Policy(name="Basis", origin="vestige.example/basis", keys=BLANK_KEYS)
PACKAGE = Path(publishing.__file__).parent
CODE = sorted(str(path.relative_to(PACKAGE)) for path in PACKAGE.rglob("*.py") if "assets" not in path.parts)


@pytest.fixture(scope="module")
def package(tmp_path_factory):
    """Give a copy of the package that may be altered."""
    copy = tmp_path_factory.mktemp("package") / "publishing"
    shutil.copytree(PACKAGE, copy, ignore=shutil.ignore_patterns("assets", "__pycache__"))
    return copy


@pytest.mark.parametrize("path", [*CODE[::7], "templates/site.html", "catalogues/fr.po"])
def test_every_file_of_the_package_counts(package, path, monkeypatch):
    monkeypatch.setattr(importlib.resources, "files", lambda name: package)
    before = _basis.basis_of(POLICY, None, {})
    file = package / path
    original = file.read_bytes()
    file.write_bytes(original + b"\n")
    assert _basis.basis_of(POLICY, None, {}) != before
    file.write_bytes(original)
    assert _basis.basis_of(POLICY, None, {}) == before


def test_compiled_code_does_not_count(package, monkeypatch):
    monkeypatch.setattr(importlib.resources, "files", lambda name: package)
    before = _basis.basis_of(POLICY, None, {})
    (package / "pages/__pycache__").mkdir()
    (package / "pages/__pycache__/x.pyc").write_bytes(b"x")
    assert _basis.basis_of(POLICY, None, {}) == before
