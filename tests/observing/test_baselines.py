import numpy as np
import pytest
from scipy.stats import ttest_ind
from simulate import dates, series

from vestige.observing import Abstention, Series, pixel_t_test

AFTER = (dates(80)[68], dates(80)[78])


@pytest.mark.parametrize("variances", ["pooled", "welch"])
def test_each_pixel_is_tested_as_scipy_tests_it_alone(variances):
    one = series(np.random.default_rng(0))
    values = one.values.copy()
    values[3, 1, 2, 2] = np.nan
    result = pixel_t_test(Series(one.times, values, one.bands, one.orbit), AFTER, variances=variances)
    log = np.log(values[:, 1, 2, 2])
    past, window = log[:68], log[68:78]
    expected = ttest_ind(window, past[np.isfinite(past)], equal_var=variances == "pooled")
    assert np.isclose(result.statistic[1, 2, 2], expected.statistic)
    assert np.isclose(result.p_value[1, 2, 2], expected.pvalue)
    assert np.allclose(result.largest, np.abs(result.statistic).max(axis=0))
    assert variances in result.method


def test_a_pixel_without_dates_has_no_statistic_and_a_site_without_pixels_abstains():
    one = series(np.random.default_rng(1))
    values = one.values.copy()
    values[:, :, 0, 0] = np.nan
    result = pixel_t_test(Series(one.times, values, one.bands, one.orbit), AFTER)
    assert np.isnan(result.statistic[:, 0, 0]).all()
    assert np.isnan(result.largest[0, 0])
    assert np.isfinite(result.largest[1:]).all()
    assert result.abstained is None
    empty = pixel_t_test(Series(one.times, values * np.nan, one.bands, one.orbit), AFTER)
    assert empty.abstained == Abstention.NO_COVERAGE
