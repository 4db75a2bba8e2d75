"""Measure how far p-values, q-values and brackets of the test of change can be trusted, and what it finds; draw the reliability plot.

usage: calibrate.py FOLDER [OUT.svg] [--every N] [--brackets]

FOLDER is that of ``learn_prior.py``. A window of 12, 24, 61 and 120 days at every date (every N-th) of a series labelled "No Change" that
the test gives an answer for is tested, with prior shares learned without the window's own site, and again with a step injected. Windows of
one site overlap and share their past, so intervals come from a bootstrap over sites, not windows. ``--brackets`` measures the brackets alone, at
other credible levels too, and apart for windows that are called without any step.
"""

import json
import sys
from pathlib import Path

import numpy as np
from learn_prior import learn, likelihoods, quiet_series
from scipy.stats import false_discovery_control, rankdata, ttest_ind

from vestige.observing import Series
from vestige.observing._change import p_values
from vestige.observing._forecast import forecast
from vestige.observing._onset import is_over, onset_of
from vestige.observing._robust import estimate_steps
from vestige.observing._threads import one_thread
from vestige.observing._window import prepare

LENGTHS = (12, 24, 61, 120)
STEPS = (0.0, -1.0, -2.0, -3.0, 2.0)
LEVELS = (0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.2, 0.5)
ONSETS = (-1.0, -2.0, -3.0)
LEVEL, CREDIBLES = 0.05, (0.97, 0.99, 0.995)
LISTED, CHANGED, LISTS = 1000, 50, 400


def windows(series, days):
    """Every window of so many days that ends within the series."""
    length = np.timedelta64(days, "D")
    return [(start, start + length) for start in series.times if series.times[-1] - start >= length]


def tested(series, window, shares, steps):
    """P-values of a window with each step injected from its start, and of the pooled t test; None where the test abstains."""
    one = prepare(series, window, None)
    if one.abstained:
        return None
    before, after = one.decibels[one.before], one.decibels[one.after]
    moved = np.stack([after + step for step in steps])
    found = forecast(one.pattern(), np.broadcast_to(before, (len(steps), *before.shape)), moved, shares)
    chances = p_values(found, estimate_steps(found))
    over = [p <= 0.05 and is_over(found, i) for i, p in enumerate(chances)]  # an abstention, which no list holds
    pooled = [ttest_ind(after + step, before, equal_var=True).pvalue.min() for step in steps]
    return len(before), np.where(over, 1.0, chances), np.array(pooled)


def onsets(series, window, shares, rng):
    """Of a step that begins at an instant of the window: (found, bracketed, held) for each size."""
    one = prepare(series, window, None)
    times = series.times[one.after]
    if one.abstained or len(times) < 3:
        return None
    begin = rng.integers(0, len(times) - 1)
    out = []
    for size in ONSETS:
        factor = np.where(series.times >= times[begin], 10 ** (size / 10), 1.0)
        moved = Series(series.times, series.values * factor[:, None, None, None], series.bands, series.orbit)
        again = prepare(moved, window, None)
        found = forecast(again.pattern(), again.decibels[None, again.before], again.decibels[None, again.after], shares)
        bracket = onset_of(again, 0, found).bracket()
        seen = p_values(found, estimate_steps(found))[0] <= 0.05 and not is_over(found, 0)
        held = bracket is not None and bracket[0] < times[begin] <= bracket[1]
        out.append((seen, seen and bracket is not None, seen and held))
    return out


