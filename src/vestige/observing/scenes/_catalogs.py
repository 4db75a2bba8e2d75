"""Where scenes are found: a STAC API, a static STAC catalogue, or a stac-geoparquet, NDJSON or JSON file of items."""

import datetime as dt
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

import msgspec

from vestige.errors import NOT_JSON, EnvironmentFault, InputError, MissingExtraError
from vestige.observing.scenes._api import guarded_io
from vestige.observing.scenes._bounds import Bounds, Count, Searched
from vestige.observing.scenes._faults import FaultKind, Finding, ReadFault
from vestige.observing.scenes._guard import check_url, shown
from vestige.observing.scenes._ranges import HttpSource, Sources, is_local, local_path
from vestige.observing.scenes._scene import Scene, covered, degrees, scene_from_item
from vestige.observing.scenes._sites import Site

MAX_DOCUMENT = 64 << 20
_REFUSED = "\0refused"
"""Where an item carries why it was refused: a key that no item has."""
Item = dict[str, Any]


class Interval(NamedTuple):
    """From, up to but not including; UTC."""

    start: dt.datetime
    end: dt.datetime


class Found(NamedTuple):
    """What a search gave, and what it took."""

    scenes: tuple[Scene, ...]
    findings: tuple[Finding, ...]
    searched: Searched | None = None
    elsewhere: int = 0
    """Scenes of the collection in this time that cover none of the sites, as far as the catalogue was asked for them."""


def find_scenes(
    catalogue: str, *, sites: Sequence[Site], intervals: Sequence[Interval], collection: str | None = None,
    allow_private: bool = False, bounds: Bounds | None = None,
) -> Found:  # fmt: skip
    """Give the scenes that cover at least one site within one of the intervals, oldest first.

    A ``catalogue`` that is a file, or an address that ends in .json, .parquet, .geoparquet or .ndjson and is no API, is read
    whole; any other address is asked as a STAC API. Raises `InputError` for a catalogue that is none of these or has more than
    ``bounds`` allow, and `EnvironmentFault` where it cannot be reached.
    """
    count = Count(shown(catalogue), bounds)
    local = local_path(catalogue)
    if local is not None:
        items = _local_items(local, count, allow_private=allow_private)
    elif Path(urlsplit(catalogue).path).suffix in {".json", ".geojson"}:
        check_url(catalogue, allow_private=allow_private)
        items = _walk(catalogue, Sources(HttpSource(allow_private=allow_private), allow_local=False), count)
    else:
        check_url(catalogue, allow_private=allow_private)
        items = _api_items(catalogue, sites, intervals, collection, count, allow_private=allow_private)
    return _select(items, sites, intervals, collection, count)._replace(searched=count.done())


def _select(
    items: Iterable[Item], sites: Sequence[Site], intervals: Sequence[Interval], collection: str | None, count: Count
) -> Found:
    lon, lat = degrees(sites)
    scenes: dict[tuple[str, str], Scene] = {}
    findings: dict[str, Finding] = {}
    elsewhere = 0
    for item in items:
        count.item()
        if collection and item.get("collection") and item["collection"] != collection:
            continue
        scene = scene_from_item(item, collection=collection or "")
        if isinstance(refused := item.get(_REFUSED), Finding):
            findings[refused.scene] = refused
        elif isinstance(scene, Finding):
            findings[scene.scene] = scene
        elif any(start <= scene.time < end for start, end in intervals):
            if covered(scene, sites, lon, lat):
                scenes[scene.collection, scene.id] = scene
            else:
                elsewhere += 1
    ordered = sorted(scenes.values(), key=lambda scene: (scene.time, scene.id))
    return Found(tuple(ordered), tuple(findings[key] for key in sorted(findings)), None, elsewhere)


