"""What became of an undertaking, and numbers that cannot all be so."""

import datetime as dt

import pytest

from vestige.entries import Figure, Speaker, Statement
from vestige.entries.acts import Claim, Undertaking, contradict, progress_of

ACT = "undertaking:abcdefghijklmnop"
BOUND = "actor:bbbbbbbbbbbbbbbb"
BODY = Undertaking(statement="statement:abcdefghijklmnop", bound=(BOUND,), what="To open the site to both.", due="2025")
TODAY = dt.date(2026, 11, 1)


def said(progress, name=None, actor=None, status="confirmed", acts=(ACT,)):
    return Statement(
        source="source:abcdefghijklmnop",
        content="A sample statement.",
        manner="direct",
        speaker=Speaker(name=name, actor=actor),
        status=status,
        acts=acts,
        progress=progress,
    )


@pytest.mark.parametrize(
    ("statements", "state"),
    [
        ([], "nobody has said"),
        ([said("kept", actor=BOUND)], "nobody has said"),
        ([said("kept", "A")], "single"),
        ([said("kept", "A"), said("kept", "A")], "single"),
        ([said("kept", "A"), said("kept", actor=BOUND)], "single"),
        ([said("kept", "A"), said("kept", "B")], "kept"),
        ([said("partly", "A"), said("partly", "B")], "partly"),
        ([said("kept", "A"), said("kept", "B"), said("not kept", "C")], "contested"),
        ([said("not kept", "A"), said("not kept", "B"), said("kept", actor=BOUND)], "contested"),
        ([said("not kept", "A"), said("kept", "A"), said("kept", "B")], "kept"),
        ([said("kept", "A"), said("kept", "B", status="candidate")], "single"),
        ([said("kept", "A"), said("kept", "B", acts=("undertaking:ponmlkjihgfedcba",))], "single"),
    ],
)
def test_the_bound_partys_word_never_suffices(statements, state):
    assert progress_of(ACT, BODY, statements, 2, TODAY).state == state


@pytest.mark.parametrize(("today", "overdue"), [(dt.date(2025, 12, 31), False), (dt.date(2026, 1, 1), True)])
def test_overdue_begins_after_the_last_day_that_the_term_can_mean(today, overdue):
    assert progress_of(ACT, BODY, [], 2, today).overdue is overdue


def test_numbers_that_cannot_all_be_so_are_told():
    def claims(*figures):
        return [Claim("s", "x", Figure(counts="participants", number=number, said=how)) for number, how in figures]

    assert contradict(claims((800, "about"), (1500, "about")))
    assert not contradict(claims((46, "exactly"), (40, "at least")))
    assert contradict(claims((46, "exactly"), (40, "at least"), (45, "at most")))
    assert not contradict([])