def brackets(folder: Path) -> None:
    """Print how often brackets hold, and how long they are as a share of the window, by credible level and by what the window says without a step."""
    rng, found = np.random.default_rng(1), []
    for series, shares in judged(folder):
        for window in windows(series, 61):
            one = prepare(series, window, None)
            times = series.times[one.after]
            if one.abstained or len(times) < 3:
                continue
            begin = times[rng.integers(0, len(times) - 1)]
            quiet = chance_and_onset(series, window, shares)[0]
            for size in ONSETS:
                factor = np.where(series.times >= begin, 10 ** (size / 10), 1.0)
                moved = Series(series.times, series.values * factor[:, None, None, None], series.bands, series.orbit)
                _, onset = chance_and_onset(moved, window, shares)
                if onset is not None and onset.bracket():
                    levels = [onset.bracket(level) for level in CREDIBLES]
                    held = [last < begin <= first for last, first in levels]
                    length = [(first - last) / (onset.edges[-1] - onset.edges[0]) for last, first in levels]
                    found.append((size, quiet <= LEVEL, held, length))
    print(
        "| step, dB | window without it | brackets | "
        + " | ".join(f"held, length at {level:g}" for level in CREDIBLES)
        + " |"
    )
    print("|---" * (3 + len(CREDIBLES)) + "|")
    for size in ONSETS:
        for called, name in ((False, "quiet"), (True, "called changed")):
            rows = [one for one in found if one[:2] == (size, called)]
            held, length = (np.mean([one[k] for one in rows], axis=0) for k in (2, 3))
            cells = " | ".join(f"{a:.3f}, {b:.2f}" for a, b in zip(held, length, strict=True))
            print(f"| {size:+} | {name} | {len(rows)} | {cells} |")


def chance_and_onset(series, window, shares):
    """P-value and onset of a window; no onset where it is over."""
    one = prepare(series, window, None)
    found = forecast(one.pattern(), one.decibels[None, one.before], one.decibels[None, one.after], shares)
    chance = p_values(found, estimate_steps(found))[0]
    return chance, onset_of(one, 0, found) if chance <= LEVEL and not is_over(found, 0) else None


def judged(folder: Path):
    """Give each series labelled "No Change" with prior shares learned without its site."""
    features = json.loads((folder / "sites.geojson").read_text())["features"]
    labelled = {str(f["properties"]["site_id"]) for f in features if f["properties"]["change_type"] == "No Change"}
    quiet = quiet_series(folder)
    sites = np.array([series.site for series in quiet])
    likelihood = likelihoods(quiet)
    without = {site: learn(likelihood[sites != site], sites[sites != site]) for site in np.unique(sites)}
    return [(series, without[series.site]) for series in quiet if series.site in labelled]


def measure(folder: Path, every: int):
    """Rows (site, days, dates before, p by step, pooled t by step), and (site, found, bracketed, held by size) of onsets."""
    rows, begun, rng = [], [], np.random.default_rng(1)
    for series, shares in judged(folder):
        for days in LENGTHS:
            for place, window in enumerate(windows(series, days)[::every]):
                result = tested(series, window, shares, STEPS)
                if result is not None:
                    rows.append((series.site, days, *result))
                if days == 61 and place % 3 == 0 and (held := onsets(series, window, shares, rng)):
                    begun.append((series.site, held))
    return rows, begun


def interval(values, sites, rng, rounds=2000):
    """95 % bootstrap interval of a mean over windows, resampling whole sites."""
    names = np.unique(sites)
    sums = np.array([values[sites == name].sum() for name in names])
    counts = np.array([np.sum(sites == name) for name in names])
    drawn = rng.integers(0, len(names), (rounds, len(names)))
    return np.quantile(sums[drawn].sum(axis=1) / counts[drawn].sum(axis=1), [0.025, 0.975])


def auc(changed, quiet):
    rank = rankdata(-np.concatenate([changed, quiet]))
    return (rank[: len(changed)].sum() - len(changed) * (len(changed) + 1) / 2) / (len(changed) * len(quiet))


def lists(p, step, rng, level=0.05):
    """Mean false discovery proportion, and power, of lists of quiet windows and changed ones at q = level, by Benjamini and Hochberg."""
    wrong, power = [], []
    for _ in range(LISTS):
        drawn = rng.choice(len(p), LISTED, replace=len(p) < LISTED)
        chances = np.concatenate([p[drawn[CHANGED:], 0], p[drawn[:CHANGED], step]])
        listed = false_discovery_control(chances, method="bh") <= level
        right = listed[-CHANGED:].sum()
        wrong.append(listed[:-CHANGED].sum() / max(1, listed.sum()))
        power.append(right / CHANGED)
    return float(np.mean(wrong)), float(np.mean(power))


