"""The errors of this room.

::

    InputError
    ├── RecordError             a folder is no record, an entry is not there, a draft breaks the record's rules
    └── KeyFileError            a key file is no Ed25519 private key, or none was given where one is needed
    EnvironmentFault
    ├── LockHeldError           another process is writing; names it
    └── DamagedIndexError       the index is no database any more; it is made again
"""

from vestige.errors import EnvironmentFault, InputError


class RecordError(InputError):
    """A folder is no record, an entry is not there, or a draft breaks the record's rules."""


class KeyFileError(InputError):
    """A key file cannot be used."""


class LockHeldError(EnvironmentFault):
    """Another process holds the writer lock."""


class DamagedIndexError(EnvironmentFault):
    """The index cannot be read as what it is; nothing is lost, since it is derived."""
