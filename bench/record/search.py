"""Measure how long a search in a record of many sites takes, and the withdrawal of one of them.

    python bench/record/search.py --sites 30000

Sites with made-up names are entered in a temporary record; each question is asked several times, and the middle of the processor time is given: on a busy machine the clock would tell of others.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from vestige.entries import Draft, Location, Name, Site
from vestige.record import Record

WORDS = (
    "Old",
    "Church",
    "Saint",
    "Mill",
    "Castle",
    "Upper",
    "Stone",
    "Chapel",
    "Bridge",
    "Market",
    "Hall",
    "Ёлкино",
    "Şuşa",
    "Ναός",
)
QUESTIONS = ("c", "s", "е", "church", "saint mill", "c s", "site 29", "елкино", "bosnia")
ROUNDS = 7


def site(number: int) -> Site:
    """Give a site with three names made of a few words."""
    names = [
        f"{WORDS[number % 14]} {WORDS[number // 14 % 14]} {WORDS[number // 196 % 14]} {number}",
        f"Site {number}",
        f"Место {number}",
    ]
    place = Location(latitude=number % 170 - 85, longitude=number % 350 - 175)
    return Site(names=tuple(Name(text=name) for name in names), location=place, countries=("BA",), type="Church")


def main() -> None:
    """Fill, ask, withdraw, and print milliseconds."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sites", type=int, default=30_000, help="how many sites")
    count = options.parse_args().sites
    with tempfile.TemporaryDirectory() as folder, Record.create(Path(folder, "record"), "Search") as record:
        for first in range(0, count, 1000):
            record.append(*(Draft(site(number)) for number in range(first, min(first + 1000, count))))
        started = time.process_time()
        size = record.index.size
        print(f"{size} entries indexed in {time.process_time() - started:.1f} s")
        for question in QUESTIONS:
            times = []
            for _ in range(ROUNDS):
                started = time.process_time()
                found = record.index.search(question, "site", limit=20)
                times.append(time.process_time() - started)
            print(f"{question!r:14} {statistics.median(times) * 1000:7.1f} ms  {len(found)} shown")
        target = next(record.index.entries("site", current=True))
        started = time.process_time()
        record.withdraw(target.hash, "a measurement")
        print(f"a withdrawal   {(time.process_time() - started) * 1000:7.1f} ms")


if __name__ == "__main__":
    main()
