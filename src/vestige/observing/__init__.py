"""Arrays and scenes in; tested change out. Knows nothing of records."""

from vestige.observing._alerts import Alerts, read_alerts
from vestige.observing._baselines import PixelTest, pixel_t_test
from vestige.observing._change import METHOD, test_change, test_changes
from vestige.observing._chips import before_and_after
from vestige.observing._combine import Dependence, Ranked, combine, combine_p_values, rank
from vestige.observing._errors import SeriesError
from vestige.observing._expectation import Expectation, expectation
from vestige.observing._folder import SeriesFolder, read_folder
from vestige.observing._interval import parse_window
from vestige.observing._result import LEVEL, NO_CONTROLS, Abstention, Change
from vestige.observing._sentinel2 import clear, optical_series, reflectance
from vestige.observing._series import Series
from vestige.observing._survey import Together, moved_together, survey, survey_region
from vestige.observing._timeline import time_line

__all__ = [
    "LEVEL",
    "METHOD",
    "NO_CONTROLS",
    "Abstention",
    "Alerts",
    "Change",
    "Dependence",
    "Expectation",
    "PixelTest",
    "Ranked",
    "Series",
    "SeriesError",
    "SeriesFolder",
    "Together",
    "before_and_after",
    "clear",
    "combine",
    "combine_p_values",
    "expectation",
    "moved_together",
    "optical_series",
    "parse_window",
    "pixel_t_test",
    "rank",
    "read_alerts",
    "read_folder",
    "reflectance",
    "survey",
    "survey_region",
    "test_change",
    "test_changes",
    "time_line",
]
