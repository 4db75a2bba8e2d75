"""The errors of this room.

::

    InputError
    └── LedgerError             the log is not what its checkpoint says
        ├── NoteError               a signed note is malformed or carries no signature of a trusted key
        ├── ProofError              a proof does not lead to the root; both hashes are given
        └── TileError               a tile or entry bundle is missing or malformed
"""

from vestige.errors import InputError


class LedgerError(InputError):
    """The log is not what its checkpoint says."""


class NoteError(LedgerError):
    """A signed note is malformed, or no trusted key has signed it."""


class ProofError(LedgerError):
    """A proof does not lead from what it starts with to the root."""


class TileError(LedgerError):
    """A tile or an entry bundle is missing, truncated or malformed."""
