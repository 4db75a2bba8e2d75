"""Taking back: what goes with a thing, what rests on it, and ending all of it in one batch."""

from vestige.keeping.withdrawing._plan import Ending, plan_withdrawal
from vestige.keeping.withdrawing._protect import plan_protection, protect
from vestige.keeping.withdrawing._withdraw import withdraw

__all__ = ["Ending", "plan_protection", "plan_withdrawal", "protect", "withdraw"]