def report(rows, begun) -> None:
    rng = np.random.default_rng(0)
    site, days = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    past = np.array([row[2] for row in rows])
    p, pooled = (np.array([row[k] for row in rows]) for k in (3, 4))
    print(f"{len(rows)} windows of {len(set(site))} sites\n")
    print("| window | windows | " + " | ".join(f"{level:g}" for level in LEVELS) + " |")
    print("|---" * (len(LEVELS) + 2) + "|")
    groups = [(f"{length} days", days == length) for length in LENGTHS]
    groups += [("past of 10 to 15 dates", past <= 15), ("past of 16 to 30", (past > 15) & (past <= 30))]
    groups += [("past of more", past > 30)]
    for name, chosen in groups:
        cells = []
        for level in LEVELS:
            called = (p[chosen, 0] <= level).astype(float)
            low, high = interval(called, site[chosen], rng)
            cells.append(f"{called.mean():.4f} ({low:.4f}-{high:.4f})")
        print(f"| {name} | {chosen.sum()} | " + " | ".join(cells) + " |")
    called = " | ".join(f"{np.mean(pooled[:, 0] <= level):.4f}" for level in LEVELS)
    print(f"| all, pooled t test | {len(p)} | {called} |")
    print("\n| step, dB, 61 days | AUC | found at .05 | found at .01 |\n|---|---|---|---|")
    chosen = p[days == 61]
    for k, step in enumerate(STEPS):
        if step:
            found = [np.mean(chosen[:, k] <= level) for level in (0.05, 0.01)]
            print(f"| {step:+} | {auc(chosen[:, k], chosen[:, 0]):.3f} | {found[0]:.2f} | {found[1]:.2f} |")
    print(
        f"\n| lists of {LISTED}, {CHANGED} changed, 61 days | false discoveries at q .05 | in the list |\n|---|---|---|"
    )
    for k, step in enumerate(STEPS):
        if step < -1:
            wrong, power = lists(chosen, k, rng)
            print(f"| {step:+} dB | {wrong:.3f} | {power:.2f} |")
    print("\n| onset within 61 days, dB | found | given a bracket | of these held |\n|---|---|---|---|")
    held = np.array([row[1] for row in begun], float)
    for k, size in enumerate(ONSETS):
        found, given, right = held[:, k].sum(axis=0)
        print(f"| {size:+} | {found / len(held):.2f} | {given / max(1, found):.2f} | {right / max(1, given):.3f} |")


def draw(rows, path: Path) -> None:
    """Draw the share of quiet windows that are called changed against the stated level, by length, with an interval over sites."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"], mpl.rcParams["font.family"] = "vestige", "sans-serif"
    site, days = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    p, pooled = (np.array([row[k] for row in rows]) for k in (3, 4))
    levels = np.geomspace(0.0001, 0.5, 50)
    figure, axes = plt.subplots(figsize=(6, 4.6), layout="constrained")
    axes.plot(levels, levels, color="0.4", lw=1, ls=":", label="as stated")
    for length, colour in zip(LENGTHS, ("#94c9b5", "#4d9f83", "#0b6e4f", "#06402e"), strict=True):
        called = p[days == length, 0][:, None] <= levels
        axes.plot(levels, called.mean(axis=0), color=colour, lw=2, label=f"windows of {length} days")
    called, rng = (p[:, 0, None] <= levels).astype(float), np.random.default_rng(0)
    low, high = np.array([interval(called[:, i], site, rng, 500) for i in range(len(levels))]).T
    axes.fill_between(levels, low, high, color="#0b6e4f", alpha=0.18, lw=0)
    axes.plot(levels, (pooled[:, 0, None] <= levels).mean(axis=0), color="#7a5195", lw=2, label="pooled t test")
    axes.set(xscale="log", yscale="log", xlim=(0.0001, 0.5), ylim=(0.00005, 1), xlabel="stated level")
    axes.set_ylabel("share of quiet windows called changed")
    axes.set_title(f"{len(p)} quiet windows of {len(set(site))} places; band: 95 % over places", fontsize=10)
    axes.legend(frameon=False, fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    words = [word for word in sys.argv[1:] if word not in ("--every", "--brackets")]
    every = int(words.pop()) if "--every" in sys.argv else 1
    if "--brackets" in sys.argv:
        with one_thread():
            brackets(Path(words[0]))
        return
    with one_thread():
        rows, begun = measure(Path(words[0]), every)
    report(rows, begun)
    if len(words) > 1:
        draw(rows, Path(words[1]))


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:
        sys.exit(__doc__)
    main()
