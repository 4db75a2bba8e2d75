"""Marks for conditions and findings: each its own shape, so that nobody needs the colour to tell them apart.

Paths are drawn in a box of 16 × 16 (conditions) or 20 × 16 (findings).
"""

from vestige.entries import SCALE

CONDITIONS = (*SCALE, "Unknown")
"""EAMENA's condition states, best first."""
FINDINGS = ("agreed", "contested", "single", "none")

_CONDITION_PATHS = {
    "Good": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2z",
    "Fair": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2zm0 2v8a4 4 0 1 0 0-8z",
    "Poor": "M8 2 15 14H1z",
    "Very Bad": "M8 1 15 8 8 15 1 8z",
    "Destroyed": "M2 2h12v12H2zm3 1.6L3.6 5 6.6 8l-3 3L5 12.4l3-3 3 3 1.4-1.4-3-3 3-3L11 3.6l-3 3z",
    "Unknown": "M8 2a6 6 0 1 1 0 12A6 6 0 1 1 8 2zm0 2a4 4 0 1 0 0 8 4 4 0 1 0 0-8zm0 2.300a1.700 1.700 0 1 1 0 3.400 1.700 1.700 0 1 1 0-3.400z",
}
_FINDING_PATHS = {
    "agreed": "M7 3a5 5 0 1 1 0 10A5 5 0 1 1 7 3zm6 0a5 5 0 1 1 0 10c-.5 0-1 0-1.400-.2a6.500 6.500 0 0 0 0-9.600C12 3 12.500 3 13 3z",
    "contested": "M1 8l6-5v10zm18 0-6-5v10z",
    "single": "M10 3a5 5 0 1 1 0 10A5 5 0 1 1 10 3z",
    "none": "M10 2a6 6 0 1 1 0 12A6 6 0 1 1 10 2zm0 1.500a4.500 4.500 0 1 0 0 9 4.500 4.500 0 1 0 0-9z",
}


def condition_path(condition: str) -> str:
    """Give the shape of a condition."""
    return _CONDITION_PATHS.get(condition, _CONDITION_PATHS["Unknown"])


def finding_path(state: str) -> str:
    """Give the shape of a finding's state."""
    return _FINDING_PATHS[state]


def slug(term: str) -> str:
    """Give a term as the name of a style class."""
    return "-".join(term.lower().split())
