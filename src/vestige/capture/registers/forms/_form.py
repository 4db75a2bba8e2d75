"""What a form of register is: known by its headings, and how a row of it becomes a site."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.capture.registers._assessments import RegisterAssessment
from vestige.capture.registers._rows import Row
from vestige.entries import Site


class Form(NamedTuple):
    """One form of register: its name, whether headings are its own, what makes a site of a row, and an assessment, if it has any.

    ``taken`` says what a new edition's headings were taken for, where they are not those that are known.
    """

    name: str
    fits: Callable[[frozenset[str]], bool]
    read: Callable[[Row], Site]
    assess: Callable[[Row], RegisterAssessment | None] | None = None
    taken: Callable[[frozenset[str]], tuple[str, ...]] = lambda _: ()
