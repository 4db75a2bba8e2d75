"""What the fires study says: findings from the comparison, and its method, limits and references in words."""

from typing import Final

import numpy as np
import pandas as pd

from vestige.studying.data._sites import Sites


def findings(table: pd.DataFrame, leads: pd.DataFrame, sites: Sites, area: int, area_before: int) -> tuple[str, ...]:
    """Say how many sites are leads, and where the change near sites differs from that of the whole area."""
    first = table.iloc[0]
    compared = table[np.isfinite(table["low"]) & (table["low"] < table["high"])]  # without width it compares constants
    away = compared[(compared["low"] > 1) | (compared["high"] < 1)]
    held = compared.drop(away.index)
    if away.empty:
        verdict = f"Whether the change near sites differs from that of the whole area could not be told at any distance{_ratios(held)}"
    else:
        verdict = f"The change near sites, as a multiple of that of the whole area, is away from 1{_ratios(away)}"
    return (
        (
            f"{len(leads)} of {len(sites.table):,} sites lie within the footprint of a thermal anomaly in the window, "
            f"{int(first['sites_year_before'])} did on the same days a year earlier. Each is a lead, not damage."
        ),
        f"The whole area had {area:,} thermal anomalies in the window and {area_before:,} a year earlier.",
        (
            f"{verdict}. Of {len(table)} distances, each within the next, {len(held)} could not tell (their intervals hold 1) and "
            f"{len(table) - len(compared)} have too few to tell."
        ),
    )


def _ratios(rows: pd.DataFrame) -> str:
    """Give each ratio with its interval: the distance alone says nothing of how much."""
    told = "; ".join(
        f"within {row['within']} {row['ratio_to_area']:.2f} [{row['low']:.2f}, {row['high']:.2f}]"
        for row in rows.to_dict("records")
    )
    return f": {told}" if told else ""


METHOD: Final = (
    (
        "Standard FIRMS product; static sources (type 2), volcanoes, offshore and low confidence dropped. The footprint is half a pixel's "
        "diagonal around its centre, so that any orientation of the pixel is covered."
    ),
    (
        "Placebo: the same calendar days a year earlier. Sign test over sites with more against fewer; the ratio of changes divides the change near "
        "sites by the change in the whole area."
    ),
    "Intervals: 2,000 bootstrap draws of squares of half a degree, since one fire is near several sites.",
)

LIMITS: Final = (
    (
        "A thermal anomaly near a site is a lead for someone to look, never damage. Fires that clouds hid, or that burned out between two passes, "
        "are in no file; a strike need not burn at all."
    ),
    "One earlier year is one placebo: weather, harvest and who burns stubble differ between years. Association, never cause.",
    "Sites in a register of damaged places were chosen because something happened there; their fires cannot show that anything did.",
)

REFERENCES: Final = (
    "NASA FIRMS, MODIS Collection 6.1 and VIIRS active fires, firms.modaps.eosdis.nasa.gov.",
    "Giglio, Schroeder and Justice 2016, Remote Sensing of Environment 178: 31-41, doi 10.1016/j.rse.2016.02.054.",
)
