"""Measure how far the p-values of the test of change can be trusted, and what it finds; draw the reliability plot.

usage: calibrate.py FOLDER [OUT.svg]

FOLDER is that of ``learn_prior.py``. Every window of 61 days that starts a year or more into a series labelled "No Change" is tested, with
prior shares learned without the window's own site (leave one site out), and again with a step injected into all that follows. Windows
of one site overlap and share their past, so intervals come from a bootstrap over sites, not windows.
"""

import sys
from pathlib import Path

import numpy as np
from learn_prior import learn, likelihoods, quiet_series
from scipy.stats import rankdata, ttest_ind

from vestige.observing._change import _p_values, _steps
from vestige.observing._forecast import forecast, pattern
from vestige.observing._prior import SHARES
from vestige.observing._threads import one_thread
from vestige.observing._window import prepare

WINDOW, HISTORY = np.timedelta64(61, "D"), np.timedelta64(365, "D")
STEPS = (-3.0, -2.0, -1.5, -1.0, 0.0, 1.0, 1.5, 2.0, 3.0)
LEVELS = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.5)


def windows(series):
    for start in series.times[series.times - series.times[0] >= HISTORY]:
        inside = (series.times >= start) & (series.times < start + WINDOW)
        if inside.sum() >= 3 and series.times[-1] - start >= WINDOW:
            yield start


def p_values(series, start, shares):
    """Ours with the shipped and the given shares, Welch's and the pooled t test on the site's mean, for each step."""
    one = prepare(series, (start, start + WINDOW), None)
    if one.abstained:
        return None
    dates = pattern(series.times[one.before], series.times[one.after])
    before, after = one.decibels[one.before], one.decibels[one.after]
    moved = np.stack([after + step for step in STEPS])
    rows = []
    for prior in (SHARES, shares):
        found = forecast(dates, np.broadcast_to(before, (len(STEPS), *before.shape)), moved, prior)
        rows.append(_p_values(found, *_steps(found)))
    past = before[series.times[one.before] >= start - HISTORY]
    for equal in (False, True):
        test = [ttest_ind(after + step, past, equal_var=equal).pvalue.min() for step in STEPS]
        rows.append(np.array(test))
    return np.array(rows)


def measure(folder: Path):
    """P-values (window, method, step) and the site of each window."""
    quiet = quiet_series(folder)
    sites = np.array([series.site for series in quiet])
    likelihood = likelihoods(quiet)
    without = {site: learn(likelihood[sites != site], sites[sites != site]) for site in np.unique(sites)}
    labelled = labelled_quiet(folder)
    found, where = [], []
    for series in quiet:
        for start in windows(series) if series.site in labelled else ():
            rows = p_values(series, start, without[series.site])
            if rows is not None:
                found.append(rows)
                where.append(series.site)
    return np.array(found), np.array(where)


def labelled_quiet(folder):
    import json

    features = json.loads((folder / "sites.geojson").read_text())["features"]
    return {str(f["properties"]["site_id"]) for f in features if f["properties"]["change_type"] == "No Change"}


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


def main() -> None:
    with one_thread():
        p, sites = measure(Path(sys.argv[1]))
    zero, rng = STEPS.index(0.0), np.random.default_rng(0)
    names = ("shipped shares", "site left out", "Welch t test", "pooled t test")
    print(f"{len(p)} windows of {len(set(sites))} sites\n\n| calls at nominal | " + " | ".join(names) + " |")
    print("|---|" + "---|" * len(names))
    for level in LEVELS:
        cells = []
        for k in range(len(names)):
            called = (p[:, k, zero] <= level).astype(float)
            cells.append(f"{called.mean():.3f} ({'-'.join(f'{x:.3f}' for x in interval(called, sites, rng))})")
        print(f"| {level} | " + " | ".join(cells) + " |")
    print("\n| step, dB | " + " | ".join(f"AUC {name}" for name in names) + " | found at 0.05, site left out |")
    print("|---|" + "---|" * (len(names) + 1))
    for i, step in enumerate(STEPS):
        if step:
            areas = " | ".join(f"{auc(p[:, k, i], p[:, k, zero]):.3f}" for k in range(len(names)))
            print(f"| {step:+} | {areas} | {np.mean(p[:, 1, i] <= 0.05):.2f} |")
    if len(sys.argv) > 2:
        draw(p[:, :, zero], sites, Path(sys.argv[2]))


def draw(p, sites, path: Path) -> None:
    """Draw the share of quiet windows that are called changed against the stated level, with intervals over sites."""
    import matplotlib as mpl
    from matplotlib import pyplot as plt

    mpl.rcParams["svg.hashsalt"], mpl.rcParams["font.family"] = "vestige", "sans-serif"
    levels = np.geomspace(0.003, 0.5, 40)
    figure, axes = plt.subplots(figsize=(6, 4.6), layout="constrained")
    axes.plot(levels, levels, color="0.4", lw=1, ls=":", label="as stated")
    for k, name, colour in (
        (1, "quiet-past forecast, site left out", "#0b6e4f"),
        (2, "Welch t test", "#b5541c"),
        (3, "pooled t test", "#7a5195"),
    ):
        called = (p[:, k, None] <= levels).astype(float)
        axes.plot(levels, called.mean(axis=0), color=colour, lw=2, label=name)
        rng = np.random.default_rng(0)
        low, high = np.array([interval(called[:, i], sites, rng) for i in range(len(levels))]).T
        axes.fill_between(levels, low, high, color=colour, alpha=0.18, lw=0)
    axes.set(xscale="log", yscale="log", xlim=(0.003, 0.5), ylim=(0.001, 1), xlabel="stated level")
    axes.set_ylabel("share of quiet windows called changed")
    axes.set_title(f"{len(p)} quiet windows of {len(set(sites))} places; bands: 95 % over places", fontsize=10)
    axes.legend(frameon=False, fontsize=9)
    axes.spines[["top", "right"]].set_visible(False)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, metadata={"Date": None})


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    main()
