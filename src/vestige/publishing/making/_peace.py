"""What the page *Peace* shows: the newest calls, visits, dialogues, appeals, replies and months of readers, each with the list of all.

It stands in the navigation only where there is any of them.
"""

from vestige.publishing._registry import ALL, KINDS
from vestige.publishing.kinds import PageKind
from vestige.publishing.making._lists import GROUP
from vestige.publishing.memory._state import State
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector
from vestige.record import RecordReader

_SHOWN = 8
_KINDS = ("call", "appeal", "visit", "gathering", "reply", "reach")


class Newest(partials.View, frozen=True, kw_only=True):
    """The newest things of a kind, newest first: what they are called, and the folder of their list."""

    kind: str
    title: str
    folder: str
    links: tuple[partials.Link, ...]


def navigation_of(record: RecordReader) -> tuple[tuple[str, str], ...]:
    """Give what the navigation leads to of acts, each address and title: the lists that stand in it and *Peace*, where the public finds any there."""
    held = [kind for kind in map(KINDS.__getitem__, _KINDS) if _is_held(record, kind)]
    lists = (kind.listing for kind in held if kind.listing and kind.listing.navigation)
    found = tuple((f"{listing.folder}/index.html", listing.title) for listing in lists)
    return (*found, ("peace.html", "Peace")) if held else ()


def _is_held(record: RecordReader, kind: PageKind) -> bool:
    return any(entry.is_public and kind.stands(entry) for entry in record.index.entries(kind.name, current=True))


def newest_acts(collector: Collector, state: State) -> list[Newest]:
    """Give the newest acts of each kind of which there is any."""
    listings = {kind.name: kind.listing for kind in ALL if kind.listing}
    found = ((kind, listings[kind], _links(collector, state, kind)) for kind in _KINDS)
    return [
        Newest(kind=kind, title=listing.title, folder=listing.folder, links=links)
        for kind, listing, links in found
        if links
    ]


def _links(collector: Collector, state: State, kind: str) -> tuple[partials.Link, ...]:
    groups = state.things.groups(kind, GROUP)[-2:]
    abouts = [about for group in groups for about in state.things.group(kind, GROUP, group)]
    return tuple(link for about in abouts[: -_SHOWN - 1 : -1] if (link := collector.link(about)))
