"""What becomes of an appeal: clocks that explain themselves, its state, and what the record learnt since."""

from vestige.procedures.following._clock import counted, deadline, due
from vestige.procedures.following._progress import Change, Progress, changes_since, progress

__all__ = ["Change", "Progress", "changes_since", "counted", "deadline", "due", "progress"]
