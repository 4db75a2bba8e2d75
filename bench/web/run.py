"""Measure a published record in a real browser: search, keys, first paint, weight of the front page, frames of the map.

    python bench/web/run.py [--sites 30000] [--published 1000] [--folder FOLDER] [--only search,keys,paint,weight,map]

Publishes generated sites with names in six scripts (or takes those of an earlier run), lengthens the index that list and map read to as many sites as
asked, serves it on this machine and drives the Chromium that the browser tests use. Every figure comes with the time that an empty page takes to its
first paint in the same run, so that a busy machine shows. Prints one table; ``--json`` gives the figures as they are.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

sys.path.append(str(Path(__file__).parents[2] / "tests/browser"))

import chromium
from server import serve

from kinds import KINDS, path_of
from vestige.entries import (
    BLANK_KEYS,
    Actor,
    Assessment,
    Assessor,
    DateWindow,
    Draft,
    Location,
    Name,
    Policy,
    Site,
    Source,
    Span,
    Speaker,
    Statement,
    Study,
    StudyFile,
)
from vestige.publishing import publish
from vestige.record import Record

BATCH = 2000
CONDITIONS = ("Good", "Fair", "Poor", "Very Bad", "Destroyed")
COUNTRIES = ("AM", "AZ", "GE", "SY", "IQ", "UA")
TYPES = ("Church", "Mosque", "Bridge", "Museum", "Archaeological site", "Cemetery", "Fort", "Library")
NAMES = {
    "en": ("Old church of {}", "Stone bridge of {}", "Upper fort of {}", "Library of {}"),
    "az": ("{} İçəri məscidi", "{} daş körpüsü", "{} qalası", "{} kitabxanası"),
    "hy": ("{} հին եկեղեցի", "{} քարե կամուրջ", "{} վերին բերդ", "{} գրադարան"),
    "ar": ("مسجد {} القديم", "جسر {} الحجري", "قلعة {} العليا", "مكتبة {}"),
    "ru": ("Старая церковь {}", "Каменный мост {}", "Верхняя крепость {}", "Библиотека {}"),
    "uk": ("Стара церква {}", "Кам’яний міст {}", "Верхня фортеця {}", "Бібліотека {}"),
}
PLACES = ("Mosul", "Mostar", "Şuşa", "Ստեփանակերտ", "حلب", "Одеса", "Лачин", "Nimrud", "Gori", "Aleppo")
TYPED = (
    "old church 2", "Stone BRIDGE 17", "library", "no such place", "içəri məscidi 3", "DAŞ KÖRPÜSÜ", "վերին բերդ 12", "ԳՐԱԴԱՐԱՆ 2",
    "مسجد القديم", "قلعة ١٢", "каменный мост", "Библиотека 299", "кам'яний міст 4", "фортеця",
)  # fmt: skip
"""What is typed, letter by letter: common and rare words, in small and capital letters, other digits, another apostrophe."""

TEXT = "The speaker said that the roof had been hit.\n"


def make_record(path: Path, sites: int) -> Record:
    """Make a record of generated sites, and one each of what else has a page."""
    record = Record.create(
        path, "A generated record", origin="bench.example/web", policy=Policy(name="x", origin="x", keys=BLANK_KEYS, languages=("en", "ar"))
    )  # fmt: skip
    chance = random.Random(7)
    made = []
    for first in range(0, sites, BATCH):
        drafts = (Draft(make_site(chance, number)) for number in range(first, min(sites, first + BATCH)))
        made += [receipt for receipt in record.append(*drafts) if receipt.about.startswith("site:")]
    abouts = list(dict.fromkeys(receipt.about for receipt in made))
    judged = [Draft(judgement(chance, about)) for about in abouts[::3]]
    for first in range(0, len(judged), BATCH):
        record.append(*judged[first : first + BATCH])
    add_others(record, abouts[1])
    return record


def make_site(chance: random.Random, number: int) -> Site:
    """Generate a site with a name in each script; one in twenty is sensitive."""
    kind = chance.randrange(4)
    return Site(
        names=tuple(Name(text=forms[kind].format(number), language=language) for language, forms in NAMES.items()),
        location=Location(latitude=round(chance.uniform(30, 52), 5), longitude=round(chance.uniform(22, 50), 5)),
        sensitivity="sensitive" if number % 20 == 0 else "open",
        type=chance.choice(TYPES),
        countries=(chance.choice(COUNTRIES),),
    )


def judgement(chance: random.Random, site: str) -> Assessment:
    """Generate an assessment."""
    window = DateWindow(when="between", start=f"202{chance.randrange(2, 6)}-01", end="2026-01")
    return Assessment(
        site=site, assessor=Assessor(name="An assessor"), window=window, condition=chance.choice(CONDITIONS)
    )


def add_others(record: Record, site: str) -> None:
    """Add an actor, a source with a statement, and a study."""
    file = record.add_file(TEXT.encode())
    actor = record.append(Draft(Actor(names=(Name(text="A speaker"),), type="person")))[0]
    source = record.append(Draft(Source(title="A source", file=file, media_type="text/plain", language="en")))[0]
    content = "that the roof had been hit"
    start = TEXT.index(content)
    said = Statement(
        source=source.about, content=content, manner="indirect", status="confirmed", file=file, sites=(site,), cue="said",
        speaker=Speaker(name="A speaker", actor=actor.about), spans=(Span(start=start, end=start + len(content)),),
    )  # fmt: skip
    table = StudyFile(name="table.csv", file=record.add_file(b"site,value\n1,2\n"), media_type="text/csv")
    study = Study(
        title="A study", question="How long?", method="Counting.", result="So long.", limits="Generated.", software="x", files=(table,)
    )  # fmt: skip
    record.append(Draft(said, cites=(source.entry,)), Draft(study))


def lengthen(site: Path, sites: int) -> int:
    """Lengthen the published index by more generated sites like those in it, and what else sites are found by; give how many there then are."""
    path, words = site / "data/sites-index.json", site / "data/sites-words.json"
    index = json.loads(path.read_bytes())
    rows, chance = index["sites"], random.Random(11)
    for number in range(len(rows), sites):
        made, like = make_site(chance, number), chance.choice(rows)
        names = [[name.language, name.text] for name in made.names]
        place = [round(chance.uniform(22, 50), 5), round(chance.uniform(30, 52), 5)]
        rows.append([f"{number:012d}", names, made.type, list(made.countries), *like[4:7], *place, *like[9:]])
    path.write_text(json.dumps(index, ensure_ascii=False, separators=(",", ":")))
    told = [make_told(chance, row[0], number) for number, row in enumerate(rows)]
    words.write_text(json.dumps({"format": 1, "sites": told}, ensure_ascii=False, separators=(",", ":")))
    return len(rows)


def make_told(chance: random.Random, site: str, number: int) -> list[Any]:
    """Generate what a site is found by besides: each has an address, one in three a place and a speaker of a statement."""
    row: list[Any] = [site[:3], [f"{chance.randrange(1, 200)} {chance.choice(PLACES)} street"]]
    if number % 3 == 0:
        speaker = f"Speaker {chance.randrange(500)} · director · Office of {chance.choice(PLACES)}"
        row += [[], [chance.choice(PLACES)], [speaker]]
    return row


ASK = """async value => {
  const input = document.querySelector('input[name="q"]');
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  const start = performance.now();
  input.value = value;
  input.dispatchEvent(new Event('input', {bubbles: true}));
  document.querySelector('.sites-results').getBoundingClientRect();
  const laid = performance.now() - start;
  await new Promise(done => requestAnimationFrame(() => setTimeout(done)));
  return [laid, performance.now() - start];
}"""
"""Milliseconds until the results of a query are laid out, and until the frame that shows them is painted."""


def search(page: Page, base: str) -> dict[str, Any]:
    """Type each query letter by letter into the list of sites."""
    page.goto(base + "en/sites/index.html")
    page.wait_for_selector(".sites-results li", timeout=120_000)
    laid, painted = [], []
    for text in TYPED:
        for end in range(1, len(text) + 1):
            first, second = page.evaluate(ASK, text[:end])
            laid.append(first)
            painted.append(second)
    return {"queries": len(laid), "until_laid_out_ms": spread(laid), "until_painted_ms": spread(painted)}


KEYED = {
    "one_letter": ("a", "e", "ք", "م", "к", "ф"),
    "two_single_letters": ("o c", "s b", "հ ե", "م ق", "с ц", "м к"),
    "word": ("church", "library", "եկեղեցի", "قلعة", "каменный", "фортеця"),
}
"""What is asked by key, each from an empty field: what nearly every site fits, in four scripts, and whole words."""

KEYED_ROUNDS = 3

WATCH = """() => {
  let pressed = 0;
  window.keyed_ = null;
  addEventListener('keydown', event => { pressed = event.timeStamp; window.keyed_ = null; }, true);
  addEventListener('input', () => {
    document.querySelector('.sites-results').getBoundingClientRect();
    const laid = performance.now() - pressed;
    requestAnimationFrame(() => setTimeout(() => { window.keyed_ = [laid, performance.now() - pressed]; }));
  });
}"""
"""Keeps, of each key, the milliseconds until the list is laid out and until the frame that shows it is painted."""

CLEAR = (
    "() => { const form = document.querySelector('.sites-form'); form.reset(); form.querySelector('input').focus(); }"
)


def keys(page: Page, base: str) -> dict[str, Any]:
    """Press keys in the field as a reader does; the last key of two single letters, and each key of a word.

    Beside the time that a reader waits, what the page's own thread works: on a busy machine the first grows and the second hardly does.
    """
    page.goto(base + "en/sites/index.html")
    page.wait_for_selector(".sites-results li", timeout=120_000)
    page.evaluate(WATCH)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    times: dict[str, list[list[float]]] = {name: [] for name in KEYED}
    for _ in range(KEYED_ROUNDS):
        for name, texts in KEYED.items():
            for text in texts:
                page.evaluate(CLEAR)
                page.wait_for_timeout(SETTLED)
                taken = [press(page, session, letter) for letter in text]
                times[name] += taken if name == "word" else taken[-1:]
    return {
        f"{name}_{what}_ms": spread([each[at] for each in taken])
        for name, taken in times.items()
        for at, what in enumerate(("until_laid_out", "until_painted", "worked"))
    }


def press(page: Page, session: CDPSession, letter: str) -> list[float]:
    """Press one key and wait for the frame that shows what it changed; the third figure is what the thread worked."""
    before = worked(session)
    for event in ({"type": "keyDown", "key": letter, "text": letter}, {"type": "keyUp", "key": letter}):
        session.send("Input.dispatchKeyEvent", event)  # Playwright's own press knows Latin letters only
    while (taken := page.evaluate("window.keyed_")) is None:
        page.wait_for_timeout(5)
    return [*taken, worked(session) - before]


def worked(session: CDPSession) -> float:
    """Give the processor time of the page's thread so far, in milliseconds."""
    taken = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    return 1000 * float(taken["TaskDuration"])


