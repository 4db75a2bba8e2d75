"""One site, one draft: duplicates inside a register are joined, and a register is compared with the sites that a record holds.

Two rows are the same site when they share an identifier of a register, or, where a row has none, the same name at the same place.
A Wikidata item alone does not make two sites one: items are often of the town or the ensemble.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple, TypeVar

import msgspec

from vestige.capture.registers._rows import Refusal
from vestige.entries import MOST_NAMES, Identifier, Location, Site

WEAK_SCHEMES = frozenset({"wikidata"})
CONFLICT_DEGREES = 0.01
"""About a kilometre: rows of one site that lie farther apart are reported."""

PlaceKey = tuple[str, float, float]
T = TypeVar("T")


class RegisterSite(NamedTuple):
    """A site as a register gives it, and the first line that it stands on."""

    line: int
    site: Site


class Merged(NamedTuple):
    """Sites each once, how many rows were joined to an earlier one, and rows that disagree with it on the place."""

    sites: tuple[RegisterSite, ...]
    joined: int
    conflicts: tuple[Refusal, ...]


class Known(NamedTuple):
    """A site that a record holds: the hash of its current public entry, its id, and its body with the exact place."""

    entry: str
    about: str
    site: Site


class Change(NamedTuple):
    """A site that the register describes otherwise than the record: what the record holds, and the body that corrects it."""

    line: int
    known: Known
    site: Site


class ImportPlan(NamedTuple):
    """What an import would do: sites to add, sites to correct, and how many stand in the record as the register has them."""

    new: tuple[RegisterSite, ...]
    changed: tuple[Change, ...]
    same: int


def strong_identifiers(site: Site) -> tuple[Identifier, ...]:
    """Give the identifiers that make two rows one site."""
    return tuple(identifier for identifier in site.identifiers if identifier.scheme not in WEAK_SCHEMES)


def place_keys(site: Site) -> Iterator[PlaceKey]:
    """Give every name of a site with its place, by which sites without an identifier are the same."""
    if site.location is not None:
        for name in site.names:
            yield (name.text.casefold(), round(site.location.latitude, 5), round(site.location.longitude, 5))


def merge_duplicates(items: Iterable[RegisterSite]) -> Merged:
    """Join the rows of each site: all names and identifiers are kept, else the first row that says something counts."""
    kept: list[RegisterSite] = []
    seen: dict[object, int] = {}
    conflicts: list[Refusal] = []
    joined = 0
    for item in items:
        keys: list[object] = [*(strong_identifiers(item.site) or itertools.islice(place_keys(item.site), 1))]
        index = next((seen[key] for key in keys if key in seen), None)
        if index is None:
            index = len(kept)
            kept.append(item)
        else:
            joined += 1
            first = kept[index]
            both = _joined(first.site, item.site)
            if (distance := _degrees_apart(first.site.location, item.site.location)) > CONFLICT_DEGREES:
                reason = f"the same site as on line {first.line}, {distance:.2f} degrees away; the first place is kept"
                conflicts.append(Refusal(item.line, reason, item.site.names[0].text))
            if _is_full(both):
                reason = f"the same site as on line {first.line}, which holds {MOST_NAMES} names, numbers or designations; left out"
                conflicts.append(Refusal(item.line, reason, item.site.names[0].text))
            else:
                kept[index] = RegisterSite(first.line, both)
        seen.update(dict.fromkeys(keys, index))
    return Merged(tuple(kept), joined, tuple(conflicts))


def plan_import(
    sites: Iterable[RegisterSite], find: Callable[[Site], Known | None], *, only_new: bool = False
) -> ImportPlan:
    """Compare the sites of a register with those of a record.

    ``find`` gives the site of the record that is the same, or None. A correction never drops a name or an identifier and never makes a
    sensitive site open. ``only_new`` corrects nothing: for an older edition of a register.
    """
    new: list[RegisterSite] = []
    changed: list[Change] = []
    same = 0
    for line, site in sites:
        known = find(site)
        if known is None:
            new.append(RegisterSite(line, site))
            continue
        body = _corrected(known.site, site)
        if only_new or body == known.site or _is_full(body):
            same += 1
        else:
            changed.append(Change(line, known, body))
    return ImportPlan(tuple(new), tuple(changed), same)


def _is_full(site: Site) -> bool:
    """Whether a site has more names, numbers or designations than a body can hold."""
    return any(len(part) > MOST_NAMES for part in (site.names, site.identifiers, site.designations, site.designated))


def _joined(first: Site, other: Site) -> Site:
    return msgspec.structs.replace(
        first,
        names=_union(first.names, other.names),
        location=first.location or other.location,
        sensitivity=_stricter(first, other),
        type=first.type or other.type,
        countries=_union(first.countries, other.countries),
        address=first.address or other.address,
        description=first.description or other.description,
        designations=_union(first.designations, other.designations),
        designated=_union(first.designated, other.designated),
        identifiers=_union(first.identifiers, other.identifiers),
    )


def _corrected(known: Site, register: Site) -> Site:
    """Give the body that the record should hold after this register: what the register says, beside names, identifiers and translations known."""
    same_register = register.register == known.register
    return msgspec.structs.replace(
        known,
        names=_union(known.names, register.names),
        location=register.location or known.location,
        sensitivity=_stricter(known, register),
        type=register.type or known.type,
        countries=register.countries or known.countries,
        address=register.address or known.address,
        description=register.description or known.description,
        designations=register.designations if same_register else _union(known.designations, register.designations),
        designated=register.designated if same_register else _union(known.designated, register.designated),
        identifiers=_union(known.identifiers, register.identifiers),
        register=known.register or register.register,
    )


def _stricter(first: Site, other: Site) -> str:
    return "sensitive" if "sensitive" in {first.sensitivity, other.sensitivity} else "open"


def _union(first: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    return tuple(dict.fromkeys((*first, *other)))


def _degrees_apart(first: Location | None, other: Location | None) -> float:
    if first is None or other is None:
        return 0.0
    return math.hypot(first.latitude - other.latitude, first.longitude - other.longitude)
