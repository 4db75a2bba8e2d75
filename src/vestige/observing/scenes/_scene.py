"""Scenes as catalogues describe them (STAC 1.0, 1.1), brought to what a time line needs."""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, TypeAlias

import msgspec
import numpy as np
from numpy.typing import NDArray

from vestige.observing.scenes._faults import FaultKind, Finding
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._sites import Site
from vestige.observing.scenes.stated._footprints import Ring, box_of, covers, rings_of
from vestige.observing.scenes.stated._units import Said, said_of

_OPERA = re.compile(
    r"OPERA_L2_RTC-S1_(?P<burst>T\d{3}-\d{6}-IW\d)_(?P<time>\d{8}T\d{6}Z)_\d{8}T\d{6}Z_(?P<platform>S1[A-D])_\d+_(?P<version>v[\d.]+)"
)
_PLATFORM = re.compile(r"(?:sentinel-?)(\d[a-d])", re.IGNORECASE)
Degrees: TypeAlias = NDArray[np.float64]


class Asset(msgspec.Struct, frozen=True):
    """One band of one scene as a file."""

    band: str
    href: str
    """As the catalogue gives it: unsigned."""

    said: Said = Said()
    """What the catalogue says of the numbers."""


class Acquisition(msgspec.Struct, frozen=True, kw_only=True):
    """Who saw what when, and what made pixels of it: all that a result must say of its scene."""

    id: str
    collection: str
    time: dt.datetime
    """UTC; the middle where the catalogue gives a span."""

    platform: str
    """``S1A``, ``S2B``, …; empty where unknown."""

    track: str
    """Viewing geometry: burst (``T137-292318-IW1``) or relative orbit (``orbit 137``); empty for optical scenes without one."""

    orbit_state: str
    """``ascending``, ``descending`` or empty."""

    processor: str
    """Name and version of what made the pixels; empty where the catalogue does not say."""

    offset_removed: bool = False
    """Whether the provider took the offset of Sentinel-2's baseline 04.00 away (``earthsearch:boa_offset_applied``)."""


class Scene(Acquisition, frozen=True, kw_only=True):
    """One acquisition, cut as the archive cuts it."""

    assets: tuple[Asset, ...]
    bbox: tuple[float, float, float, float]
    """West, south, east, north in degrees; west is larger than east across the antimeridian."""

    rings: tuple[Ring, ...] = ()
    """Outer rings of the footprint, longitude first; empty where there is only the box."""

    def acquisition(self) -> Acquisition:
        """Give the part that goes with a result."""
        return Acquisition(**{name: getattr(self, name) for name in Acquisition.__struct_fields__})

    def covers(self, lon: float, lat: float) -> bool:
        """Say whether a point lies in the footprint (in the box, where there is no footprint)."""
        west, south, east, north = self.bbox
        across = west <= lon <= east if west <= east else lon >= west or lon <= east
        return south <= lat <= north and across and (not self.rings or covers(self.rings, lon, lat))

    def asset(self, band: str) -> Asset | None:
        """Give the file of a band, by name without regard to case."""
        return next((asset for asset in self.assets if asset.band.lower() == band.lower()), None)


def degrees(sites: Sequence[Site]) -> tuple[Degrees, Degrees]:
    """Give the longitudes and latitudes of sites, each of shape (site,)."""
    return np.array([s.lon for s in sites], float), np.array([s.lat for s in sites], float)


def covered(scene: Scene, sites: Sequence[Site], lon: Degrees, lat: Degrees) -> list[Site]:
    """Give the sites in a scene's footprint; ``lon`` and ``lat`` are theirs (`degrees`), made once for many scenes."""
    west, south, east, north = scene.bbox
    across = (lon >= west) & (lon <= east) if west <= east else (lon >= west) | (lon <= east)
    near: list[int] = np.flatnonzero(across & (lat >= south) & (lat <= north)).tolist()
    return [sites[i] for i in near if scene.covers(sites[i].lon, sites[i].lat)]


def scene_from_item(item: dict[str, Any], *, collection: str = "") -> Scene | Finding:
    """Read a STAC item; what a time line cannot do without and is not there gives a `Finding`.

    OPERA granules say burst, time, platform and version in their name, which CMR's STAC leaves out of the properties.
    """
    try:
        return _scene(item, collection)
    except (AttributeError, IndexError, KeyError, OverflowError, TypeError, ValueError) as error:
        return Finding(
            kind=FaultKind.UNKNOWN,
            message=f"what the catalogue says of this scene is no STAC item: {error}",
            scene=str(item.get("id") or "?"),
        )


