"""Peace and culture: exposure, hazard, recovery, fires near sites.

Each ``…_study`` reads files, checks them strictly, and gives a `Study` of values; `write_study` makes it files: tidy tables,
figures, a one-page report in HTML and PDF, and a manifest of hashes. Everything said is an association, never a cause.
"""

from vestige.studying._errors import (
    ColumnsError,
    EditionError,
    EmptyStudyError,
    FetchError,
    PlaceError,
    StudyInputError,
)
from vestige.studying._study import Figure, Study, Table
from vestige.studying.danger._study import danger_study, reproduce_levin
from vestige.studying.data._editions import in_danger, load_editions
from vestige.studying.data._events import load_events
from vestige.studying.data._sites import load_sites
from vestige.studying.data._violence import load_country_years
from vestige.studying.exposure._study import exposure_study
from vestige.studying.fetching._catalogue import PATTERNS, Dataset, dataset, datasets
from vestige.studying.fetching._fetch import fetch
from vestige.studying.fires._study import fires_study
from vestige.studying.recovery._study import recovery_study
from vestige.studying.report._write import write_study
from vestige.studying.statistics._near import Places, count_near

__all__ = [
    "PATTERNS",
    "ColumnsError",
    "Dataset",
    "EditionError",
    "EmptyStudyError",
    "FetchError",
    "Figure",
    "PlaceError",
    "Places",
    "Study",
    "StudyInputError",
    "Table",
    "count_near",
    "danger_study",
    "dataset",
    "datasets",
    "exposure_study",
    "fetch",
    "fires_study",
    "in_danger",
    "load_country_years",
    "load_editions",
    "load_events",
    "load_sites",
    "recovery_study",
    "reproduce_levin",
    "write_study",
]
