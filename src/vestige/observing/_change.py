"""The test of change: a window against what the site's own quiet past led us to expect."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.special import stdtrit

from vestige.observing._bracket import Onset
from vestige.observing._covariance import Floats
from vestige.observing._forecast import Forecast, forecast
from vestige.observing._onset import is_over, onset_of
from vestige.observing._result import LEVEL, Abstention, Change
from vestige.observing._robust import Steps, estimate_steps
from vestige.observing._series import Series
from vestige.observing._statistic import step_p_values
from vestige.observing._threads import one_thread
from vestige.observing._window import Prepared, Window, prepare, span

METHOD = "quiet-past forecast 3"
CHUNK = 2048
"""Series that are tested in one sweep; bounds the memory."""


def test_change(series: Series, after: Window, before: Window | None = None, controls: Sequence[Series] = ()) -> Change:  # noqa: PT028 - not a pytest test
    """Test whether ``series`` changed in the window ``after`` (from, up to but not including).

    Everything earlier than the window, or within ``before`` where given, is the quiet past; what follows is not looked at.
    The p-value is that of a step of any size and sign that lasts through the window, all bands together. The test abstains,
    and says why, where it cannot know. ``controls`` are series of quiet places nearby, seen from the same orbit in the same
    bands on the same dates, such as the pixels around the site: what they show too, weather above all, is no change of the
    site. Raises `SeriesError` where a window is no window or a control is of another orbit.
    """
    return test_changes([series], after, before, [controls])[0]


test_change.__test__ = False  # type: ignore[attr-defined]  # the name is part of the contract; pytest must not collect it


def test_changes(
    batch: Iterable[Series],
    after: Window,
    before: Window | None = None,  # noqa: PT028
    controls: Iterable[Sequence[Series]] | None = None,  # noqa: PT028
) -> list[Change]:
    """Test many series in one window; as `test_change` of each, but series with the same dates share the work.

    ``controls`` holds as many lists of controls as ``batch`` holds series.
    """
    window, past = span(after, "after"), None if before is None else span(before, "before")
    pairs = ((series, ()) for series in batch) if controls is None else zip(batch, controls, strict=True)
    prepared = [prepare(series, window, past, around) for series, around in pairs]
    results = {i: _abstain(one) for i, one in enumerate(prepared) if one.abstained}
    with one_thread():
        for places in _alike(prepared):
            for start in range(0, len(places), CHUNK):
                part = places[start : start + CHUNK]
                results.update(zip(part, _test([prepared[i] for i in part]), strict=True))
    return [results[i] for i in range(len(prepared))]


test_changes.__test__ = False  # type: ignore[attr-defined]


def _alike(prepared: Sequence[Prepared]) -> list[list[int]]:
    """Group those that can be tested by their dates and number of bands."""
    groups: dict[tuple[bytes, bytes, bytes, int, int], list[int]] = {}
    for i, one in enumerate(prepared):
        if not one.abstained:
            days = one.series.times.astype("datetime64[D]")
            platforms = one.platforms[one.before].tobytes() + one.platforms[one.after].tobytes()
            key = (days[one.before].tobytes(), days[one.after].tobytes(), platforms, one.own, one.decibels.shape[1])
            groups.setdefault(key, []).append(i)
    return list(groups.values())


def _test(group: Sequence[Prepared]) -> list[Change]:
    first = group[0]
    dates = first.pattern()
    before = np.stack([one.decibels[one.before] for one in group])
    after = np.stack([one.decibels[one.after] for one in group])
    found = forecast(dates, before, after).given(first.own)
    steps = estimate_steps(found)
    chances = p_values(found, steps)
    sizes, halves = _sizes(found, steps)
    return [
        _abstain(one, Abstention.PASSED)
        if p_value <= LEVEL and is_over(found, i)
        else _change(one, p_value, size, half, onset_of(one, i, found) if p_value <= LEVEL else None)
        for i, (one, p_value, size, half) in enumerate(
            zip(group, chances.tolist(), sizes.tolist(), halves.tolist(), strict=True)
        )
    ]


def p_values(found: Forecast, steps: Steps) -> Floats:
    """Mean over models of the chance of so large a step, by their weight, joined over the dates left out (N,)."""
    shape = steps.size.shape
    noise = found.scale * steps.noise[..., None, None]
    chances = []
    for size, variance in zip(steps.without, steps.without_variance, strict=True):
        scale = (noise * variance[..., None, None]).reshape(-1, *noise.shape[2:])
        each = step_p_values(size.reshape(-1, shape[2]), scale, found.freedom).reshape(shape[:2])
        chances.append(np.sum(found.weight * each, axis=0))
    return np.asarray(np.max(chances, axis=0) if len(chances) < 3 else np.mean(chances, axis=0))


def _sizes(found: Forecast, steps: Steps) -> tuple[Floats, Floats]:
    """Mean over models of the step and half the width of its 95 % interval, each (N, B)."""
    weight = found.weight[:, :, None]
    size = np.sum(weight * steps.size, axis=0)
    own = np.einsum("knbb->knb", found.scale) * (steps.noise * steps.variance)[:, :, None]
    spread = np.sum(weight * (own + (steps.size - size) ** 2), axis=0)
    return size, stdtrit(found.freedom, 0.975) * np.sqrt(spread)


def _change(one: Prepared, p_value: float, size: list[float], half: list[float], onset: Onset | None) -> Change:
    return Change(
        p_value=p_value,
        change_db=dict(zip(one.series.bands, size, strict=True)),
        interval_db={b: (s - h, s + h) for b, s, h in zip(one.series.bands, size, half, strict=True)},
        first_seen=onset.bracket() if onset else None,
        onset=onset,
        **_common(one),
    )


def _abstain(one: Prepared, why: Abstention | None = None) -> Change:
    return Change(p_value=None, abstained=why or one.abstained, **_common(one))


def _common(one: Prepared) -> dict[str, Any]:
    series = one.series
    return {
        "n_before": int(one.before.sum()),
        "n_after": int(one.after.sum()),
        "window": one.window,
        "orbit": series.orbit,
        "method": METHOD,
        "controlled": one.own < one.decibels.shape[1],
        "site": series.site,
        "scenes": tuple(np.asarray(series.scenes)[one.after].tolist()) if series.scenes else (),
    }
