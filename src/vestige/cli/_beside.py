"""Asking whether what is nearly the same as what stands is to be entered beside it."""

import sys
from collections.abc import Callable
from typing import TypeVar

from vestige.cli._console import out
from vestige.keeping.adding import AlikeError

Entered = TypeVar("Entered")


def entered(enter: Callable[[bool], Entered], *, yes: bool) -> Entered:
    """Enter something; where nearly the same stands, ask a person at a terminal, unless they said yes. Raises AlikeError."""
    try:
        return enter(yes)
    except AlikeError as alike:
        if not sys.stdin.isatty():
            raise
        out.print(str(alike))
        if input("enter it beside that one? yes or no > ").strip().casefold() not in {"y", "yes"}:
            raise
        return enter(True)