SETTLED = 300
"""Milliseconds that a window rests before a page is opened in it: a map takes long to clear away."""

PAINTED = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


ROUNDS = 9
"""Every page is opened so many times, all in turn, so that what slows the machine for a while slows all alike; and once before, uncounted."""


LARGEST = """new Promise(done => new PerformanceObserver((list, observer) => {
  observer.disconnect();
  done(list.getEntries().at(-1).startTime);
}).observe({type: 'largest-contentful-paint', buffered: true}))"""


def first_paint(page: Page, session: CDPSession, address: str, empty: str) -> tuple[float, float, float]:
    """Give the times to the first and to the largest contentful paint of an address, and what style and layout take, in milliseconds.

    The first is that of a page's head, the largest as a rule that of its text.

    The window is open, as a reader's is, and shows an empty page, until what the last page left to do is done; nothing of the record is in its cache.
    """
    page.goto(empty)
    session.send("Network.clearBrowserCache")
    page.wait_for_timeout(SETTLED)
    response = page.goto(address, wait_until="commit")
    if response is None or not response.ok:
        sys.exit(f"a page was expected at {address}")
    while (painted := page.evaluate(PAINTED)) is None:
        page.wait_for_timeout(20)
    taken = {metric["name"]: metric["value"] for metric in session.send("Performance.getMetrics")["metrics"]}
    page.wait_for_load_state("networkidle")
    return (
        float(painted),
        float(page.evaluate(LARGEST)),
        1000 * (taken["LayoutDuration"] + taken["RecalcStyleDuration"]),
    )


