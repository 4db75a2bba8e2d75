"""Taking back: what goes with a thing, what rests on it, and ending all of it in one batch."""

from vestige.keeping.withdrawing._plan import Ending, plan_withdrawal
from vestige.keeping.withdrawing._withdraw import withdraw

__all__ = ["Ending", "plan_withdrawal", "withdraw"]
