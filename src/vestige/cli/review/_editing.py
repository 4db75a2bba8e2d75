"""Editing a candidate at the keyboard: a key chooses a field, a line gives it anew, and an error in one loses none of the others."""

from vestige.cli._console import out
from vestige.cli.review._keys import ask_key, ask_line
from vestige.errors import InputError
from vestige.keeping.candidates import EMPTY, FIELDS, Choice, Editing, Field

_BY_KEY = {field.key: field for field in FIELDS}
_KEYS = "Enter confirms it so · x leaves it as it was"


def edit(editing: Editing) -> bool:
    """Edit until the person confirms, and tell whether they did. Raises EOFError at the end of the input."""
    while True:
        for field in FIELDS:
            lines = editing.shown(field.name)
            several = len(lines) > 1 or field.name in {"places", "sites"}
            shown = "; ".join(f"{at} {line}" if several else line for at, line in enumerate(lines, 1))
            out.print(f"  {field.key} {field.name}: {shown or 'none'}")
        key = ask_key(f"field, or {_KEYS} > ")
        if key == "":
            return True
        if key in {"x", "q"}:
            return False
        if key in _BY_KEY:
            _change(editing, _BY_KEY[key])
        else:
            out.print(f"expected one of: {' '.join(_BY_KEY)}; {_KEYS}")


def _change(editing: Editing, field: Field) -> None:
    """Ask for one field until it fits or nothing is typed, which keeps it."""
    while typed := ask_line(f"{field.name} ({field.typed}; {EMPTY} empties; Enter keeps) > "):
        try:
            choices = editing.change(field.name, typed)
            if choices:
                _choose(editing, choices)
        except InputError as error:
            out.print(str(error))
        else:
            return


def _choose(editing: Editing, choices: list[Choice]) -> None:
    """Take the one thing that is meant; a person chooses where there are several."""
    if len(choices) == 1:
        editing.choose(choices[0])
        out.print(f"  {choices[0].shown}")
        return
    for number, choice in enumerate(choices, 1):
        out.print(f"  {number} {choice.shown}")
    key = ask_key("which, or Enter for none > ")
    if key.isdecimal() and 1 <= int(key) <= len(choices):
        editing.choose(choices[int(key) - 1])
    elif key:
        raise InputError(f"expected a number from 1 to {len(choices)}, got {key!r}")