def paints(browser: Browser, base: str, site: Path) -> dict[str, Any]:
    """Measure each type of page, and an empty one beside them."""
    page, empty = browser.new_page(viewport={"width": 1280, "height": 900}), base + "empty.html"
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    addresses = {"empty": empty + "?"} | {kind: base + path_of(kind, site) for kind in KINDS}
    rounds = [
        {kind: first_paint(page, session, address, empty) for kind, address in addresses.items()}
        for _ in range(1 + ROUNDS)
    ][1:]
    middle = {
        kind: [round(statistics.median(column)) for column in zip(*(each[kind] for each in rounds), strict=True)]
        for kind in addresses
    }
    nothing = middle.pop("empty")[0]
    times = {kind: painted for kind, (painted, _, _) in middle.items()}
    return {
        "empty_ms": nothing,
        "first_paint_ms": times,
        "largest_paint_ms": {kind: largest for kind, (_, largest, _) in middle.items()},
        "style_and_layout_ms": {kind: laying for kind, (_, _, laying) in middle.items()},
        "median_ms": round(statistics.median(times.values())),
        "largest_ms": max(times.values()),
    }


WEIGHT = "performance.getEntries().filter(entry => entry.encodedBodySize !== undefined).map(entry => [entry.name, entry.encodedBodySize])"


