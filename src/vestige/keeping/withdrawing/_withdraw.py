"""Ending what a plan names, in one batch."""

from vestige.errors import InputError
from vestige.keeping.withdrawing._plan import Ending
from vestige.record import Receipt, Record


def withdraw(record: Record, ending: Ending, why: str, *, with_dependants: bool = False) -> tuple[Receipt, ...]:
    """End what a plan names, all of it or nothing, and give the receipts of the withdrawals.

    Raises InputError without a reason, and where something would be left that rests on what goes.
    """
    reason = why.strip()
    if not reason:
        raise InputError("expected a reason, got none", where="--why")
    if ending.dependants and not with_dependants:
        things = list(dict.fromkeys(entry.about for entry in ending.dependants))
        shown = ", ".join(things[:8]) + (" …" if len(things) > 8 else "")
        raise InputError(
            f"expected nothing that rests on it, got {len(things)}: {shown}",
            where=ending.about,
            hint="withdraw them with it: --with-dependants",
        )
    return record.withdraw_all([entry.hash for entry in ending.all], reason)
