"""Every case gives its right value."""

import pytest

from tests.cases.checks import RASTERS, SLOW
from tests.cases.table import Desk, cases


@pytest.mark.parametrize(
    "case",
    [pytest.param(case, marks=[pytest.mark.long] * (case.number in SLOW), id=case.number) for case in cases()],
)
def test_the_right_value(case, tmp_path):
    if case.needs_rasters and not RASTERS[case.number].is_dir():
        pytest.skip("needs the rasters in ../shared/cases, which are not part of the project")
    case.check(Desk(tmp_path))


def test_no_case_is_left_out():
    assert len(cases()) == 44
    assert all(case.kind and case.before for case in cases())
