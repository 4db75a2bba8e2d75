"""The errors of reading.

::

    InputError
    └── ReadingError        a text, page or file cannot be read; the next one still can
"""

from vestige.errors import InputError


class ReadingError(InputError):
    """A text, page or file cannot be read as it is."""