def weight(browser: Browser, base: str) -> dict[str, Any]:
    """Sum what the front page loads, without the map and its index."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(base + "en/index.html", wait_until="networkidle")
    sizes = dict(page.evaluate(WEIGHT))
    light = {
        name: size for name, size in sizes.items() if not any(part in name for part in ("map-", "basemap", "data/"))
    }
    context.close()
    return {"front_bytes": sum(light.values()), "files": len(light), "with_map_bytes": sum(sizes.values())}


FRAMES = """milliseconds => new Promise(done => {
  const frames = [], end = performance.now() + milliseconds;
  let last = performance.now();
  requestAnimationFrame(function frame(now) {
    frames.push(now - last);
    last = now;
    if (now < end) requestAnimationFrame(frame); else done(frames.slice(1));
  });
})"""


def frames(page: Page, base: str) -> dict[str, Any]:
    """Drag and zoom the map of the list for some seconds and take the time of each frame."""
    page.goto(base + "en/sites/index.html")
    page.locator('[data-island="map"]').scroll_into_view_if_needed()
    page.wait_for_selector('[data-island="map"][data-ready]', timeout=120_000)
    box = page.locator(".map-box").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    idle = page.evaluate(FRAMES, 1000)
    page.evaluate(f"window.frames_ = ({FRAMES})(6000)")
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(60):
        page.mouse.move(x + 100 * ((step % 20) / 20 - 0.5), y + 40 * ((step % 10) / 10 - 0.5))
    page.mouse.up()
    for _ in range(12):
        page.mouse.wheel(0, -240)
        page.wait_for_timeout(60)
    moved = page.evaluate("window.frames_")
    return {"idle_frame_ms": spread(idle), "moved_frame_ms": spread(moved), "renderer": "software (SwiftShader)"}


def spread(values: Sequence[float]) -> dict[str, float]:
    """Give the median, the 95th percentile and the largest of measured values."""
    ordered = sorted(values)
    at = lambda share: ordered[min(len(ordered) - 1, int(len(ordered) * share))]  # noqa: E731
    return {"p50": round(at(0.5), 1), "p95": round(at(0.95), 1), "max": round(ordered[-1], 1)}


def made(sites: int, folder: Path) -> Path:
    """Make and publish a record in a folder, unless that was done before; give the published folder."""
    site = folder / "site"
    if not (site / "manifest").is_file():
        os.environ["XDG_CACHE_HOME"] = str(folder / "cache")
        with make_record(folder / "record", sites) as record:
            publish(record, site)
    return site


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sites", type=int, default=30_000, help="in the index that list and map read")
    parser.add_argument("--published", type=int, default=1000, help="sites with pages")
    parser.add_argument("--json", action="store_true")
    parser.add_argument(
        "--folder", type=Path, help="where to make the record and keep it; measured again as it is when it lies there"
    )
    parser.add_argument("--only", default="search,keys,paint,weight,map")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="vestige-bench-") as name:
        folder = arguments.folder or Path(name)
        folder.mkdir(parents=True, exist_ok=True)
        figures = measure(made(arguments.published, folder), arguments.sites, arguments.only.split(","))
    print(json.dumps(figures) if arguments.json else "\n".join(table(figures)))


def table(figures: dict[str, Any], name: str = "") -> Iterator[str]:
    """Give a line for each figure, under the names that lead to it."""
    for key, value in figures.items():
        full = f"{name} {key}".strip()
        yield from table(value, full) if isinstance(value, dict) else [f"{full:50} {value}"]


def measure(site: Path, sites: int, wanted: Sequence[str]) -> dict[str, Any]:
    """Serve a published folder and measure what is wanted of it."""
    (site / "empty.html").write_text("<!doctype html><title>.</title><p>.</p>")
    result: dict[str, Any] = {"sites": lengthen(site, sites)}
    with serve(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=list(chromium.ARGUMENTS))
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        parts: dict[str, Callable[[], dict[str, Any]]] = {
            "search": lambda: search(page, base),
            "keys": lambda: keys(page, base),
            "paint": lambda: paints(browser, base, site),
            "weight": lambda: weight(browser, base),
            "map": lambda: frames(page, base),
        }
        for name in wanted:
            result[name] = parts[name]()
        browser.close()
    (site / "empty.html").unlink()
    return result


if __name__ == "__main__":
    main()
