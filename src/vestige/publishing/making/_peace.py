"""What the page *Peace* shows: the newest calls, visits, dialogues, appeals and replies, each with the list of all."""

from vestige.publishing._registry import ALL
from vestige.publishing.making._lists import GROUP
from vestige.publishing.memory._state import State
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector

_SHOWN = 8
_KINDS = ("call", "appeal", "visit", "gathering", "reply")


class Newest(partials.View, frozen=True, kw_only=True):
    """The newest things of a kind, newest first: what they are called, and the folder of their list."""

    kind: str
    title: str
    folder: str
    links: tuple[partials.Link, ...]


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
