"""Hits to views by the rules of the COUNTER Code of Practice (release 5.1, 7.2 and 7.3), in memory only.

A view is a page answered with 200 or 304. The same item asked for by the same visitor (address and agent) again within 30 seconds is one
view, the later one. Robots go by name, then by conduct, judged over an hour of the clock: who asked for robots.txt, who opened ten pages or
more at under a second each, who opened more than 300. A visitor is a number in memory for as long as that hour is open, and is gone after.
"""

import urllib.parse
from collections import Counter as Numbers
from collections.abc import Callable, Iterable

import msgspec

from vestige.reach._logs import Hit
from vestige.reach._robots import machine_of

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
        self._clicks: dict[tuple[int, _Item], int] = {}
        self._swept = 0

    def add(self, hits: Iterable[Hit]) -> None:
        """Take hits in the order of their log."""
        first, after = self._month
        left_out, items, agents, days = self.left_out, self._items, self._agents, self.days
        hosts = {host.encode() for host in self._site.hosts}
        for time, address, method, path, status, referrer, agent, host in hits:
            if not first <= time < after:
                left_out["other_month"] += 1
                continue
            days.add((time - first) // 86_400)
            if method != b"GET":
                left_out["methods"] += 1
                continue
            if status not in (b"200", b"304"):
                left_out["errors"] += 1
                continue
            if hosts and host and host not in hosts:
                left_out["other_site"] += 1
                continue
            item = items.get(path) or self._item(path)
            machine = agents[agent] if agent in agents else self._agent(agent)
            if machine is not None:
                left_out["robots_by_name" if item.kind in {"page", "download"} else "assets"] += 1
                if item.kind in {"page", "download"}:
                    self.machines[machine] += 1
                continue
            self._visit(time, hash((address, agent)), item, referrer, address)

    def close(self) -> None:
        """Judge every hour that is still open. Nothing of any visitor is left after."""
        for hour in self._open.values():
            self._judge(hour)
        self._open.clear()
        self._clicks.clear()
        self._agents.clear()

    def _visit(self, time: int, visitor: int, item: _Item, referrer: bytes, address: bytes) -> None:
        hour = self._open.get(visitor)
        if hour is None or hour.hour != time // 3600:
            if hour is not None:
                self._judge(hour)
            hour = self._open[visitor] = _Hour(time // 3600, time)
            if time - self._swept > LATE:
                self._sweep(time)
        if item.kind not in {"page", "download"}:
            self.left_out["other_site" if item.kind == "other site" else "assets"] += 1
            hour.asset = hour.asset or item.kind == "asset"
            hour.robot = hour.robot or item.kind == "robots.txt"
            return
        before = self._clicks.get((visitor, item))
        self._clicks[visitor, item] = time
        if before is not None and abs(time - before) <= DOUBLE_CLICK:
            self.left_out["repeats"] += 1
            return
        hour.last = max(hour.last, time)
        hour.views.append((item, referrer, self._country(address) if self._country else ""))

    def _sweep(self, time: int) -> None:
        """Close what can no longer grow, so that memory holds two hours and not a month."""
        self._swept = time
        for visitor, hour in list(self._open.items()):
            if time - hour.last > LATE:
                self._judge(self._open.pop(visitor))
        self._clicks = {key: last for key, last in self._clicks.items() if abs(time - last) <= LATE}

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
        return _Item("download", inner)
    if not (inner == "" or inner.endswith(("/", ".html"))):
        return _Item("feed" if inner.endswith(_FEEDS) else "asset")
    first, _, rest = inner.partition("/")
    language = first if first in site.languages else ""
    name = (rest if language else inner).removesuffix("index.html") or "front"
    return _Item("page", name, language)
