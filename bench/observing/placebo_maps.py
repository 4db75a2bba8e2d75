"""Placebo windows on chips where no change is known: how often the test calls a change, and whether its maps look like noise.

usage: placebo_maps.py FOLDER [OUT.png]

FOLDER holds chips as ``DATE/…_BURST_DATETIMEZ_…_POLARISATION.tif`` (OPERA RTC-S1, 100 × 100 pixels of 30 m). Each block of 3 × 3 pixels is a
site. The window is the last acquisitions in the folder; all earlier ones are its past. Bursts whose backscatter in VH lies below -25 dB
are open water and are left out. No event is labelled in this place, so a real change may be among what is called. A second table says
what sites on a coarser grid make of a step that the whole burst shows, as if the instrument had changed, and of one of their own, with and without the
15 by 15 pixels around them as controls.
"""

import re
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import rasterio
from PIL import Image

from vestige.observing import Series
from vestige.observing._change import test_changes
from vestige.observing.scenes import surroundings

NAME = re.compile(r"_(T\d{3}-\d+-IW\d)_(\d{8}T\d{6})Z_.*_(V[VH])\.tif$")
BLOCK, LAST, CHIP, GRID = 3, 4, 15, 10
SHIFTS = ((0, 0), (0.5, 0), (1, 0), (0, -2), (0, -3))
"""Decibels that the whole burst, and that a site alone, is moved by in the window."""


def stacks(folder):
    """Give for each burst its times and values (date, band, y, x)."""
    found = defaultdict(dict)
    for path in folder.rglob("*.tif"):
        if match := NAME.search(path.name):
            burst, time, band = match.groups()
            with rasterio.open(path) as chip:
                found[burst].setdefault(time, {})[band] = chip.read(1)
    for burst, dates in sorted(found.items()):
        whole = sorted(time for time, bands in dates.items() if len(bands) == 2)
        times = np.array([np.datetime64(f"{t[:4]}-{t[4:6]}-{t[6:8]}T{t[9:11]}:{t[11:13]}:{t[13:]}") for t in whole])
        yield burst, times, np.array([[dates[t]["VV"], dates[t]["VH"]] for t in whole], np.float32)


def p_map(burst, times, values):
    """Give the p-value of each block (rows, columns)."""
    rows, columns = (extent // BLOCK for extent in values.shape[2:])
    blocks = [
        Series(
            times=times,
            values=values[:, :, BLOCK * y : BLOCK * y + BLOCK, BLOCK * x : BLOCK * x + BLOCK],
            bands=("VV", "VH"),
            orbit=burst,
        )
        for y in range(rows)
        for x in range(columns)
    ]
    window = (times[-LAST], times[-1] + np.timedelta64(1, "D"))
    answers = [change.p_value for change in test_changes(blocks, after=window)]
    return np.array([np.nan if p is None else p for p in answers]).reshape(rows, columns)


def neighbours(p):
    """Give the correlation of p-values of neighbouring blocks that both have one: zero where the map is noise."""
    pairs = np.stack([np.r_[p[:, :-1].ravel(), p[:-1].ravel()], np.r_[p[:, 1:].ravel(), p[1:].ravel()]])
    return np.corrcoef(pairs[:, np.isfinite(pairs).all(axis=0)])[0, 1]


def chances(sites, window, controls=None):
    """P-values of sites; where the test abstains, 1, for it calls nothing."""
    return np.array(
        [1.0 if one.p_value is None else one.p_value for one in test_changes(sites, window, controls=controls)]
    )


def moved(burst, times, values, everywhere, own):
    """P-values of sites alone, and with their surroundings, when the burst and the sites are moved in the window: (2, sites)."""
    values = values.copy()
    values[-LAST:] *= 10 ** (everywhere / 10)
    sites, controls = [], []
    middle = slice(CHIP // 2 - BLOCK // 2, CHIP // 2 - BLOCK // 2 + BLOCK)
    for y in range(0, values.shape[2] - CHIP + 1, GRID):
        for x in range(0, values.shape[3] - CHIP + 1, GRID):
            wide = values[:, :, y : y + CHIP, x : x + CHIP]
            site = wide[:, :, middle, middle].copy()
            site[-LAST:] *= 10 ** (own / 10)
            sites.append(Series(times, site, ("VV", "VH"), burst))
            controls.append([surroundings(Series(times, wide, ("VV", "VH"), burst), BLOCK)])
    window = (times[-LAST], times[-1] + np.timedelta64(1, "D"))
    return np.stack([chances(sites, window), chances(sites, window, controls)])


def main():
    """Print a row a burst and draw the maps side by side."""
    maps, shifted = [], [[] for _ in SHIFTS]
    print("| burst | dates before, in | called at 0.05 | at 0.01 | correlation of neighbours |\n|---|---|---|---|---|")
    for burst, times, values in stacks(Path(sys.argv[1])):
        if not np.nanmedian(10 * np.log10(np.where(values[:, 1] > 0, values[:, 1], np.nan))) > -25:
            continue
        p = p_map(burst, times, values)
        maps.append(p)
        for found, (everywhere, own) in zip(shifted, SHIFTS, strict=True):
            found.append(moved(burst, times, values, everywhere, own))
        rates = " | ".join(f"{np.nanmean(p <= level):.3f}" for level in (0.05, 0.01))
        print(f"| {burst} | {len(times) - LAST}, {LAST} | {rates} | {neighbours(p):.2f} |")
    every = np.concatenate([p.ravel() for p in maps])
    print(f"| all {len(maps)} | | {np.nanmean(every <= 0.05):.3f} | {np.nanmean(every <= 0.01):.3f} | |")
    print("\n| sites | whole burst, dB | the site, dB | called at 0.05, alone | with controls |\n|---|---|---|---|---|")
    for found, (everywhere, own) in zip(shifted, SHIFTS, strict=True):
        both = np.concatenate(found, axis=1)
        rates = " | ".join(f"{rate:.3f}" for rate in (both <= 0.05).mean(axis=1))
        print(f"| {both.shape[1]} | {everywhere:+} | {own:+} | {rates} |")
    if len(sys.argv) > 2:
        row = np.concatenate([np.pad(p, 1, constant_values=1) for p in maps], axis=1)
        shade = np.uint8(np.nan_to_num(255 * row, nan=128))
        Image.fromarray(shade).resize((shade.shape[1] * 4, shade.shape[0] * 4), 0).save(sys.argv[2])


if __name__ == "__main__":
    if len(sys.argv) < 2 or sys.argv[1] in {"-h", "--help"}:
        sys.exit(__doc__)
    main()
