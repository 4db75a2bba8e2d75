"""One thread watches all deadlines of a process: each is called once, or forgotten, whatever the others do."""

import os
import threading
import time
from functools import partial
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.deadlines import Deadlines, after, forget

FAR = 3600


def watching():
    return [thread for thread in threading.enumerate() if thread.name == "deadlines"]


def test_they_are_called_in_the_order_of_their_moments(monkeypatch):
    deadlines, called, done = Deadlines(), [], threading.Event()
    with deadlines._changed, monkeypatch.context() as stopped:  # nothing is called before all are there
        stopped.setattr("vestige.deadlines.time", SimpleNamespace(monotonic=partial(float, time.monotonic())))
        deadlines.after(0.03, done.set)
        for name in (2, 0, 1):
            deadlines.after(0.01 * name / 2, partial(called.append, name))
    assert done.wait(60)
    assert called == [0, 1, 2]


def test_one_that_is_forgotten_is_not_called_and_one_that_passed_says_so():
    deadlines, called, done = Deadlines(), [], threading.Event()
    with deadlines._changed:
        forgotten = deadlines.after(0, partial(called.append, "forgotten"))
        assert deadlines.forget(forgotten)
        assert not deadlines.forget(forgotten)
        passed = deadlines.after(0.01, done.set)
    assert done.wait(60)
    assert not deadlines.forget(passed)
    assert called == []


def test_an_earlier_one_is_not_late_for_a_later_one():
    deadlines, done = Deadlines(), threading.Event()
    deadlines.after(FAR, lambda: None)
    deadlines.after(0, done.set)
    assert done.wait(60)


def test_what_a_callback_raises_is_told_and_takes_nothing_from_the_others(capsys):
    deadlines, done = Deadlines(), threading.Event()
    deadlines.after(0, lambda: 1 / 0)
    deadlines.after(0.01, done.set)
    assert done.wait(60)
    assert "ZeroDivisionError" in capsys.readouterr().err


def test_thousands_that_are_forgotten_at_once_take_one_thread_and_no_room():
    before = len(watching())
    deadlines = Deadlines()
    kept = [deadlines.after(FAR, lambda: None) for _ in range(10)]
    for _ in range(5_000):
        assert deadlines.forget(deadlines.after(FAR, lambda: None))
    assert len(watching()) == before + 1
    assert len(deadlines._heap) < 200
    assert all(deadlines.forget(one) for one in kept)


@given(st.lists(st.booleans(), max_size=200))
def test_what_was_not_forgotten_is_still_waited_for(forgotten):
    deadlines = Deadlines()
    made = [deadlines.after(FAR + number, lambda: None) for number in range(len(forgotten))]
    for one, leaves in zip(made, forgotten, strict=True):
        assert not leaves or deadlines.forget(one)
    waiting = {one for one in deadlines._heap if one.callback is not None}
    assert waiting == {one for one, leaves in zip(made, forgotten, strict=True) if not leaves}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_a_child_has_a_thread_of_its_own():
    forget(after(FAR, lambda: None))
    child = os.fork()
    if not child:
        done = threading.Event()
        after(0, done.set)
        os._exit(0 if done.wait(60) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
