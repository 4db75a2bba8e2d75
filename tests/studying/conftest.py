"""Small files of every kind, made here, and the real ones where they lie beside the project."""

from pathlib import Path

import pytest

from vestige.studying.data._editions import load_editions
from vestige.studying.data._events import load_events
from vestige.studying.data._violence import load_country_years

WHC_HEAD = "id_no,name_en,date_inscribed,danger_list,longitude,latitude,category,region_en,iso_code"
CY_HEAD = (
    "country_id_cy,country_cy,year_cy,cumulative_total_deaths_in_orgvio_best_cy,cumulative_total_deaths_in_orgvio_low_cy,"
    "cumulative_total_deaths_in_orgvio_high_cy,sb_total_deaths_best_cy"
)
GED_HEAD = (
    "id,year,type_of_violence,where_prec,latitude,longitude,country_id,date_start,date_end,best,where_coordinates"
)


@pytest.fixture
def make(tmp_path):
    """Write a CSV of a header and rows (lists or ready lines) and give its path."""

    def write(name, head, rows, encoding="utf-8"):
        path = tmp_path / name
        lines = [row if isinstance(row, str) else ",".join(str(cell) for cell in row) for row in rows]
        path.write_bytes(("\n".join([head, *lines]) + "\n").encode(encoding))
        return path

    return write


@pytest.fixture
def whc(make):
    def write(rows, name="whc.csv", head=WHC_HEAD, **options):
        return make(name, head, rows, **options)

    return write


@pytest.fixture
def violence(make):
    def write(rows, name="cy.csv"):
        return make(
            name, CY_HEAD, [(code, f"Country {code}", year, best, best, best, best) for code, year, best in rows]
        )

    return write


@pytest.fixture
def ged(make):
    def write(rows, name="ged.csv"):
        return make(name, GED_HEAD, rows)

    return write


@pytest.fixture(scope="session")
def edition_files(shared_data):
    return [shared_data / "registers" / f"whc-sites-{year}.csv" for year in (2019, 2021, 2023)]


@pytest.fixture(scope="session")
def editions(edition_files):
    return load_editions(edition_files)


@pytest.fixture(scope="session")
def country_year_file(shared_data) -> Path:
    return shared_data / "conflict" / "organizedviolencecy_v25_1.csv"


@pytest.fixture(scope="session")
def country_years(country_year_file):
    return load_country_years(country_year_file)


@pytest.fixture(scope="session")
def syria_file(shared_data) -> Path:
    return shared_data / "conflict" / "ucdp_syria_df.rda"


@pytest.fixture(scope="session")
def syria(syria_file):
    return load_events([syria_file])