def boxes(sites: Sequence[Site], *, degrees: float = 2.0) -> tuple[tuple[float, float, float, float], ...]:
    """Group sites into boxes of at most so many degrees a side, so that a search does not ask for the land between them."""
    cells: dict[tuple[int, int], list[Site]] = {}
    for site in sites:
        cells.setdefault((int(site.lon // degrees), int(site.lat // degrees)), []).append(site)
    margin = 1e-6
    return tuple(
        (
            max(min(s.lon for s in group) - margin, -180.0),
            max(min(s.lat for s in group) - margin, -90.0),
            min(max(s.lon for s in group) + margin, 180.0),
            min(max(s.lat for s in group) + margin, 90.0),
        )
        for _, group in sorted(cells.items())
    )


def _api_items(
    url: str, sites: Sequence[Site], intervals: Sequence[Interval], collection: str | None, count: Count, *,
    allow_private: bool,
) -> Iterator[Item]:  # fmt: skip
    try:
        import pystac_client
        import requests
        from pystac.errors import STACError
        from pystac_client.errors import ClientTypeError
        from pystac_client.exceptions import APIError
        from pystac_client.warnings import PystacClientWarning
    except ImportError as error:
        raise MissingExtraError("observing", "pystac-client") from error
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", PystacClientWarning)
            client = pystac_client.Client.open(url, stac_io=guarded_io(count, allow_private=allow_private))
            for box in boxes(sites):
                for start, end in intervals:
                    found = client.search(
                        collections=[collection] if collection else None, bbox=box,
                        datetime=(start, end - dt.timedelta(seconds=1)), limit=250, method=_method(client),
                    )  # fmt: skip
                    yield from (_with_absolute(item, url) for item in found.items_as_dicts())
    except (APIError, requests.RequestException) as error:
        raise EnvironmentFault(f"the catalogue does not answer: {_short(error)}", where=shown(url)) from None
    except (ClientTypeError, STACError, KeyError, TypeError, ValueError, NotImplementedError) as error:
        raise InputError(f"expected a STAC API that can search: {_short(error)}", where=shown(url)) from error


def _method(client: Any) -> str:
    """Ask by POST where the API offers it (long searches fit), by GET where it does not."""
    links = [link for link in client.links if link.rel == "search"]
    return "POST" if any((link.extra_fields.get("method") or "GET") == "POST" for link in links) else "GET"


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    return f"{type(error).__name__}: {text[:160]}"


def _local_items(path: Path, count: Count, *, allow_private: bool) -> Iterator[Item]:
    if path.suffix in {".parquet", ".geoparquet", ".ndjson"}:
        count.document()
        yield from _by_rustac(path)
        return
    if not path.is_file():
        raise InputError("there is no such catalogue", where=str(path))
    yield from _walk(str(path.resolve()), Sources(HttpSource(allow_private=allow_private), allow_local=True), count)


def _by_rustac(path: Path) -> Iterator[Item]:
    try:
        import rustac
    except ImportError as error:
        raise MissingExtraError("observing", "rustac") from error
    if not path.is_file():
        raise InputError("there is no such catalogue", where=str(path))
    try:
        document = rustac.read_sync(str(path))
    except Exception as error:  # rustac raises its own and plain exceptions alike
        raise InputError(f"expected STAC items: {_short(error)}", where=str(path)) from error
    for item in document.get("features") or []:
        yield _with_absolute(item, str(path.resolve()))


def _walk(root: str, sources: Sources, count: Count) -> Iterator[Item]:
    """Follow the links of a static catalogue, breadth first, each once; only a local catalogue may name local files."""
    waiting, seen = deque([(root, 0)]), {root}
    while waiting:
        here, depth = waiting.popleft()
        count.document(depth=depth)
        document = _document(here, sources, count)
        kind = document.get("type")
        if kind == "Feature":
            yield _with_absolute(document, here)
        elif kind == "FeatureCollection":
            yield from (_with_absolute(item, here) for item in _objects(document, "features", here))
        elif kind not in {"Catalog", "Collection"}:
            raise InputError(f"expected a STAC catalogue, collection or item, got type {kind!r}", where=shown(here))
        for link in _objects(document, "links", here) if kind in {"Catalog", "Collection"} else []:
            target = absolute(str(link.get("href") or ""), here)
            if link.get("rel") in {"child", "item", "items"} and target not in seen:
                if is_local(target) and not is_local(here):
                    raise InputError(
                        f"a catalogue elsewhere names a file of this machine: {target[:200]}", where=shown(here)
                    )
                seen.add(target)
                waiting.append((target, depth + 1))


def _objects(document: dict[str, Any], name: str, here: str) -> list[dict[str, Any]]:
    found = document.get(name) or []
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise InputError(f"expected {name} to be a list of JSON objects", where=shown(here))
    return found


def _document(href: str, sources: Sources, count: Count) -> dict[str, Any]:
    try:
        raw = sources.read(href, 0, MAX_DOCUMENT, at_most=True).data
        count.more(len(raw))
        document = msgspec.json.decode(raw)
    except ReadFault as fault:
        raise InputError(
            f"the catalogue cannot be read: {fault.message}", where=fault.where, hint=fault.hint
        ) from fault
    except NOT_JSON as error:
        raise InputError(f"expected STAC JSON: {error}", where=shown(href)) from error
    if not isinstance(document, dict):
        raise InputError("expected a STAC catalogue, collection or item", where=shown(href))
    return document


def absolute(href: str, base: str) -> str:
    """Resolve a link against the document that holds it, be that an address or a path."""
    if "://" in href or href.startswith("/"):
        return href if "://" in href or "://" not in base else urljoin(base, href)
    if "://" in base:
        return urljoin(base, href)
    return str((Path(base).parent / href).resolve())


def _with_absolute(item: Item, base: str) -> Item:
    """Resolve the addresses of an item's assets; an item from elsewhere that names a file of this machine is marked as refused."""
    named = item.get("assets")
    assets = {
        key: {**asset, "href": absolute(str(asset.get("href") or ""), base)}
        for key, asset in (named.items() if isinstance(named, dict) else ())
        if isinstance(asset, dict)
    }
    local = [asset["href"] for asset in assets.values() if is_local(asset["href"])]
    if local and not is_local(base):
        refusal = Finding(
            kind=FaultKind.REFUSED,
            message="an item elsewhere names a file of this machine",
            scene=str(item.get("id") or ""),
            href=local[0][:500],
        )
        return {**item, "assets": {}, _REFUSED: refusal}
    return {**item, "assets": assets}
