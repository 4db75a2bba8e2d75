import hashlib
import json
import os
import re
import subprocess
import sys
from html.parser import HTMLParser

import pandas as pd
import pyarrow.parquet as pq
import pytest
from tests.variants import LONG

from vestige.cli import main
from vestige.errors import EnvironmentFault
from vestige.studying import danger_study, recovery_study, write_study
from vestige.studying.danger import _robustness as _danger_robustness
from vestige.studying.exposure._study import exposure_study
from vestige.studying.report._page import cell

ALEPPO = "21,Ancient City of <Aleppo>,1986,Y 2013,37.16,36.2,Cultural,Arab States,sy"
EVENT = [1, 2016, 1, 1, 36.2, 37.17, 652, "2016-02-03", "2016-02-03", 2, "Aleppo"]


@pytest.fixture
def files(whc, ged):
    return whc([ALEPPO]), ged([EVENT, [2, *EVENT[1:]]])


def test_a_second_run_gives_the_same_bytes(files, tmp_path):
    for name in ("one", "two"):
        write_study(exposure_study([files[0]], [files[1]]), tmp_path / name)
    one, two = (
        {path.name: path.read_bytes() for path in sorted((tmp_path / name).iterdir())} for name in ("one", "two")
    )
    assert one == two
    assert {"report.html", "report.pdf", "manifest.json", "by-year.svg", "exposure.csv", "exposure.parquet"} <= set(one)


def test_the_manifest_ties_outputs_to_inputs(files, tmp_path):
    write_study(exposure_study([files[0]], [files[1]]), tmp_path / "out")
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text())
    assert {item["sha256"] for item in manifest["inputs"]} == {
        hashlib.sha256(path.read_bytes()).hexdigest() for path in files
    }
    for item in manifest["outputs"]:
        content = (tmp_path / "out" / item["path"]).read_bytes()
        assert (item["sha256"], item["bytes"]) == (hashlib.sha256(content).hexdigest(), len(content))
    assert len(manifest["outputs"]) == len(list((tmp_path / "out").iterdir())) - 1
    assert re.fullmatch("[0-9a-f]{64}", manifest["code_sha256"])


def test_csv_and_parquet_hold_the_same_rows(files, tmp_path):
    write_study(exposure_study([files[0]], [files[1]]), tmp_path)
    for path in tmp_path.glob("*.parquet"):
        columns = pq.read_table(path).to_pandas()
        text = pd.read_csv(path.with_suffix(".csv"))
        assert list(columns.columns) == list(text.columns)
        assert len(columns) == len(text)


class _Page(HTMLParser):
    def __init__(self):
        super().__init__()
        self.ids, self.refs, self.roles, self.language = [], [], [], None

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        self.language = values.get("lang", self.language) if tag == "html" else self.language
        self.ids += [values["id"]] if "id" in values else []
        self.refs += values.get("aria-labelledby", "").split()
        self.roles += [values["role"]] if "role" in values else []
        assert tag not in {"script", "iframe", "link"}


def test_the_page_is_whole_safe_and_described(files, tmp_path):
    write_study(exposure_study([files[0]], [files[1]]), tmp_path)
    text = (tmp_path / "report.html").read_text()
    page = _Page()
    page.feed(text)
    assert page.language == "en"
    assert len(page.ids) == len(set(page.ids))
    assert set(page.refs) <= set(page.ids)
    assert "img" in page.roles
    assert "<Aleppo>" not in text
    assert "association, never a cause" in text
    for name in re.findall(r'href="([^"#]+)"', text):
        assert (tmp_path / name).exists(), name


def test_the_pdf_is_one_tagged_page(files, tmp_path):
    write_study(exposure_study([files[0]], [files[1]]), tmp_path)
    pdf = (tmp_path / "report.pdf").read_bytes()
    assert pdf.startswith(b"%PDF-")
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) == 1
    assert b"/StructTreeRoot" in pdf


def test_a_table_beyond_memory_is_written_in_pieces(files, tmp_path):
    study = exposure_study([files[0]], [files[1]])
    pieces = {"exposure": iter([pd.DataFrame({"a": [1, 2]}), pd.DataFrame({"a": [3]})])}
    kept = tuple(table for table in study.tables if table.name != "exposure")
    write_study(type(study)(**{**vars(study), "tables": kept, "pieces": pieces}), tmp_path)
    assert pd.read_csv(tmp_path / "exposure.csv")["a"].tolist() == [1, 2, 3]
    assert pq.read_table(tmp_path / "exposure.parquet").to_pydict() == {"a": [1, 2, 3]}


