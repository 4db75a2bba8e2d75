"""Pictures of what was observed: before and after as PNG, the time line as SVG, for each site and viewing geometry."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vestige.cli.observing._catalog import controls_of
from vestige.cli.observing._options import CatalogOptions, takes_controls
from vestige.errors import EnvironmentFault
from vestige.keeping.observations import Answer, Picture, Question

if TYPE_CHECKING:
    from vestige.observing import Change, Series
    from vestige.observing.scenes import Chip


def draw(answer: Answer, options: CatalogOptions, question: Question) -> list[Picture]:
    """Draw every site that gave an answer; a picture that cannot be drawn (a side without an image) is left out."""
    from vestige.observing import Expectation, expectation, test_changes, time_line
    from vestige.observing.scenes import geometry, stack

    tested = stack(answer.scenes.chips, bands=answer.plan.bands, pixels=options.pixels)
    wide = {
        (one.site, one.orbit): one for one in stack(answer.scenes.chips, bands=answer.plan.bands, pixels=options.chip)
    }
    metres = {(chip.site, geometry(chip)): pixel_metres(chip) for chip in answer.scenes.chips}
    controls = controls_of(answer.scenes.chips, answer.plan.bands, options) if takes_controls(options) else None
    pictures = []
    for series, change in zip(tested, test_changes(tested, *question, controls), strict=True):
        key = (series.site or "", series.orbit)
        expected = expectation(series, *question)
        if isinstance(expected, Expectation):
            pictures.append(Picture(key[0], f"{series.orbit}.svg", time_line(change, expected).encode()))
            pictures += _chips(wide[key], change, metres[key])
    return pictures


def _chips(series: "Series", change: "Change", metres: float) -> list[Picture]:
    from vestige.observing import SeriesError, before_and_after

    try:
        sides = before_and_after(series, change, band=series.bands[0], pixel_metres=metres)
    except SeriesError:
        return []
    names = (f"{series.orbit}-before.png", f"{series.orbit}-after.png")
    return [Picture(series.site or "", name, content) for name, content in zip(names, sides, strict=True)]


def pixel_metres(chip: "Chip") -> float:
    """Give the side of a chip's pixels in metres, from degrees along the meridian where its projection is in degrees."""
    step = abs(chip.transform[4])
    return step * 111_320 if 4000 <= chip.epsg < 5000 else step


def write_pictures(folder: Path, pictures: Sequence[Picture]) -> None:
    """Write pictures as SITE-GEOMETRY.svg, -before.png and -after.png; what is no plain character in a name becomes a hyphen."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for picture in pictures:
            (folder / re.sub(r"[^\w.]+", "-", f"{picture.site}-{picture.name}")).write_bytes(picture.content)
    except OSError as error:
        raise EnvironmentFault(f"the figures cannot be written: {error.strerror}", where=str(folder)) from error
