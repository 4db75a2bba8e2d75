"""The errors of this room.

::

    InputError                     (vestige.errors)
    └── StudyInputError            a data file cannot be studied as it is
        ├── ColumnsError           columns are missing, or the file is of another kind
        ├── PlaceError             coordinates or country codes are not plausible
        ├── EditionError           the wrong edition, the same edition twice, or years that it does not cover
        └── EmptyStudyError        nothing is left to count
    EnvironmentFault               (vestige.errors)
    └── FetchError                 a data set could not be fetched, or is not the one that was pinned
"""

from vestige.errors import EnvironmentFault, InputError


class StudyInputError(InputError):
    """A data file cannot be studied as it is."""


class ColumnsError(StudyInputError):
    """Columns are missing, or the file is of another kind than expected."""


class PlaceError(StudyInputError):
    """Coordinates or country codes are not plausible."""


class EditionError(StudyInputError):
    """The wrong edition was given, the same one twice, or it does not cover the years asked for."""


class EmptyStudyError(StudyInputError):
    """Nothing is left to count."""


class FetchError(EnvironmentFault):
    """A data set could not be fetched, or is not the one that was pinned."""
