import numpy as np
import pytest
from simulate import dates

from vestige.observing import Series, SeriesError

TIMES = dates(4)


def make(times=TIMES, shape=(4, 2, 3, 3), bands=("VV", "VH"), **kwargs):
    return Series(times, np.ones(shape), bands, "T001", **kwargs)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"shape": (5, 2, 3, 3)}, "expected 4 dates"),
        ({"shape": (4, 3, 3, 3)}, "2 bands"),
        ({"shape": (4, 2, 9)}, r"\(T, band, y, x\)"),
        ({"bands": ("VV", "VV")}, "its own name"),
        ({"times": TIMES[::-1]}, "must ascend"),
        ({"times": TIMES[[0, 1, 1, 2]]}, "must ascend"),
        ({"times": np.array([*TIMES[:3], "NaT"], "datetime64[s]")}, "NaT"),
        ({"platform": ["S1A", "S1B"]}, "one name or 4"),
        ({"scenes": ["a"]}, "one name or 4"),
    ],
)
def test_a_series_that_makes_no_sense_is_refused(change, message):
    with pytest.raises(SeriesError, match=message):
        make(**change)


def test_values_that_are_no_power_are_absent_and_the_callers_array_is_left_alone():
    values = np.ones((4, 1, 1, 3))
    values[0, 0, 0] = [0, -1, np.inf]
    series = Series(TIMES, values, ("VV",), "T001")
    assert np.isnan(series.values[0]).all()
    assert values[0, 0, 0, 0] == 0
    with pytest.raises(ValueError, match="read-only"):
        series.values[0] = 1


def test_text_is_no_value():
    with pytest.raises(SeriesError, match="expected numbers"):
        Series(TIMES, np.full((4, 1, 1, 1), "x"), ("VV",), "T001")


def test_one_platform_stands_for_all_dates():
    assert make(platform="S1A").platform == ("S1A",) * 4
