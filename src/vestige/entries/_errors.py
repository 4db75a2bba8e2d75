"""The errors of this room.

::

    InputError
    └── EntryError              an entry is not what the format asks for
        ├── InvalidBodyError        a body: names the field, what was expected, what came
        ├── InvalidEnvelopeError    an envelope: not canonical, a field missing or malformed
        └── UnknownTermError        a term that the vocabulary does not hold
"""

from vestige.errors import InputError


class EntryError(InputError):
    """An entry is not what the format asks for."""


class InvalidBodyError(EntryError):
    """A body does not fit its kind."""


class InvalidEnvelopeError(EntryError):
    """An envelope does not fit the format."""


class UnknownTermError(EntryError):
    """A term is not in the vocabulary that the field asks for."""
