"""Hits to views by the rules of the COUNTER Code of Practice (release 5.1, 7.2 and 7.3), in memory only.

A view is a page answered with 200 or 304. The same item asked for by the same visitor (address and agent) again within 30 seconds is one
view, the later one. Robots go by name, then by conduct, judged over an hour of the clock: who asked for robots.txt, who opened ten pages or
more at under a second each, who opened more than 300. A visitor is a number in memory for as long as that hour is open, and is gone after.
"""

import contextlib
import gc
import itertools
import operator
import urllib.parse
from collections import Counter as Numbers
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

import msgspec

from vestige.reach._logs import Columns, Hits
from vestige.reach._robots import machine_of

_ANSWERED = frozenset({b"200", b"304"})
DOUBLE_CLICK = 30
"""Seconds."""
MOST_IN_AN_HOUR = 300
FAST_PAGES = 10
MOST_REMEMBERED = 200_000
LATE = 7200
"""Seconds after an hour in which its lines may still come; what comes later is judged as an hour of its own."""
_DOWNLOADS = ("data/", "file/")
_FEEDS = (".atom", ".xml")


_Found = TypeVar("_Found")
_counts = operator.attrgetter("counts")


class Site(msgspec.Struct, frozen=True):
    """The published site: its hosts (none: any), the path before it, and the languages of its pages."""

    hosts: frozenset[str] = frozenset()
    base: str = "/"
    languages: frozenset[str] = frozenset({"en", "az", "hy", "ru", "uk", "ar", "fr"})


class _Item(msgspec.Struct, frozen=True, gc=False, eq=False):
    """What a path is: a page in a language, a download, or something that no view is made of. Counted by identity, which costs no hashing."""

    kind: str
    name: str = ""
    language: str = ""
    key: str = ""
    counts: bool = False


class _Hour(msgspec.Struct, gc=False, eq=False):
    """One visitor in one hour of the clock."""

    hour: int
    first: int
    last: int
    robot: bool = False
    asset: bool = False
    views: list[tuple[_Item, bytes, str]] = []


