"""One answer a site from several orbits, and one list from many sites at a stated false discovery rate.

Orbits look at one site in the same weather, so their p-values are not independent and may not be multiplied (Fisher). Simes'
rule is exact under independence and keeps its level under positive dependence (Sarkar, 1998, Annals of Statistics 26, 494-504);
Bonferroni's keeps it under any; the Cauchy rule is nearly exact for small p-values under any correlation of normal scores
(Liu and Xie, 2020, JASA 115, 393-402), but one p-value close to 1 can hide a small one, which is why it is not the default.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

import numpy as np
from scipy.stats import false_discovery_control

from vestige.observing._bracket import joined
from vestige.observing._errors import SeriesError
from vestige.observing._result import LEVEL, Abstention, Change

Rule: TypeAlias = Literal["simes", "bonferroni", "cauchy"]
Dependence: TypeAlias = Literal["positive", "any"]


def combine_p_values(p_values: Sequence[float], rule: Rule = "simes") -> float:
    """Join p-values of one hypothesis; raises `SeriesError` where there are none or one is no probability."""
    p = np.sort(np.asarray(p_values, dtype=float))
    if not p.size or not ((p >= 0) & (p <= 1)).all():
        raise SeriesError(f"expected at least one p-value, each between 0 and 1, got {list(p_values)}")
    if rule == "bonferroni":
        return float(min(1.0, p[0] * p.size))
    if rule == "cauchy":
        return float(0.5 - np.arctan(np.mean(np.tan((0.5 - np.clip(p, 1e-15, 1 - 1e-15)) * np.pi))) / np.pi)
    return float((p * p.size / np.arange(1, p.size + 1)).min())


def combine(changes: Sequence[Change], rule: Rule = "simes") -> Change:
    """Join what several orbits say about one site and one window.

    Orbits that abstain do not count; the result abstains when all do. The size is the mean over orbits, each weighed by the
    inverse square of its interval, and its interval is the mean of theirs, which holds under any dependence. The bracket comes
    of the product of what each orbit that changed says of the onset.
    Raises `SeriesError` where sites or windows differ.
    """
    if not changes or len({(change.site, change.window) for change in changes}) != 1:
        raise SeriesError("expected results of one site and one window", hint="combine the orbits of each site apart")
    heard = [change for change in changes if change.p_value is not None]
    common = replace(
        changes[0],
        orbit="+".join(change.orbit for change in changes),
        n_before=sum(change.n_before for change in changes),
        n_after=sum(change.n_after for change in changes),
        scenes=tuple(scene for change in changes for scene in change.scenes),
        method=f"{changes[0].method}, orbits by {rule}" if len(changes) > 1 else changes[0].method,
        controlled=all(change.controlled for change in heard or changes),
    )
    if not heard:
        reasons = {change.abstained for change in changes}
        return replace(common, abstained=reasons.pop() if len(reasons) == 1 else Abstention.NOTHING_TO_COMBINE)
    p_value = combine_p_values([change.p_value for change in heard if change.p_value is not None], rule)
    onset = joined([change.onset for change in heard if change.onset]) if p_value <= LEVEL else None
    sizes = {band: _size(heard, band) for change in heard for band in change.change_db}
    return replace(
        common,
        p_value=p_value,
        abstained=None,
        change_db={band: size for band, (size, _) in sizes.items()},
        interval_db={band: interval for band, (_, interval) in sizes.items()},
        first_seen=onset.bracket() if onset else None,
        onset=onset,
    )


def _size(changes: Sequence[Change], band: str) -> tuple[float, tuple[float, float]]:
    size = np.array([change.change_db[band] for change in changes if band in change.change_db])
    interval = np.array([change.interval_db[band] for change in changes if band in change.interval_db])
    weight = 1 / np.maximum(np.diff(interval, axis=1)[:, 0], 1e-9) ** 2
    low, high = np.average(interval, axis=0, weights=weight)
    return float(np.average(size, weights=weight)), (float(low), float(high))


@dataclass(frozen=True)
class Ranked:
    """A result and its q-value: the smallest false discovery rate of a list that holds it; None when it abstains."""

    change: Change
    q_value: float | None


def rank(changes: Sequence[Change], dependence: Dependence = "positive", level: float = LEVEL) -> list[Ranked]:
    """Rank results by evidence, abstentions last, with q-values across all that gave an answer.

    ``positive`` is Benjamini and Hochberg (1995), valid where sites are independent or depend positively (weather is shared);
    ``any`` is Benjamini and Yekutieli (2001), valid always, at a price of about the logarithm of the number of sites. "Since when" is
    said only of those that a list at the false discovery rate ``level`` holds: of a thousand quiet sites fifty have a p-value below .05.
    """
    heard = [change for change in changes if change.p_value is not None]
    p_values = [change.p_value for change in heard]
    method = "bh" if dependence == "positive" else "by"
    q_values = false_discovery_control(p_values, method=method).tolist() if heard else []
    answered = [
        Ranked(change if q <= level else replace(change, first_seen=None), q)
        for change, q in zip(heard, q_values, strict=True)
    ]
    answered.sort(key=lambda ranked: ranked.change.p_value or 0.0)
    return answered + [Ranked(change, None) for change in changes if change.p_value is None]
