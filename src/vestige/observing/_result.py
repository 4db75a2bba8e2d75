"""What a test of change gives back."""

from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from vestige.observing._bracket import Onset

LEVEL = 0.05
"""Level at which a result counts as changed where a bracket is given."""
NO_CONTROLS = "no controls: a change of the instrument cannot be told from one of the site"
"""What a reader of a change without controls is told."""


class Abstention(StrEnum):
    """Why a test gives no p-value. The value is the sentence for a reader."""

    NO_COVERAGE = "no usable pixel in any image of the window"
    NO_SCENE = "no scene of the catalogue covers the site in this time"
    UNREAD = "scenes cover the site, and none of them could be read there"
    OPEN_WATER = "the site looks like open water, whose backscatter changes with the wind"
    TOO_FEW_BEFORE = "too few usable images before the window"
    TOO_FEW_AFTER = "too few usable images in the window"
    MIXED_PLATFORMS = "the window was seen by a platform that the time before was not"
    MIXED_PROCESSORS = "the window was processed differently from the time before"
    CLOUD = "cloud, shadow or snow hides the site in too many images"
    NOT_POSITIVE = "most values are negative: decibels? Give linear power"
    NOT_POWER = "values are not those of linear power or reflectance: amplitudes, digital numbers or decibels?"
    PASSED = "the departure was over before the window ended"
    NOTHING_TO_COMBINE = "no orbit gave an answer"


@dataclass(frozen=True, kw_only=True)
class Change:
    """How one window of one site, seen from one viewing geometry, compares with what its own quiet past led us to expect.

    "Change" says only that; it never says damage, and never a cause.
    """

    p_value: float | None
    """Chance of a departure at least as large if nothing changed; None when the test abstains."""

    abstained: Abstention | None = None
    """Why there is no p-value."""

    change_db: dict[str, float] = field(default_factory=dict)
    """Per band: seen minus expected, 10 log10 of power or reflectance."""

    interval_db: dict[str, tuple[float, float]] = field(default_factory=dict)
    """Per band: the 95 % interval of `change_db`."""

    n_before: int
    """Usable dates before the window."""

    n_after: int
    """Usable dates in the window."""

    first_seen: tuple[np.datetime64, np.datetime64] | None = None
    """Bracket at 95 %: last acquisition that is unchanged, first that is changed; None where p is above 0.05, where a list leaves the
    site out, and where the change is no step within the window."""

    onset: Onset | None = field(default=None, compare=False, repr=False)
    """How the change began and how likely each gap between images is to hold that; None where p is above 0.05."""

    window: tuple[np.datetime64, np.datetime64]
    """The window that was tested: from, up to but not including."""

    orbit: str
    """Viewing geometry; several, joined by "+", after combination."""

    method: str
    """Name of the test, with its version."""

    controlled: bool = False
    """Whether something beside the site was looked at, its surroundings or enough other sites, so that a step that all of them share is
    not taken for the site's. Without, a calibration that changed and a place that changed look alike."""

    site: str | None = None
    scenes: tuple[str, ...] = ()
    """Scenes in the window that the answer rests on."""
