"""What the exposure study says of town points and of what can be compared."""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

_NOWHERE: Final = "in no country of the events do exposure and listing both vary"


def _elsewhere(others: Sequence[str]) -> str:
    """Name the countries of the register whose events could be compared."""
    return (
        f" (in this register listing varies within {', '.join(others)}: events of these could be compared)"
        if others
        else ""
    )


def of_comparison(robust: pd.DataFrame, variation: pd.DataFrame, others: Sequence[str]) -> str:
    """Say what the table compares, or that it compares nothing where most of its cells do; and which countries could be compared."""
    compared = robust[
        np.isfinite(robust["low"]) & (robust["low"] < robust["high"])
    ]  # without width it compares constants
    varying = ", ".join(variation.loc[variation["varies"], "country"])
    among = f"both exposure and listing vary within {varying}" if varying else _NOWHERE + _elsewhere(others)
    if 2 * len(compared) < len(robust):
        return (
            f"Nothing can be compared with the List in Danger: {len(robust) - len(compared)} of {len(robust)} choices of radius, precision, town "
            f"points and lag compare nothing; {among}."
        )
    more, less = int((compared["low"] > 1).sum()), int((compared["high"] < 1).sum())
    return (
        f"Over {len(robust)} choices of radius, precision, town points and lag, properties with events near them are in danger more often than "
        f"those without in {more}, less often in {less}; in {len(compared) - more - less} the interval holds 1 and could not tell, and "
        f"{len(robust) - len(compared)} allow no comparison (95 % intervals); {among}."
    )


def of_towns(towns: pd.DataFrame, events: pd.DataFrame) -> str:
    """Say how many points repeat, and how many events stand on them whatever their precision claims."""
    if towns.empty:
        return "No point holds ten events or more."
    precise = int((events["where_prec"] == 1).sum())
    claimed = (
        f", among them {int(towns['precise'].sum()):,} of the {precise:,} that claim the place itself (where_prec 1)"
        if precise
        else ""
    )
    return (
        f"{len(towns):,} points repeat, with ten events or more on each: they hold {int(towns['events'].sum()):,} of {len(events):,} "
        f"events{claimed}. So many on one point say that a named place, mostly a town, stands for where they happened."
    )
