"""What came of observing sites, before it is entered: plan, scenes, ranked results, pictures, and how all was asked."""

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from vestige.observing import Ranked
    from vestige.observing.scenes import Plan, Scenes


class Answer(NamedTuple):
    """All that came of a run."""

    plan: "Plan"
    scenes: "Scenes"
    ranked: "list[Ranked]"


class Picture(NamedTuple):
    """One picture: its site, the end of its file's name, and its bytes."""

    site: str
    name: str
    content: bytes


class Asked(NamedTuple):
    """How scenes were asked for, as an observation says it: where from, signed in how, which bands, how many pixels a side.

    ``around`` is the side of the window that weather was taken from, or 0.
    """

    catalog: str
    sign_in: str
    collection: str
    bands: str
    pixels: int
    around: int = 0
