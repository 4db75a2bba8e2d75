"""What every command prints with: tables for people, JSON for programs, progress for the patient."""

import sys
from typing import Any

import msgspec
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from vestige.errors import InputError
from vestige.printable import escaped_json, shown

__all__ = ["TextConsole", "ask_for_good", "err", "fail", "out", "print_json", "progress", "shown"]


class TextConsole(Console):
    """A console that shows every string as text: no markup, no control sequence of the terminal."""

    def render_str(self, text: str, **options: Any) -> Text:
        return super().render_str(shown(text), **options)


out = TextConsole(highlight=False, soft_wrap=True, markup=False)
err = TextConsole(stderr=True, highlight=False, soft_wrap=True, markup=False)


def fail(message: str, *, hint: str | None = None) -> int:
    """Say in one line on standard error what is wrong, and give exit code 2."""
    line = f"vestige: {message}" + (f" ({hint})" if hint else "")
    print(shown(" ".join(line.splitlines())), file=sys.stderr)
    return 2


def print_json(value: Any) -> None:
    """Print any msgspec-encodable value as indented JSON, scripts unescaped."""
    print(escaped_json(msgspec.json.format(msgspec.json.encode(value), indent=2).decode()))


def progress() -> Progress:
    """Give a progress bar on standard error; it draws nothing where that is no terminal."""
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )


def ask_for_good(what: str, where: str, *, unless: str) -> None:
    """Ask whether something that cannot be undone may be done. Raises InputError where nobody is there, or the answer is not yes."""
    if not sys.stdin.isatty():
        raise InputError("expected a person who says yes, got nobody to ask", where=where, hint="say it: --yes")
    if input(f"{what}? yes or no > ").strip().casefold() not in {"y", "yes"}:
        raise InputError(f"{unless}: the answer was not yes", where=where)
