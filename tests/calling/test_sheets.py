"""Sheets and the recount: twelve tamperings, each named with file and number."""

import hashlib
import itertools

import msgspec
import numpy as np
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from vestige.calling import (
    Audited,
    SheetError,
    Step,
    as_sheet,
    bounds_of,
    doubled_across,
    ends_of,
    positions_file,
    prefixes,
    read_sheet,
    recount,
    sample_positions,
    sample_seed,
    standing_at,
)
from vestige.entries import Assessor, Name, sign_inner
from vestige.entries.acts import Audit, Call, Draw, Ending, Funding, SealKey, Tally, Wording, nonce_commitment

ID = "abcdefghijklmnop"
KEY = Ed25519PrivateKey.from_private_bytes(b"sample key of these tests only!!")
OTHER_KEY = Ed25519PrivateKey.from_private_bytes(b"another key of these tests only!")
NONCE = "cd" * 32
CALL = Call(
    titles=(Name(text="A sample call"),),
    promoter=f"actor:{ID}",
    asks="peace",
    opens="2026-11-01",
    texts=(Wording(language="en", file="ab" * 32),),
    modes=("counted",),
    paid_by=(Funding(by="not disclosed"),),
    keep_until="2027-06-01",
    sealed_to=(SealKey(name="A sample auditor", key="A" * 43 + "="),),
)


def leaves(start, count):
    return [hashlib.sha256(f"{number}".encode()).digest() for number in range(start, start + count)]


class Crowd:
    """A call with three sheets of fifty, twenty endings, and an audit: what a keeper publishes, with the files by their hashes."""

    def __init__(self):
        self.files = {}
        self.steps = []
        total = 0
        for number in (1, 2, 3):
            sheet, total = self.keep(as_sheet(leaves(total, 50))), total + 50
            endings, ended = (), 0
            if number > 1:
                ended = 20
            if number == 2:
                endings = (Ending(file=self.keep(as_sheet(leaves(10, 20))), why="asked", count=20),)
            tally = Tally(
                call=f"call:{ID}",
                wording=CALL.wording(),
                number=number,
                sheet=sheet,
                count=50,
                total=total,
                ended=ended,
                endings=endings,
                closed=f"2026-11-0{number}",
                method="mail",
            )
            self.steps.append(Step(f"{number}" * 64, tally, 10 * number))
        self.audits = [self.audit()]

    def keep(self, data):
        name = hashlib.sha256(data).hexdigest()
        self.files[name] = data
        return name

    def audit(self):
        auditor = Assessor(name="A sample auditor")
        draw = sign_inner(Draw(call=f"call:{ID}", auditor=auditor, size=40, committed=nonce_commitment(NONCE)), KEY)
        drawn = sample_positions(sample_seed(self.steps[-1].entry, NONCE), 40, 130)
        fields = {
            "call": f"call:{ID}",
            "tally": self.steps[-1].entry,
            "draw": "9" * 64,
            "nonce": NONCE,
            "auditor": auditor,
            "drawn": self.keep(positions_file(drawn)),
            "asked": 40,
            "yes": 25,
            "no": 2,
            "silent": 10,
            "bounced": 3,
            "method": "Each was asked by mail, twice.",
        }
        bare = Audit(**fields, bad_at_most=0, bad_at_worst=1)
        return Audited("8" * 64, sign_inner(Audit(**fields, **dict(bounds_of(bare))), KEY), draw, 7)

    def change(self, which, **changes):
        step = self.steps[which - 1]
        self.steps[which - 1] = msgspec.structs.replace(step, tally=msgspec.structs.replace(step.tally, **changes))

    def reaudit(self, key=KEY, **changes):
        one = self.audits[0]
        unsigned = msgspec.structs.replace(one.audit, signed=None, **changes)
        self.audits = [Audited(one.entry, sign_inner(unsigned, key), one.draw, one.draw_at)]

    def redraw(self, at):
        self.audits = [msgspec.structs.replace(one, draw_at=at) for one in self.audits]

    def recount(self):
        return recount(CALL, self.steps, self.files.get, self.audits)


def test_an_untouched_crowd_counts_again_as_it_was_published():
    result = Crowd().recount()
    assert (result.sheets, result.counted, result.ended, result.standing) == (3, 150, 20, 130)
    assert result.findings == ()


def resheet(crowd, number, rows, **changes):
    """Put another sheet in the place of one, the tally changed to name it: what a keeper could sign."""
    crowd.change(number, sheet=crowd.keep(b"".join(rows)), **changes)


def rows_of(crowd, number):
    data = crowd.files[crowd.steps[number - 1].tally.sheet]
    return [data[i : i + 32] for i in range(0, len(data), 32)]


def swap_file(crowd, number, rows):
    """Alter the file that a tally names: what a host could do."""
    crowd.files[crowd.steps[number - 1].tally.sheet] = b"".join(rows)


