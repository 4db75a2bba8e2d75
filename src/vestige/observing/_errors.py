"""The errors of observing.

::

    VestigeError
    └── InputError
        └── SeriesError     a series, window or folder of series cannot be used as it is
"""

from vestige.errors import InputError


class SeriesError(InputError):
    """A series, a window or a folder of series cannot be used as it is."""
