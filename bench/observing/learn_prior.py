"""Learn the prior shares of the models of quiet places (``vestige.observing._prior.SHARES``) from quiet series.

usage: learn_prior.py FOLDER

FOLDER is in the form of ``vestige.observing.read_folder`` with labels in sites.geojson (``change_type``, ``change_time``): the OPERA
DIST-S1 validation series, which NASA/JPL publishes under Apache-2.0. Quiet are sites labelled "No Change", whole, and sites with a
dated fire, clear cut or other change up to a month before it. Each site counts once, however many orbits see it. The shares maximise
the marginal likelihood (expectation-maximisation) with a flat Dirichlet prior worth `FLAT` sites, which keeps every model alive.
"""

import json
import sys
from pathlib import Path

import numpy as np

from vestige.observing import Series, read_folder
from vestige.observing._forecast import forecast, pattern
from vestige.observing._prior import MODELS
from vestige.observing._window import prepare

FLAT = 4.0
DATED = ("Fire", "Clear cut/fire", "Other change")
FEWEST = 25


def quiet_series(folder: Path) -> list[Series]:
    """Read the series of quiet places; those with too few dates are left out."""
    features = json.loads((folder / "sites.geojson").read_text())["features"]
    labels = {str(feature["properties"]["site_id"]): feature["properties"] for feature in features}
    ends = {site: _quiet_until(label) for site, label in labels.items()}
    cut = (_until(series, ends.get(series.site)) for series in read_folder(folder).series)
    return [series for series in cut if np.isfinite(series.values).any(axis=(1, 2, 3)).sum() >= FEWEST]


def _quiet_until(label):
    if label["change_type"] == "No Change":
        return np.datetime64("9999-01-01", "s")
    time = label["last_observation_time"] or label["change_time"]
    return np.datetime64(time, "s") - np.timedelta64(30, "D") if label["change_type"] in DATED and time else None


def _until(series, end):
    kept = series.times < (series.times[0] if end is None else end)
    return Series(series.times[kept], series.values[kept], series.bands, series.orbit, site=series.site)


def likelihoods(batch) -> np.ndarray:
    """Likelihood of each series under each model, up to a factor a series (N, K)."""
    flat = np.full(len(MODELS), 1 / len(MODELS))
    rows = []
    for series in batch:
        end = series.times[-1] + np.timedelta64(1, "s")
        one = prepare(series, (end, end + np.timedelta64(1, "D")), None)
        dates = pattern(series.times[one.before], series.times[:0])
        before = one.decibels[one.before][None]
        rows.append(forecast(dates, before, before[:, :0], flat).weight[:, 0])
    return np.array(rows)


def learn(likelihood: np.ndarray, sites: np.ndarray, rounds: int = 300) -> np.ndarray:
    """Shares of the models (K,), each site counting once."""
    once = 1 / np.array([np.sum(sites == site) for site in sites])
    shares = np.full(likelihood.shape[1], 1 / likelihood.shape[1])
    for _ in range(rounds):
        posterior = likelihood * shares
        posterior /= posterior.sum(axis=1, keepdims=True)
        shares = once @ posterior + FLAT / len(shares)
        shares /= shares.sum()
    return shares


def main() -> None:
    batch = quiet_series(Path(sys.argv[1]))
    sites = np.array([series.site for series in batch])
    shares = learn(likelihoods(batch), sites)
    print(f"# {len(batch)} series of {len(set(sites))} sites")
    for model, share in zip(MODELS, shares, strict=True):
        print(f"{share:.3f}  # {model}")


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:
        sys.exit(__doc__)
    main()
