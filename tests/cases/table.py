"""Forty-four kinds of input, each from a public report, with how each stood when it was filed and the check of its right value.

``python -m tests.cases.table`` prints the table. A check raises `AssertionError` where the right value is not given; it is handed a
`Desk`: an empty folder, and ``vestige`` to run in it. Rasters are not copied: their checks want ``../shared/cases``.
"""

import io
import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

from tests.cases import checks
from tests.cases.checks import INPUTS, RASTERS
from vestige.cli import main


class Desk(NamedTuple):
    """A folder to work in."""

    folder: Path

    def __call__(self, *arguments: object, code: int = 0) -> str:
        """Run a command in the folder and give all that it printed."""
        before, printed = Path.cwd(), io.StringIO()
        os.chdir(self.folder)
        try:
            with redirect_stdout(printed), redirect_stderr(printed):
                got = main([str(part) for part in arguments])
        finally:
            os.chdir(before)
        assert got == code, printed.getvalue()
        return printed.getvalue()

    def take(self, name: str, as_name: str | None = None) -> Path:
        """Copy an input into the folder."""
        path = self.folder / (as_name or name.partition("-")[2])
        path.write_bytes((INPUTS / name).read_bytes())
        return path


class Case(NamedTuple):
    """One kind of input."""

    number: str
    kind: str
    before: str
    """How it stood when it was filed: the worst of wrong without a word, refused, right."""
    check: Callable[[Desk], None]

    @property
    def needs_rasters(self) -> bool:
        """Whether its input is not copied into the tests."""
        return self.number in RASTERS


def cases() -> list[Case]:
    """Give all cases in order; each check says its kind and how it stood in the first line of its text: "kind; how"."""
    found = []
    for name in sorted(name for name in vars(checks) if re.fullmatch(r"case_\d\d", name)):
        check = getattr(checks, name)
        kind, _, before = (check.__doc__ or "").splitlines()[0].rstrip(".").rpartition("; ")
        found.append(Case(name[-2:], kind, before, check))
    return found


def now(case: Case) -> str:
    """Say whether a case gives its right value now."""
    if case.needs_rasters and not RASTERS[case.number].is_dir():
        return "not tried: needs ../shared/cases"
    with tempfile.TemporaryDirectory() as folder:
        try:
            case.check(Desk(Path(folder)))
        except (AssertionError, ValueError, LookupError, StopIteration) as error:
            return f"wrong: {' '.join(str(error).split())[:100]}"
    return "right"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as data:
        os.environ["VESTIGE_DATA"] = data
        wrong = 0
        for one in cases():
            said = now(one)
            wrong += said.startswith("wrong")
            print(f"| {one.number} | {one.kind} | {one.before} | {said} |", flush=True)
    sys.exit(wrong > 0)
