"""What can go wrong when a thing is looked for.

::

    InputError
    └── SeveralFitError         several things fit what was typed, and none is taken
"""

from vestige.errors import InputError


class SeveralFitError(InputError):
    """Several things fit what a person typed; they are listed, and none is taken."""
