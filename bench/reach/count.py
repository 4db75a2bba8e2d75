"""Count a month of generated log lines on one core, and GoAccess on the same file in the same run, where it is installed.

    python bench/reach/count.py [LINES]        default: 1000000

Lines are combined ones: six in ten by browsers (with styles and scripts among them), four by crawlers of the list crawler-user-agents. Memory
is the growth of the peak while counting. GoAccess (Debian package ``goaccess``) is started with its default panels and, where it knows of jobs, with one.
"""

import calendar
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import crawleruseragents

from vestige.reach import Counter, Site, read_hits

MONTH = (calendar.timegm((2026, 10, 1, 0, 0, 0)), calendar.timegm((2026, 11, 1, 0, 0, 0)))
BROWSERS = [
    f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/{major}.0.0.0 Safari/537.36"
    for major in range(90, 146)
] + [f"Mozilla/5.0 (X11; Linux x86_64; rv:{major}.0) Gecko/20100101 Firefox/{major}.0" for major in range(90, 146)]


def write(path, lines):
    """Write a log in the order of time."""
    dice = random.Random(1)
    crawlers = [agent for entry in crawleruseragents.CRAWLER_USER_AGENTS_DATA for agent in entry.get("instances", ())]
    with path.open("w", encoding="utf-8") as file:
        for number in range(lines):
            second = number * 2_600_000 // lines
            day, clock = second // 86_400 + 1, time.strftime("%H:%M:%S", time.gmtime(second))
            browser = dice.random() < 0.6
            agent = dice.choice(BROWSERS if browser else crawlers).replace('"', "")
            page = f"/{dice.choice(['en', 'az', 'hy', 'ru'])}/site/{dice.randrange(3000)}.html"
            path_asked = "/assets/app.css" if browser and dice.random() < 0.4 else page
            file.write(
                f"198.51.{dice.randrange(256)}.{dice.randrange(256)} - - [{day:02}/Oct/2026:{clock} +0000] "
                f'"GET {path_asked} HTTP/1.1" 200 5120 "https://news.example/story/{dice.randrange(500)}" "{agent}"\n'
            )


def peak():
    """Give the peak of memory in MB."""
    return int(Path("/proc/self/status").read_text("ascii").split("VmHWM:")[1].split()[0]) // 1024


def main():
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "access.log"
        write(log, lines)
        size, before, start = log.stat().st_size / 1e6, peak(), time.process_time()
        counter = Counter(Site(), MONTH)
        counter.add(read_hits(log))
        counter.close()
        ours = time.process_time() - start
        print(
            f"{lines} lines, {size:.0f} MB: {counter.views} views in {ours:.1f} s, {size / ours:.0f} MB/s; peak {peak()} MB ({peak() - before} more)"
        )
        print(f"left out: {dict(counter.left_out)}")
        if shutil.which("goaccess"):
            jobs = (
                "--jobs" in subprocess.run(["goaccess", "--help"], check=False, capture_output=True, text=True).stdout
            )
            command = ["goaccess", "-f", str(log), "--log-format=COMBINED", "-o", f"{folder}/out.json", "--no-progress"]
            command += ["--jobs=1"] if jobs else []
            begun = sum(os.times()[2:4])
            subprocess.run(command, check=True, capture_output=True, stdin=subprocess.DEVNULL)
            theirs = sum(os.times()[2:4]) - begun
            print(f"GoAccess: {theirs:.1f} s, {size / theirs:.1f} MB/s; ratio {theirs / ours:.1f}")
        else:
            print("GoAccess is not installed")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
