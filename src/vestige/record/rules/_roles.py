"""What each role may sign. One table, asked by `judge` alone."""

from typing import Final

CONTRIBUTED: Final = frozenset({"site", "actor", "source", "statement", "assessment", "observation", "withdrawal"})
"""The kinds that a contributor may sign."""
GOVERNING: Final = frozenset({"policy", "opening"})
"""The kinds that a keeper alone may sign."""
JUDGEMENTS: Final = frozenset({"assessment", "endorsement", "observation"})
"""The kinds that nobody but the same person may replace."""
ALWAYS_PUBLIC: Final = frozenset({"policy", "withdrawal", "opening"})
"""The kinds that every reader must be able to read."""
NEVER_WITHDRAWN: Final = frozenset({"policy", "withdrawal"})


def may_sign(role: str, kind: str) -> bool:
    """Whether a role may sign entries of a kind at all."""
    if role == "keeper":
        return True
    if role == "reviewer":
        return kind not in GOVERNING
    return role == "contributor" and kind in CONTRIBUTED


def may_replace(role: str, kind: str, *, own: bool) -> bool:
    """Whether a role may follow an earlier entry about a thing with another; ``own`` when the same person signed the earlier one."""
    return own or (kind not in JUDGEMENTS and role in {"reviewer", "keeper"})


def may_withdraw(role: str, *, own: bool) -> bool:
    """Whether a role may withdraw an entry."""
    return own or role == "keeper"
