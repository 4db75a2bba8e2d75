"""Publish generated sites: pages a second, memory, and what one change costs.

    python bench/publishing/run.py [--sites 28618] [--languages en] [--folder DIR]

28,618 is the size of the largest war-heritage watch list in the literature. A fifth of the sites carry an assessment, a fiftieth two that
differ, a hundredth a statement from a source. Prints one line of JSON; ratios are within one run, so that they mean the same on any machine.
"""

import argparse
import json
import os
import random
import resource
import shutil
import tempfile
import threading
import time
from pathlib import Path

import msgspec

from vestige.entries import (
    BLANK_KEYS,
    Assessment,
    Assessor,
    DateWindow,
    Draft,
    Location,
    Name,
    Policy,
    Site,
    Source,
    Speaker,
    Statement,
)
from vestige.publishing import publish
from vestige.record import Record

CONDITIONS = ("Good", "Fair", "Poor", "Very Bad", "Destroyed")
WORDS = ("Church", "Mosque", "Bridge", "Fort", "Museum", "Library", "Monastery", "Synagogue", "Theatre", "Tomb")
BATCH = 2000


def make_record(path: Path, sites: int, languages: tuple[str, ...]) -> Record:
    """Make a record of generated sites, the same for the same number."""
    policy = Policy(
        name="x",
        origin="x",
        keys=BLANK_KEYS,
        languages=languages,
        licence="CC0",
    )
    record = Record.create(path, "A generated record", origin="bench.example/heritage", policy=policy)
    chance = random.Random(7)
    abouts = []
    for first in range(0, sites, BATCH):
        drafts = [Draft(make_site(chance, number)) for number in range(first, min(sites, first + BATCH))]
        abouts += [receipt.about for receipt in record.append(*drafts)]
    source = record.append(Draft(Source(title="A generated source", form="reference")))[0].about
    drafts = []
    for number, about in enumerate(abouts):
        for assessor in range((number % 5 == 0) + (number % 50 == 0)):
            drafts.append(Draft(judged(chance, about, f"Assessor {assessor}")))
        if number % 100 == 0:
            drafts.append(Draft(said(source, about)))
    for first in range(0, len(drafts), BATCH):
        record.append(*drafts[first : first + BATCH])
    return record


def make_site(chance: random.Random, number: int) -> Site:
    """Generate one site; one in twenty is sensitive."""
    kind = chance.choice(WORDS)
    return Site(
        names=(Name(text=f"{kind} of {number:05d}", language="en"), Name(text=f"Памятка {number:05d}", language="uk")),
        location=Location(latitude=round(chance.uniform(44, 52), 5), longitude=round(chance.uniform(22, 40), 5)),
        sensitivity="sensitive" if number % 20 == 0 else "open",
        type=kind.lower(),
        countries=(chance.choice(("UA", "UA", "UA", "MD", "PL", "RO")),),
        register="Generated",
    )


def judged(chance: random.Random, site: str, assessor: str) -> Assessment:
    """Generate one assessment."""
    window = DateWindow(when="between", start="2022-03", end="2022-11")
    return Assessment(site=site, assessor=Assessor(name=assessor), window=window, condition=chance.choice(CONDITIONS))


def said(source: str, site: str) -> Statement:
    """Generate one statement."""
    speaker = Speaker(name="A generated speaker")
    return Statement(
        source=source, content="The roof was hit.", manner="direct", speaker=speaker, status="confirmed", sites=(site,)
    )


class Memory(threading.Thread):
    """Watches the resident memory of this process and its children together, in bytes."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._over = threading.Event()

    def run(self) -> None:
        """Look ten times a second."""
        page = resource.getpagesize()
        while not self._over.wait(0.1):
            total = 0
            for task in Path("/proc").glob("[0-9]*"):
                try:
                    stat = (task / "stat").read_text().rpartition(")")[2].split()
                    if int(task.name) == os.getpid() or int(stat[1]) == os.getpid():
                        total += int((task / "statm").read_text().split()[2 - 1]) * page
                except (OSError, ValueError, IndexError):
                    continue
            self.peak = max(self.peak, total)

    def stop(self) -> int:
        """Give the peak."""
        self._over.set()
        self.join()
        return self.peak


def timed(record: Record, out: Path):
    """Publish and give the result with the seconds it took, and those of processors, of which other work takes none."""
    start, used = time.perf_counter(), processor()
    done = publish(record, out)
    return done, time.perf_counter() - start, processor() - used


def processor() -> float:
    """Give the processor seconds of this process and of its children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + ended.ru_utime + ended.ru_stime


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=28_618)
    parser.add_argument("--languages", default="en")
    parser.add_argument("--folder", type=Path)
    arguments = parser.parse_args()
    if arguments.folder:
        arguments.folder.mkdir(parents=True, exist_ok=True)
    base = Path(tempfile.mkdtemp(prefix="vestige-bench-", dir=arguments.folder))
    os.environ["XDG_CACHE_HOME"] = str(base / "cache")
    record = make_record(base / "record", arguments.sites, tuple(arguments.languages.split(",")))
    watch = Memory()
    watch.start()
    full, seconds, used = timed(record, base / "out")
    peak = watch.stop()
    site = next(record.index.entries("site", current=True))
    record.append(Draft(judged(random.Random(1), site.about, "A new assessor")))
    change, again, again_used = timed(record, base / "out")
    body = msgspec.structs.replace(site.body, names=(Name(text="Renamed", language="en"),))
    record.append(Draft(body, about=site.about, replaces=site.hash))
    _, renamed, renamed_used = timed(record, base / "out")
    _, nothing, nothing_used = timed(record, base / "out")
    print(
        json.dumps(
            {
                "sites": arguments.sites,
                "languages": arguments.languages,
                "entries": full.entries,
                "pages": full.pages,
                "files": full.files,
                "seconds": round(seconds, 2),
                "pages_per_second": round(full.pages / seconds),
                "peak_memory_MB": round(peak / 1e6),
                "change_seconds": round(again, 3),
                "change_share": round(again / seconds, 4),
                "change_written": change.written,
                "rename_share": round(renamed / seconds, 4),
                "nothing_share": round(nothing / seconds, 4),
                "processor_seconds": round(used, 2),
                "change_processor_seconds": round(again_used, 3),
                "change_processor_share": round(again_used / used, 4),
                "rename_processor_share": round(renamed_used / used, 4),
                "nothing_processor_share": round(nothing_used / used, 4),
            }
        )
    )
    record.close()
    shutil.rmtree(base)


if __name__ == "__main__":
    main()
