"""Sheets and the recount: twelve tamperings, each named with file and number."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.calling.crowds import OTHERS, TAMPERINGS, Crowd
from vestige.calling import (
    SheetError,
    as_sheet,
    doubled_across,
    ends_of,
    prefixes,
    read_sheet,
    standing_at,
)


def test_an_untouched_crowd_counts_again_as_it_was_published():
    result = Crowd().recount()
    assert (result.sheets, result.counted, result.ended, result.standing) == (3, 150, 20, 130)
    assert result.findings == ()


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda one: one.__name__)
def test_each_of_twelve_tamperings_is_named_with_file_and_number(tamper):
    crowd = Crowd()
    named = tamper(crowd)
    findings = crowd.recount().findings
    assert named in [(one.file, one.number, one.rule) for one in findings], findings


@pytest.mark.parametrize(("spoil", "rule"), OTHERS.values(), ids=OTHERS)
def test_other_faults_are_named_too(spoil, rule):
    crowd = Crowd()
    spoil(crowd)
    assert rule in {one.rule for one in crowd.recount().findings}


@given(
    st.lists(st.sets(st.sampled_from([bytes(8) + bytes([b]) * 24 for b in range(12)]), max_size=6), max_size=4),
    st.sets(st.sampled_from([bytes(8) + bytes([b]) * 24 for b in range(12)]), max_size=4),
    st.data(),
)
def test_positions_are_counted_over_what_stands_in_the_order_of_sheets_and_rows(sets, gone, data):
    standing = [row for rows in sets for row in sorted(rows) if row not in gone]
    positions = sorted(data.draw(st.sets(st.sampled_from(range(len(standing)))))) if standing else []
    sheets = [read_sheet(as_sheet(rows), "sheet") for rows in sets]
    assert standing_at(sheets, [read_sheet(as_sheet(gone), "ending")], positions) == [standing[at] for at in positions]


@given(st.lists(st.binary(min_size=32, max_size=32), max_size=40, unique=True))
def test_a_sheet_is_read_back_in_order(rows):
    assert [row.tobytes() for row in read_sheet(as_sheet(rows), "sheet")] == sorted(rows)


@given(st.lists(st.sampled_from([bytes([a]) * 8 + bytes([b]) * 24 for a in range(3) for b in range(3)]), max_size=9))
def test_what_reads_is_exactly_what_ascends(rows):
    """An oracle in plain Python, over rows that share their first eight bytes."""
    fine = all(a < b for a, b in itertools.pairwise(rows))
    if fine:
        assert len(read_sheet(b"".join(rows), "sheet")) == len(rows)
        return
    with pytest.raises(SheetError) as refused:
        read_sheet(b"".join(rows), "sheet")
    assert not rows[refused.value.row - 2] < rows[refused.value.row - 1]


@given(st.lists(st.sets(st.sampled_from([bytes(8) + bytes([b]) * 24 for b in range(12)]), max_size=6), max_size=4))
def test_doubles_and_endings_are_found_where_first_bytes_are_equal(sets):
    sheets = [read_sheet(as_sheet(rows), "sheet") for rows in sets]
    found = doubled_across([prefixes(sheet) for sheet in sheets], lambda sheet, row: sheets[sheet][row].tobytes())
    in_two = {row for i, one in enumerate(sets) for other in sets[:i] for row in one & other}
    assert bool(found) == bool(in_two)
    sought = read_sheet(as_sheet({bytes(8) + bytes([b]) * 24 for b in (1, 5)}), "ending")
    for row, where in zip(sought, ends_of(sheets, sought), strict=True):
        holders = [number for number, rows in enumerate(sets) if row.tobytes() in rows]
        assert (where in holders) if holders else where == -1
    assert isinstance(found, list) and all(isinstance(n, int | np.integer) for one in found for n in one)