def added(crowd):
    swap_file(crowd, 2, sorted([*rows_of(crowd, 2), leaves(900, 1)[0]]))
    return crowd.steps[1].tally.sheet, 51, "not the file that was committed to"


def dropped(crowd):
    resheet(crowd, 2, rows_of(crowd, 2)[1:])
    return crowd.steps[1].tally.sheet, 49, "the sheet holds 49"


def doubled_in_a_sheet(crowd):
    rows = rows_of(crowd, 2)
    resheet(crowd, 2, [*rows[:5], rows[4], *rows[5:-1]])
    return crowd.steps[1].tally.sheet, 6, "repeats the commitment"


def doubled_across_sheets(crowd):
    rows = sorted([rows_of(crowd, 1)[7], *rows_of(crowd, 3)[1:]])
    resheet(crowd, 3, rows)
    return crowd.steps[2].tally.sheet, rows.index(rows_of(crowd, 1)[7]) + 1, "at row 8 too"


def unsorted(crowd):
    rows = rows_of(crowd, 2)
    rows[10], rows[11] = rows[11], rows[10]
    resheet(crowd, 2, rows)
    return crowd.steps[1].tally.sheet, 12, "not ascending"


def truncated(crowd):
    resheet(crowd, 2, [*rows_of(crowd, 2)[:-1], rows_of(crowd, 2)[-1][:20]])
    return crowd.steps[1].tally.sheet, 50, "cut short"


def count_off(crowd):
    crowd.change(3, total=151)
    return crowd.steps[2].entry, 150, "says 151 in all"


def ending_of_a_stranger(crowd):
    rows = sorted([*leaves(10, 19), leaves(900, 1)[0]])
    file = crowd.keep(b"".join(rows))
    crowd.change(2, endings=(Ending(file=file, why="asked", count=20),))
    return file, rows.index(leaves(900, 1)[0]) + 1, "stands in no sheet"


def ended_twice(crowd):
    file = crowd.keep(as_sheet(leaves(29, 20)))
    crowd.change(3, endings=(Ending(file=file, why="bounced", count=20),), ended=40)
    return file, sorted(leaves(29, 20)).index(leaves(29, 1)[0]) + 1, "ended before"


def wording_swapped(crowd):
    crowd.change(2, wording="ef" * 32)
    return crowd.steps[1].entry, 2, "another wording"


def positions_off(crowd):
    data = crowd.files[crowd.audits[0].audit.drawn]
    rows = [int(row) for row in data.split()]
    name = crowd.keep(positions_file([*rows[:2], rows[2] + 1, *rows[3:]]))
    crowd.reaudit(drawn=name)
    return name, 3, "not those that the sample draws"


def bound_off(crowd):
    crowd.reaudit(bad_at_worst=0.2)
    return crowd.audits[0].entry, 2000, "bad_at_worst is"


TAMPERINGS = [
    added,
    dropped,
    doubled_in_a_sheet,
    doubled_across_sheets,
    unsorted,
    truncated,
    count_off,
    ending_of_a_stranger,
    ended_twice,
    wording_swapped,
    positions_off,
    bound_off,
]


@pytest.mark.parametrize("tamper", TAMPERINGS, ids=lambda one: one.__name__)
def test_each_of_twelve_tamperings_is_named_with_file_and_number(tamper):
    crowd = Crowd()
    file, number, says = tamper(crowd)
    findings = crowd.recount().findings
    assert [one for one in findings if (one.file, one.number) == (file, number) and says in one.what], findings


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (lambda crowd: crowd.files.pop(crowd.steps[0].tally.sheet), "not there"),
        (lambda crowd: crowd.change(2, number=4), "expected tally 2"),
        (lambda crowd: crowd.change(2, closing=True), "follows the closing"),
        (lambda crowd: crowd.change(2, ended=21), "says 21 ended, 20 did"),
        (lambda crowd: crowd.reaudit(tally="7" * 64), "last tally"),
        (lambda crowd: crowd.reaudit(nonce="ce" * 32), "not the one that its draw committed to"),
        (lambda crowd: crowd.reaudit(key=OTHER_KEY), "by another key than its draw"),
        (lambda crowd: crowd.redraw(31), "entered after the last tally"),
    ],
)
def test_other_faults_are_named_too(spoil, says):
    crowd = Crowd()
    spoil(crowd)
    assert any(says in one.what for one in crowd.recount().findings)


def test_an_audit_that_its_auditor_did_not_sign_is_named():
    crowd = Crowd()
    crowd.audits = [
        Audited(one.entry, msgspec.structs.replace(one.audit, signed=None), one.draw) for one in crowd.audits
    ]
    assert ["not signed" in one.what for one in crowd.recount().findings] == [True]


def test_an_auditor_who_does_not_open_the_number_is_shown():
    crowd = Crowd()
    crowd.audits = [Audited(one.entry, one.audit, None) for one in crowd.audits]
    assert ["is not opened" in one.what for one in crowd.recount().findings] == [True]


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
