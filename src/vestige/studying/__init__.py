"""Peace and culture: exposure, hazard, recovery, fires near sites.

Each ``…_study`` reads files, checks them strictly, and gives a `Study` of values; `write_study` makes it files: tidy tables,
figures, a one-page report in HTML and PDF, and a manifest of hashes. Everything said is an association, never a cause.
"""

from vestige.studying._catalogue import PATTERNS, Dataset, dataset, datasets
from vestige.studying._danger import danger_study, reproduce_levin
from vestige.studying._editions import in_danger, load_editions
from vestige.studying._enter import Entered, enter_study
from vestige.studying._errors import (
    ColumnsError,
    EditionError,
    EmptyStudyError,
    FetchError,
    PlaceError,
    StudyInputError,
)
from vestige.studying._events import load_events
from vestige.studying._exposure import exposure_study
from vestige.studying._fetch import fetch
from vestige.studying._fires import fires_study
from vestige.studying._near import Places, count_near
from vestige.studying._recovery import recovery_study
from vestige.studying._sites import load_sites
from vestige.studying._study import Figure, Study, Table
from vestige.studying._violence import load_country_years
from vestige.studying._write import write_study

__all__ = [
    "PATTERNS",
    "ColumnsError",
    "Dataset",
    "EditionError",
    "EmptyStudyError",
    "Entered",
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
    "enter_study",
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
