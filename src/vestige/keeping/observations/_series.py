"""Series at hand as entries: each result with the files that it rests on, and done again from them."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from vestige.entries import Draft, Observation, Scene, Site
from vestige.errors import InputError
from vestige.keeping.observations._differences import Rechecked, differences, window_of
from vestige.keeping.observations._enter import AFTER, BEFORE, entry_of, stamp, tested, uncontrolled
from vestige.keeping.observations._question import Question
from vestige.record import Entry, Receipt, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vestige.observing import Ranked, SeriesFolder, Together

SERIES = "series"
"""The parameter that names the preserved files of a result: a line each, SHA-256 and file name."""
REGION = "region"
"""The parameter that says whether the sites of the list moved together, so that the result may be the region's and not the site's."""


def enter_series(
    record: Record,
    folder: "SeriesFolder",
    ranked: "Sequence[Ranked]",
    question: Question,
    together: "Sequence[Together]" = (),
) -> tuple[Receipt, ...]:
    """Enter one observation a site, its files preserved untouched; those of a sensitive site are withheld.

    Raises `InputError` when a site of the folder is none of the record's: by id, by another register's id (whc:946) or by name.
    """
    places = {one.change.site: entry_of(record, one.change.site or "") for one in ranked}
    said = "\n".join(map(str, together))
    return record.append(*(_draft(record, places[one.change.site], folder, one, question, said) for one in ranked))


def _draft(
    record: Record, place: Entry, folder: "SeriesFolder", ranked: "Ranked", question: Question, region: str
) -> Draft:
    exact, change = record.index.exact(place.about), ranked.change
    withheld = isinstance(exact, Site) and exact.sensitivity != "open"
    paths = folder.files.get(change.site or "", ())
    files = {path.name: record.add_file(path, withheld=withheld) for path in paths}
    said = {
        SERIES: "\n".join(f"{file} {name}" for name, file in files.items()),
        AFTER: "/".join(map(stamp, question.after)),
        BEFORE: "/".join(map(stamp, question.before)) if question.before else "",
        REGION: region,
    }
    body = Observation(
        **tested(place.about, ranked, question),
        scenes=tuple(Scene(id=scene) for scene in change.scenes),
        parameters={name: value for name, value in said.items() if value} | uncontrolled(change),
        figures=tuple(dict.fromkeys(files.values())),
    )
    return Draft(body, cites=(place.hash,), visibility="withheld" if withheld else "public")


def recheck_series(record: Record, body: Observation) -> Rechecked:
    """Test again from the preserved files of an observation, and compare."""
    from vestige.observing import read_folder, survey

    named = [line.split(" ", 1) for line in body.parameters[SERIES].splitlines()]
    after, before = (window_of(body.parameters.get(name, "")) for name in (AFTER, BEFORE))
    if after is None:
        raise InputError("the observation does not say its window", where=AFTER)
    with tempfile.TemporaryDirectory() as folder:
        for file, name in named:
            Path(folder, Path(name).name).write_bytes(record.files.read(file))
        change = survey(read_folder(Path(folder)).series, after, before)[0].change
    return Rechecked(len(named), change.p_value, tuple(differences(body, change)))
