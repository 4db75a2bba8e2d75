"""How the answer moves with the lull that makes an end of fighting: a row a lull."""

from collections.abc import Mapping
from typing import Final

import numpy as np
import pandas as pd

from vestige.studying.statistics._competing import cumulative_incidence
from vestige.studying.statistics._survival import share_by, survival_curve

YEAR: Final = 5
"""Years after the end of fighting at which lulls are compared."""
_SHARES: Final = ("kaplan_meier", "removed", "removed_low", "removed_high", "returned")


def by_lull(spells: Mapping[int, pd.DataFrame]) -> pd.DataFrame:
    """Give ``lull_years spells conflict removals kaplan_meier removed removed_low removed_high returned`` of listings for conflict.

    ``spells`` counts all reasons, ``conflict`` those of the rest of the row; shares are by year `YEAR`, NaN without a spell.
    """
    return pd.DataFrame([{"lull_years": lull, "spells": len(rows), **_row(rows)} for lull, rows in spells.items()])


def _row(spells: pd.DataFrame) -> dict[str, float]:
    rows = spells[spells["reason"] == "conflict"]
    counts = {"conflict": len(rows), "removals": int(rows["recovered"].sum())}
    return counts | (_shares(rows) if len(rows) else dict.fromkeys(_SHARES, np.nan))


def _shares(rows: pd.DataFrame) -> dict[str, float]:
    kaplan_meier = share_by(survival_curve(rows, "conflict", YEAR, replicates=1), YEAR)[0]
    found = cumulative_incidence(rows, YEAR).set_index(["event", "years"])
    removed, returned = found.loc[("removed", YEAR)], found.loc[("returned", YEAR)]
    values = (kaplan_meier, removed["share"], removed["low"], removed["high"], returned["share"])
    return dict(zip(_SHARES, map(float, values), strict=True))
