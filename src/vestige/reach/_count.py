"""Hits to views by the rules of the COUNTER Code of Practice (release 5.1, 7.2 and 7.3), in memory only.

A view is a page answered with 200 or 304. The same item asked for by the same visitor (address and agent) again within 30 seconds is one
view, the later one. Robots go by name, then by conduct, judged over an hour of the clock: who asked for robots.txt, who opened ten pages or
more at under a second each, who opened more than 300. A visitor is a number in memory for as long as that hour is open, and is gone after.
"""

import urllib.parse
from collections import Counter as Numbers
from collections.abc import Callable, Iterable

import msgspec

from vestige.reach._logs import Hits, Row
from vestige.reach._robots import machine_of

_ANSWERED = (b"200", b"304")
DOUBLE_CLICK = 30
"""Seconds."""
MOST_IN_AN_HOUR = 300
FAST_PAGES = 10
LATE = 7200
"""Seconds after an hour in which its lines may still come; what comes later is judged as an hour of its own."""
_DOWNLOADS = ("data/", "file/")
_FEEDS = (".atom", ".xml")


class Site(msgspec.Struct, frozen=True):
    """The published site: its hosts (none: any), the path before it, and the languages of its pages."""

    hosts: frozenset[str] = frozenset()
    base: str = "/"
    languages: frozenset[str] = frozenset({"en", "az", "hy", "ru", "uk", "ar", "fr"})


class _Item(msgspec.Struct, frozen=True, gc=False):
    """What a path is: a page in a language, a download, or something that no view is made of."""

    kind: str
    name: str = ""
    language: str = ""
    key: str = ""
    counts: bool = False


class _Hour:
    """One visitor in one hour of the clock."""

    __slots__ = ("asset", "first", "hour", "last", "robot", "views")

    def __init__(self, hour: int, time: int) -> None:
        self.hour, self.first, self.last = hour, time, time
        self.robot = self.asset = False
        self.views: list[tuple[_Item, bytes, str]] = []


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
        self._items: dict[bytes, _Item] = {}
        self._agents: dict[bytes, str | None] = {}
        self._hosts: dict[bytes, str] = {}
        self._open: dict[int, _Hour] = {}
        self._clicks: dict[tuple[int, str], int] = {}
        self._swept = 0

    def add(self, hits: Hits) -> None:
        """Take the hits of a log in its order."""
        for batch in hits.batches():
            self._take(batch)

    def _take(self, rows: Iterable[Row]) -> None:
        """Leave out what is of another month or site, no GET, or not answered; the rest is looked at by visitor."""
        first, after = self._month
        hosts = {host.encode() for host in self._site.hosts}
        kept, day = [], -1
        for row in rows:
            if not first <= row[0] < after:
                self.left_out["other_month"] += 1
            elif row[2] != b"GET":
                self.left_out["methods"] += 1
            elif row[4] not in _ANSWERED:
                self.left_out["errors"] += 1
            elif hosts and row[7] and row[7] not in hosts:
                self.left_out["other_site"] += 1
            else:
                kept.append(row)
            if row[0] // 86_400 != day:
                day = row[0] // 86_400
                self._seen(day)
        self._visits(kept)

    def _seen(self, day: int) -> None:
        first, after = self._month
        if first <= day * 86_400 < after:
            self.days.add(day)

    def _visits(self, rows: Iterable[Row]) -> None:
        items, agents, open_hours, clicks = self._items, self._agents, self._open, self._clicks
        for time, address, _, path, _, referrer, agent, _ in rows:
            item = items.get(path) or self._item(path)
            machine = agents[agent] if agent in agents else self._agent(agent)
            if machine is not None:
                self._machine(machine, item)
                continue
            visitor = hash((address, agent))
            hour = open_hours.get(visitor)
            if hour is None or hour.hour != time // 3600:
                hour = self._begin(visitor, hour, time)
            if not item.counts:
                self.left_out["other_site" if item.kind == "other site" else "assets"] += 1
                hour.asset = hour.asset or item.kind == "asset"
                hour.robot = hour.robot or item.kind == "robots.txt"
                continue
            before = clicks.get(key := (visitor, item.key))
            clicks[key] = time
            if before is not None and abs(time - before) <= DOUBLE_CLICK:
                self.left_out["repeats"] += 1
                continue
            hour.last = max(hour.last, time)
            hour.views.append((item, referrer, self._country(address) if self._country else ""))

    def _machine(self, machine: str, item: _Item) -> None:
        self.left_out["robots_by_name" if item.counts else "assets"] += 1
        if item.counts:
            self.machines[machine] += 1

    def close(self) -> None:
        """Judge every hour that is still open. Nothing of any visitor is left after."""
        for hour in self._open.values():
            self._judge(hour)
        self._open.clear()
        self._clicks.clear()
        self._agents.clear()

    def _begin(self, visitor: int, before: _Hour | None, time: int) -> _Hour:
        """Open an hour of a visitor, and close the one before."""
        if before is not None:
            self._judge(before)
        if time - self._swept > LATE:
            self._sweep(time)
        hour = self._open[visitor] = _Hour(time // 3600, time)
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
        for item, referrer, country in hour.views:
            if item.kind == "download":
                self.tables["downloads"][item.name] += 1
                continue
            self.views += 1
            self.views_low += hour.asset
            self.tables["languages"][item.language or "none"] += 1
            self.tables["pages"][item.name] += 1
            if self._country:
                self.tables["countries"][country or "unknown"] += 1
            if domain := self._referrer(referrer):
                self.tables["referrers"][domain] += 1

    def _item(self, path: bytes) -> _Item:
        item = _item_of(path, self._site)
        if len(self._items) < 200_000:  # a scanner's paths must not fill the memory
            self._items[path] = item
        return item

    def _agent(self, agent: bytes) -> str | None:
        machine = machine_of(agent.decode("utf-8", "replace")[:2000])
        if len(self._agents) > 200_000:
            self._agents.clear()
        self._agents[agent] = machine
        return machine

    def _referrer(self, referrer: bytes) -> str:
        if referrer in {b"", b"-"}:
            return ""
        if referrer not in self._hosts:
            if len(self._hosts) > 200_000:
                self._hosts.clear()
            self._hosts[referrer] = _domain(referrer.decode("utf-8", "replace"))
        domain = self._hosts[referrer]
        return "" if domain in self._site.hosts else domain


def _domain(address: str) -> str:
    """Give the host of an address, without ``www.``; nothing where it has none."""
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