class _Remembered(dict[bytes, _Found], Generic[_Found]):
    """What was found for some bytes, so that it is looked for once; what a scanner sends must not fill the memory."""

    def __init__(self, find: Callable[[bytes], _Found]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, given: bytes) -> _Found:
        if len(self) >= MOST_REMEMBERED:
            self.clear()
        found = self[given] = self._find(given)
        return found


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """Let no search for circles of references interrupt: nothing here makes any, and the search would walk every open hour each time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Counter:
    """Counts one month of hits. ``month`` as (first second, second after the last), UTC."""

    def __init__(self, site: Site, month: tuple[int, int], country: Callable[[bytes], str] | None = None) -> None:
        self.left_out: Numbers[str] = Numbers()
        self.machines: Numbers[str] = Numbers()
        self.tables: dict[str, Numbers[str]] = {
            name: Numbers() for name in ("languages", "pages", "downloads", "referrers", "countries")
        }
        self.views = 0
        self.views_low = 0
        self.days: set[int] = set()
        self._site, self._month, self._country = site, month, country
        self._items = _Remembered(lambda path: _item_of(path, site))
        self._agents = _Remembered(lambda agent: machine_of(agent.decode("utf-8", "replace")[:2000]))
        self._hosts = _Remembered(lambda referrer: _domain(referrer.decode("utf-8", "replace")))
        self._viewed: defaultdict[_Item, int] = defaultdict(int)
        self._referrers: defaultdict[str, int] = defaultdict(int)
        self._open: dict[int, _Hour] = {}
        self._clicks: dict[tuple[int, str], int] = {}
        self._swept = 0

    def add(self, hits: Hits) -> None:
        """Take the hits of a log in its order."""
        with _uncollected():
            for columns in hits.batches():
                if columns.times:
                    self._take(columns)

    def _take(self, columns: Columns) -> None:
        """Leave out what is of another month or site, no GET, or not answered; then robots by their names; the rest is looked at by visitor."""
        for day in {time // 86_400 for time in columns.times}:
            self._seen(day)
        kept = self._asked_for(columns)
        items = [self._items[path] for path in kept.paths]
        machines = [self._agents[agent] for agent in kept.agents]
        for (machine, counts), number in Numbers(zip(machines, map(_counts, items), strict=True)).items():
            if machine is None:
                continue
            self.left_out["robots_by_name" if counts else "assets"] += number
            if counts:
                self.machines[machine] += number
        rows = zip(kept.times, kept.addresses, items, kept.referrers, kept.agents, strict=True)
        self._visits(itertools.compress(rows, [machine is None for machine in machines]))

    def _asked_for(self, columns: Columns) -> Columns:
        """Give the hits that may be views, and count the others by the first reason that fits."""
        first, after = self._month
        hosts = {host.encode() for host in self._site.hosts}
        fine = (
            first <= min(columns.times)
            and max(columns.times) < after
            and {*columns.methods} == {b"GET"}
            and {*columns.statuses} <= _ANSWERED
            and (not hosts or {*columns.hosts} <= {*hosts, b""})
        )
        if fine:
            return columns
        kept = [
            self._is_asked_for(*row, hosts)
            for row in zip(columns.times, columns.methods, columns.statuses, columns.hosts, strict=True)
        ]
        return columns.kept(kept)

    def _is_asked_for(self, time: int, method: bytes, status: bytes, host: bytes, hosts: set[bytes]) -> bool:
        first, after = self._month
        if not first <= time < after:
            self.left_out["other_month"] += 1
        elif method != b"GET":
            self.left_out["methods"] += 1
        elif status not in _ANSWERED:
            self.left_out["errors"] += 1
        elif hosts and host and host not in hosts:
            self.left_out["other_site"] += 1
        else:
            return True
        return False

    def _seen(self, day: int) -> None:
        first, after = self._month
        if first <= day * 86_400 < after:
            self.days.add(day)

    def _visits(self, rows: Iterable[tuple[int, bytes, _Item, bytes, bytes]]) -> None:
        open_hours, clicks, country = self._open, self._clicks, self._country
        assets = others = repeats = 0
        for time, address, item, referrer, agent in rows:
            visitor = hash((address, agent))
            hour = open_hours.get(visitor)
            if hour is None or hour.hour != time // 3600:
                hour = self._begin(visitor, hour, time)
            if not item.counts:
                if item.kind == "other site":
                    others += 1
                else:
                    assets += 1
                hour.asset = hour.asset or item.kind == "asset"
                hour.robot = hour.robot or item.kind == "robots.txt"
                continue
            before = clicks.get(key := (visitor, item.key))
            clicks[key] = time
            if before is not None and abs(time - before) <= DOUBLE_CLICK:
                repeats += 1
                continue
            hour.last = max(hour.last, time)
            hour.views.append((item, referrer, country(address) if country else ""))
        self.left_out.update(
            {
                name: number
                for name, number in (("assets", assets), ("other_site", others), ("repeats", repeats))
                if number
            }
        )

    def close(self) -> None:
        """Judge every hour that is still open. Nothing of any visitor is left after."""
        for hour in self._open.values():
            self._judge(hour)
        self._told()
        self._open.clear()
        self._clicks.clear()
        self._agents.clear()

    def _begin(self, visitor: int, before: _Hour | None, time: int) -> _Hour:
        """Open an hour of a visitor, and close the one before."""
        if before is not None:
            self._judge(before)
        if time - self._swept > LATE:
            self._sweep(time)
        hour = self._open[visitor] = _Hour(time // 3600, time, time)
        return hour

    def _sweep(self, time: int) -> None:
        """Close what can no longer grow, so that memory holds two hours and not a month."""
        self._swept = time
        for visitor, hour in list(self._open.items()):
            if time - hour.last > LATE:
                self._judge(self._open.pop(visitor))
        for key in [key for key, last in self._clicks.items() if abs(time - last) > LATE]:
            del self._clicks[key]

    def _judge(self, hour: _Hour) -> None:
        number = len(hour.views)
        fast = number >= FAST_PAGES and hour.last - hour.first < number
        if hour.robot or fast or number > MOST_IN_AN_HOUR:
            self.left_out["robots_by_conduct"] += number
            return
        viewed, low, referrers = self._viewed, hour.asset, self._referrers
        for item, referrer, country in hour.views:
            viewed[item] += 1
            if item.kind == "download":
                continue
            self.views_low += low
            if self._country:
                self.tables["countries"][country or "unknown"] += 1
            referrers[self._hosts[referrer]] += 1

    def _told(self) -> None:
        """Tell views and downloads in tables, once for each item and not for each view."""
        for item, number in self._viewed.items():
            if item.kind == "download":
                self.tables["downloads"][item.name] += number
                continue
            self.views += number
            self.tables["languages"][item.language or "none"] += number
            self.tables["pages"][item.name] += number
        self._viewed.clear()
        own = {"", *self._site.hosts}
        self.tables["referrers"].update({name: number for name, number in self._referrers.items() if name not in own})
        self._referrers.clear()


def _domain(address: str) -> str:
    """Give the host of an address, without ``www.``; nothing where it has none."""
    if address in {"", "-"}:
        return ""
    try:
        host = urllib.parse.urlsplit(address).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _item_of(path: bytes, site: Site) -> _Item:
    text = urllib.parse.unquote(path.decode("utf-8", "replace").partition("?")[0])
    if text == "/robots.txt":
        return _Item("robots.txt")
    if not text.startswith(site.base):
        return _Item("other site")
    inner = text[len(site.base) :].lstrip("/")
    if inner.startswith(_DOWNLOADS):
        return _Item("download", inner, key=inner, counts=True)
    if not (inner == "" or inner.endswith(("/", ".html"))):
        return _Item("feed" if inner.endswith(_FEEDS) else "asset")
    first, _, rest = inner.partition("/")
    language = first if first in site.languages else ""
    name = (rest if language else inner).removesuffix("index.html") or "front"
    return _Item("page", name, language, f"{language}/{name}", counts=True)
