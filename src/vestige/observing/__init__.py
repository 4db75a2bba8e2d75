"""Arrays and scenes in; tested change out. Knows nothing of records."""

from vestige.observing._change import test_change, test_changes
from vestige.observing._errors import SeriesError
from vestige.observing._result import Abstention, Change
from vestige.observing._series import Series

__all__ = ["Abstention", "Change", "Series", "SeriesError", "test_change", "test_changes"]