def _scene(item: dict[str, Any], collection: str) -> Scene | Finding:
    name, properties = str(item.get("id") or "?"), item.get("properties") or {}
    opera = _OPERA.match(name)
    time = _time(properties) or (_parse_time(opera["time"]) if opera else None)
    rings = rings_of(item.get("geometry"))
    given = _bbox(item)
    bbox = box_of(rings) or given
    if time is None or bbox is None:
        what = "time" if time is None else "place"
        return Finding(kind=FaultKind.UNKNOWN, message=f"the catalogue gives no {what} for this scene", scene=name)
    return Scene(
        id=name,
        collection=str(item.get("collection") or collection),
        time=time,
        platform=opera["platform"] if opera else _platform(properties),
        track=opera["burst"] if opera else _track(properties),
        orbit_state=str(properties.get("sat:orbit_state") or ""),
        processor=f"OPERA RTC-S1 {opera['version']}" if opera else _processor(properties),
        offset_removed=properties.get("earthsearch:boa_offset_applied") is True,
        assets=_assets(item),
        bbox=bbox,
        rings=rings,
    )


def _time(properties: dict[str, Any]) -> dt.datetime | None:
    if properties.get("datetime"):
        return _parse_time(str(properties["datetime"]))
    start, end = (_parse_time(str(properties.get(key) or "")) for key in ("start_datetime", "end_datetime"))
    return start + (end - start) / 2 if start and end else start


def _parse_time(text: str) -> dt.datetime | None:
    try:
        time = dt.datetime.fromisoformat(text)
    except ValueError:
        return None
    return (time if time.tzinfo else time.replace(tzinfo=dt.UTC)).astimezone(dt.UTC)


def _platform(properties: dict[str, Any]) -> str:
    found = str(properties.get("platform") or "")
    known = _PLATFORM.search(found)
    return f"S{known[1].upper()}" if known else found


def _track(properties: dict[str, Any]) -> str:
    orbit = properties.get("sat:relative_orbit")
    return "" if orbit is None else f"orbit {int(orbit)}"


def _processor(properties: dict[str, Any]) -> str:
    baseline = properties.get("s2:processing_baseline")
    if baseline:
        return str(baseline)  # the software that an archive names may be that which made the catalogue
    software = properties.get("processing:software")
    if isinstance(software, dict):
        return ", ".join(f"{name} {version}" for name, version in sorted(software.items()))
    for key in ("processing:version", "s1:processing_version", "version"):
        if properties.get(key):
            return str(properties[key])
    return ""


def _bbox(item: dict[str, Any]) -> tuple[float, float, float, float] | None:
    box = item.get("bbox")
    if isinstance(box, dict):  # stac-geoparquet
        box = [box.get(key) for key in ("xmin", "ymin", "xmax", "ymax")]
    if isinstance(box, list | tuple) and len(box) in {4, 6}:
        west, south, *_ = box
        east, north = box[len(box) // 2], box[len(box) // 2 + 1]
        return float(west), float(south), float(east), float(north)
    return None


def _assets(item: dict[str, Any]) -> tuple[Asset, ...]:
    assets = []
    for key, asset in sorted((item.get("assets") or {}).items()):
        kind = str((asset or {}).get("type") or "")
        href = str((asset or {}).get("href") or "")
        if href and _is_tiff(kind, href):
            assets.append(Asset(_band(key, href), href if "://" not in href else _unsigned(href), said_of(asset)))
    return tuple(assets)


def _is_tiff(kind: str, href: str) -> bool:
    """Tell a TIFF by its media type, in any of the spellings in use (image/tiff, image/vnd.stac.geotiff, image/x.geotiff, …).

    Where the type says nothing (none, or "some bytes"), the end of the name counts.
    """
    if re.search(r"\b(geo)?tiff?\b|\bcog\b", kind, re.IGNORECASE):
        return True
    unsaid = not kind.strip() or re.match(r"\s*(application|binary)/(x-)?octet-stream", kind, re.IGNORECASE)
    return bool(unsaid) and re.search(r"\.tiff?(?:$|\?)", href, re.IGNORECASE) is not None


def _band(key: str, href: str) -> str:
    """Name a band by its asset key, or by the end of the file's name where the key is only a number (CMR)."""
    found = re.search(r"_(VV|VH|HH|HV)\.tiff?(?:$|\?)", href)
    return found[1] if found else key


def _unsigned(href: str) -> str:
    """Drop a signature that a catalogue has put into an address; keep any other query."""
    return shown(href) if re.search(r"[?&](sig|X-Amz-Signature|Signature)=", href) else href
