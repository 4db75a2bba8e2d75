"""A record on disk and a way to run commands in it."""

import json

import pytest

from vestige.cli import main

SITES = """\
name,name_local,lat,lon,id,country
Old Bridge,Stari most,43.3373,17.8150,1,BA
Old Town,Stari grad,42.6414,18.1089,2,HR
Citadel,,36.1991,37.1629,3,SY
"""
REPORT = """\
The mayor visited the site on Monday.

"The arch fell at ten in the morning," said Petra Example, a spokeswoman of the town. She added that the\u00a0towers stood.
A visitor said that the towers stood.
"""


class Console:
    """Runs commands as a user would, in one folder, and gives what they printed."""

    def __init__(self, capsys):
        self._capsys = capsys

    def __call__(self, *arguments, code=0):
        self._capsys.readouterr()
        got = main([str(part) for part in arguments])
        shown = self._capsys.readouterr()
        assert got == code, shown
        if code == 2:
            assert len(shown.err.splitlines()) == 1
            assert "Traceback" not in shown.err
            return shown.err
        return shown.out

    def json(self, *arguments):
        return json.loads(self(*arguments, "--json"))


@pytest.fixture
def run(capsys):
    return Console(capsys)


@pytest.fixture
def record(run, tmp_path, monkeypatch):
    """A new record with the current folder in it."""
    folder = tmp_path / "heritage"
    run("init", folder)
    monkeypatch.chdir(folder)
    return folder


@pytest.fixture
def filled(run, record, tmp_path):
    """The record with three sites and a report."""
    (tmp_path / "sites.csv").write_text(SITES, "utf-8")
    (tmp_path / "report.txt").write_text(REPORT, "utf-8")
    run(
        "add",
        "sites",
        tmp_path / "sites.csv",
        "--map",
        "name=name,name:bs=name_local,lat=lat,lon=lon,id=id,country=country",
    )
    run(
        "add",
        "source",
        tmp_path / "report.txt",
        "--origin",
        "sent by the town",
        "--title",
        "Report",
        "--language",
        "en",
    )
    return record
