"""The errors of Vestige.

::

    VestigeError            what went wrong, where, and what to do about it
    ├── InputError          what came from outside is not usable; nothing was changed
    │   └── MissingExtraError   an optional part of Vestige is not installed
    └── EnvironmentFault    the machine refused: disk, permission, lock, network

Rooms derive their own from these two families, which differ by whose fault it is: the input's or the surroundings'.
The command line prints either as one line and ends with exit code 2.
"""

from typing import Final

import msgspec

NOT_JSON: Final = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are not JSON for us: malformed or of another shape, not UTF-8, nested too deep."""


NOT_TOML: Final = (ValueError, RecursionError)
"""What `tomllib` raises for text that is not TOML for us: malformed, a number of more digits than Python converts, nested too deep; not UTF-8."""
_LONGEST_MESSAGE: Final = 2_000
"""Characters of a message: what came from outside stands in it, and may be of any length."""


def an(noun: str) -> str:
    """Give an English noun with the indefinite article that messages say before it: the name of a kind, a role, a word of a form."""
    return f"{'an' if noun[:1].lower() in set('aeiou') else 'a'} {noun}"


class VestigeError(Exception):
    """Base of all errors that Vestige raises on purpose.

    ``message`` says what was expected and what came; ``where`` names the file, line, field or address;
    ``hint`` says what to do.
    """

    def __init__(self, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        message = _bearable(message)
        super().__init__(message)
        self.message = message
        self.where = where if where is None else _bearable(where)
        self.hint = hint if hint is None else _bearable(hint)

    def __str__(self) -> str:
        line = f"{self.where}: {self.message}" if self.where else self.message
        return f"{line} ({self.hint})" if self.hint else line


def _bearable(text: str) -> str:
    return text if len(text) <= _LONGEST_MESSAGE else f"{text[:_LONGEST_MESSAGE]}…"


class InputError(VestigeError):
    """What came from outside cannot be used as it is."""


class MissingExtraError(InputError):
    """A command needs an optional part that is not installed."""

    def __init__(self, extra: str, package: str) -> None:
        hint = f"install it from Vestige's folder: uv tool install '.[{extra}]', or into this Python: python -m pip install -e '.[{extra}]'"
        super().__init__(f"this needs the package {package}", hint=hint)


class EnvironmentFault(VestigeError):  # noqa: N818 - the name says whose fault it is
    """The machine, its disk or its network refused."""
