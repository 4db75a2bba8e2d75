"""The errors of this room.

::

    InputError
    ├── NotASiteError        the folder to publish into, or to verify, holds something else
    └── ExposedPlaceError    a public entry would betray the exact place of a sensitive site
    EnvironmentFault
    └── KeyNeededError       no key at hand may sign for this record
"""

from vestige.errors import EnvironmentFault, InputError


class NotASiteError(InputError):
    """A folder or address is not a published record."""


class ExposedPlaceError(InputError):
    """A public body holds the exact place of a site that is sensitive."""


class KeyNeededError(EnvironmentFault):
    """No private key at hand may sign for this record."""