def test_a_folder_that_cannot_be_written_is_said(files, tmp_path):
    (tmp_path / "taken").write_text("a file")
    with pytest.raises(EnvironmentFault, match="cannot write there"):
        write_study(exposure_study([files[0]], [files[1]]), tmp_path / "taken")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "\N{EN DASH}"),
        (float("nan"), "\N{EN DASH}"),
        (0.03, "0.03"),
        (7.194, "7.19"),
        (True, "yes"),
        (12, "12"),
        (19753, "19,753"),
    ],
)
def test_cells_are_short(value, text):
    assert cell(value) == text


def test_the_command_writes_and_prints(files, tmp_path, capsys):
    arguments = [
        "study",
        "exposure",
        "--sites",
        str(files[0]),
        "--events",
        str(files[1]),
        "--out",
        str(tmp_path / "out"),
    ]
    assert main([*arguments, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["study"] == "exposure"
    assert main(arguments) == 0
    assert "Organized violence near cultural sites" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["exposure", "--sites", "none.csv", "--events", "none.csv"], "none.csv: there is no such file"),
        (["exposure", "--sites", "a", "--events", "b", "--radius", "near"], "expected kilometres as 2,5,10"),
        (["exposure", "--sites", "a", "--events", "b", "--precision", "9"], "where_prec runs from 1 to 7"),
        (["danger", "--sites", "a", "--violence", "b", "--years", "90s"], "expected years as 1989-2022"),
    ],
)
def test_wrong_use_is_one_line_and_exit_2(arguments, says, capsys, tmp_path):
    assert main(["study", *arguments, "--out", str(tmp_path / "out")]) == 2
    error = capsys.readouterr().err
    assert says in error
    assert len(error.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_danger_and_recovery_of_a_small_list_give_the_same_bytes_again(whc, violence, make, tmp_path, monkeypatch):
    """Countries with war and without, wars that end and come back, listings and removals; few draws, since what is drawn is seeded alike."""
    rows = [
        f"{10 * country + n},Site {n} of {code},{1980 + n},{danger},{country},{10 + n},{kind},Europe,{code}"
        for country, code in enumerate(("fr", "de", "it", "es"))
        for n, (kind, danger) in enumerate(
            (
                ("Cultural", f"P {1996 + country}-{2004 + country}"),
                ("Cultural", "Y 2001"),
                ("Cultural", ""),
                ("Natural", "Y 2002"),
            )
        )
    ]
    codes = {220: 0, 260: 3, 325: 1, 230: 2}
    deaths = violence(
        [
            (code, year, 2000 if 1994 + late <= year <= 2000 + late or year == 2010 else 0)
            for code, late in codes.items()
            for year in range(1989, 2025)
        ]
    )
    ended = [
        f'1,{code},{year},{int(year == 2000 + late)},,2,"{code}"'
        for code, late in codes.items()
        for year in range(1994 + late, 2001 + late)
    ]
    terms = make("term.csv", "dyadep_id,dyad_id,year,dyadterm,ependdate,outcome,gwno_loc", ended)
    sites, made = whc([*rows, "99,New,2021,,5,15,Cultural,Europe,fr"]), []
    monkeypatch.setattr(_danger_robustness, "_CHOICES", _danger_robustness._CHOICES[:1])
    for name in ("one", "two"):
        write_study(danger_study([sites], deaths, last=2020), tmp_path / name / "danger")
        write_study(recovery_study(sites=[sites], terminations=terms, violence=deaths), tmp_path / name / "recovery")
        made.append(
            {
                path.relative_to(tmp_path / name): path.read_bytes()
                for path in (tmp_path / name).rglob("*")
                if path.is_file()
            }
        )
    assert made[0].keys() == made[1].keys()
    assert [path for path in made[0] if made[0][path] != made[1][path]] == []
    assert {path.name for path in made[0]} >= {"report.html", "report.pdf", "manifest.json"}


@pytest.mark.skipif(not LONG, reason="takes minutes: make test-long")
@pytest.mark.parametrize("study", ["danger", "recovery"])
def test_a_study_of_the_real_data_gives_the_same_bytes_again(study, shared_data, tmp_path):
    """In two processes that order their sets and hashes otherwise."""
    registers, conflict = shared_data / "registers", shared_data / "conflict"
    editions = {"danger": ("2019", "2021", "2023"), "recovery": ("2021", "2023")}[study]
    sites = [registers / f"whc-sites-{year}.csv" for year in editions]
    given = ["--sites", *sites, "--violence", conflict / "organizedviolencecy_v25_1.csv"]
    given += ["--terminations", conflict / "ucdp-term-dyad-3-2021.csv"] if study == "recovery" else []
    made = []
    for seed in ("1", "2"):
        command = [sys.executable, "-m", "vestige.cli", "study", study, *given, "--out", tmp_path / seed]
        subprocess.run(
            list(map(str, command)), check=True, capture_output=True, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        files = [path for path in (tmp_path / seed).rglob("*") if path.is_file()]
        made.append({path.relative_to(tmp_path / seed).as_posix(): path.read_bytes() for path in files})
    assert made[0].keys() == made[1].keys()
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []
