"""The errors of this room.

::

    InputError
    └── ArchiveError        a file or body is not what its hash says, or is not there
"""

from vestige.errors import InputError


class ArchiveError(InputError):
    """A file or body is not there, or is not what its hash says."""
