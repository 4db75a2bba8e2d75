"""How fast the test of change is, and how its time grows with sites and with dates.

usage: speed_of_test.py [--quick] [--own]

Series are simulated: 2 bands, 9 pixels, 6 days apart. "shared dates" is the ordinary case, many sites below one orbit; "own dates" gives
every series dates that no other has, so that nothing can be shared. CPU seconds of one core; ratios of one run are what counts.
"""

import sys
import time

import numpy as np

from vestige.observing import Series, test_changes

REPEATS = 5
"""The fastest counts: what else the machine does only ever adds."""


def batch(sites, dates, *, own, rng):
    start = np.datetime64("2019-01-01T05:00", "s")
    days = np.arange(dates) * 6
    series = []
    for _ in range(sites):
        moved = days + (rng.integers(0, 3, dates) if own else 0)
        power = rng.gamma(10, 0.01, (dates, 2, 3, 3))
        series.append(Series(start + moved * np.timedelta64(1, "D"), power, ("VV", "VH"), "T001"))
    return series


def seconds(sites, dates, *, own=False):
    """CPU seconds to test ``sites`` series; making them is not counted."""
    series = batch(sites, dates, own=own, rng=np.random.default_rng(0))
    after = (series[0].times[int(dates * 0.9)], series[0].times[-1])
    test_changes(series[:2], after)
    start = time.process_time()
    test_changes(series, after)
    return time.process_time() - start


def main() -> None:
    few = 300 if "--quick" in sys.argv else 2000
    print("| sites | dates | dates are | ms a series | series a minute a core |")
    print("|---|---|---|---|---|")
    cases = [(few // 4, 100, False), (few, 100, False), (few * 4, 100, False), (few, 50, False), (few, 200, False)]
    cases += [(few // 8, 50, True), (few // 8, 100, True), (few // 16, 200, True), (few // 32, 400, True)]
    if "--own" in sys.argv:
        cases = [case for case in cases if case[2]]
    for sites, dates, own in cases:
        took = min(seconds(sites, dates, own=own) for _ in range(REPEATS))
        kind = "own" if own else "shared"
        print(f"| {sites:,} | {dates} | {kind} | {took / sites * 1000:.2f} | {sites / took * 60:,.0f} |")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
