"""Series at hand become observation entries, with their files as evidence, and are done again from them."""

import json

import numpy as np
import pytest

from vestige.cli import main
from vestige.entries import Draft, Identifier, Location, Name, Site
from vestige.record import Record, verify_record


@pytest.fixture
def folder(tmp_path):
    """Write two quiet sites of 60 dates, the second with a drop of 6 dB in the last six."""
    seed = np.random.default_rng(7)
    times = np.datetime64("2019-01-01T05:00:00") + 12 * np.arange(60) * np.timedelta64(1, "D")
    (tmp_path / "series").mkdir()
    for number in (1, 2):
        power = (
            0.1 * seed.gamma(9, 1 / 9, (60, 9)) * np.where(np.arange(60) >= 54, 10 ** (-0.6 * (number - 1)), 1)[:, None]
        )
        rows = [f'{time},{number},T001,"{pixels.round(6).tolist()}"' for time, pixels in zip(times, power, strict=True)]
        (tmp_path / f"series/site{number}.csv").write_text("datetime,site_id,burst_id,vv\n" + "\n".join(rows) + "\n")
    return tmp_path / "series"


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record"
    with Record.create(path, "Test") as record:
        for number, sensitivity in ((1, "open"), (2, "sensitive")):
            place = Location(latitude=36.3456, longitude=43.1234)
            names = (Name(text=str(number)), Name(text=f"Site {number}"))
            register = (Identifier(scheme="test", value=str(number)),)
            record.append(Draft(Site(names=names, location=place, sensitivity=sensitivity, identifiers=register)))
    return path


def observe(folder, record, *more):
    window = ["--after", "2020-10-10/2020-12-31"]
    return main(["observe", "--series", str(folder), *window, "--record", str(record), *more])


def test_each_site_gets_an_observation_that_can_be_done_again(folder, record, capsys):
    assert observe(folder, record, "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert len(answer["entries"]) == 2
    with Record.open(record, withheld=True) as keeper:
        found = list(keeper.index.entries("observation"))
    assert [entry.envelope.visibility for entry in found] == [
        "withheld",
        "public",
    ]  # ranked: the changed one comes first
    assert found[0].body.p_value < 0.001 < found[1].body.p_value
    for path in folder.iterdir():
        path.unlink()
    for entry in found:
        assert main(["observe", "--recheck", entry.hash, "--record", str(record)]) == 0
        assert "equal" in capsys.readouterr().out
    assert verify_record(record).unchanged


def test_a_site_that_the_record_does_not_have_is_one_line_and_enters_nothing(folder, record, tmp_path, capsys):
    (folder / "site1.csv").write_text((folder / "site1.csv").read_text().replace(",1,T001", ",elsewhere,T001"))
    assert observe(folder, record) == 2
    assert "elsewhere" in capsys.readouterr().err
    with Record.open(record) as public:
        assert "observation" not in public.index.counts()


def test_figures_of_series_are_refused_and_not_passed_over(folder, record, tmp_path, capsys):
    assert observe(folder, record, "--figures", str(tmp_path / "figures")) == 2
    assert "--figures" in capsys.readouterr().err
