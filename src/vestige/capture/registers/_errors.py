"""The errors of reading registers.

::

    InputError
    └── RegisterError           a file is no register that can be read: its form, encoding, columns
        └── RowRefused              one row of it cannot become a site; the others can
"""

from vestige.errors import InputError


class RegisterError(InputError):
    """A file cannot be read as a register."""


class RowRefused(RegisterError):  # noqa: N818 - it says what happens to the row
    """One row cannot become a site; its message is the reason."""
