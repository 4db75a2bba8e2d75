"""Assessments out of EAMENA's export, as far as the export allows to say them.

The export flattens nested records into parallel comma lists of different lengths: categories, causes, certainties, effects. Which cause
had which effect is lost. A pairing is taken only when every possible pairing says the same (one category, or one cause, or one certainty
for all); what cannot be paired is named in the note, as printed, and never guessed.
"""

from collections.abc import Sequence
from typing import NamedTuple

from vestige.capture.registers._dates import read_date
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._rows import Row
from vestige.entries import Assessment, Assessor, DateWindow, Disturbance, Effect, Identifier, vocabulary

UNKNOWN_SITE = ""
"""Stands for the id of the site until the record has given it one."""


class RegisterAssessment(NamedTuple):
    """An assessment as a register gives it: its line, the site by its identifier, the body, and whether all of it could be paired."""

    line: int
    site: Identifier
    body: Assessment
    paired: bool


class Listed(NamedTuple):
    """The parallel lists of one row, each value once."""

    categories: tuple[str, ...]
    causes: tuple[str, ...]
    cause_certainties: tuple[str, ...]
    effects: tuple[str, ...]
    effect_certainties: tuple[str, ...]


def eamena_assessment(row: Row) -> RegisterAssessment | None:
    """Read the assessment in a row; None when it gives no condition. Raises RowRefused when it does not say who judged, or when."""
    condition = _one("condition", row.get("overall condition state type"))
    if condition is None or not eamena_ids(row):
        return None
    listed = _listed(row)
    disturbances = _disturbances(listed)
    method = _one("assessment_type", row.get("assessment activity type"))
    body = Assessment(
        site=UNKNOWN_SITE,
        assessor=_assessor(row),
        window=_window(row),
        condition=condition,
        extent=_one("extent", row.get("damage extent type")),
        disturbances=disturbances or (),
        method=method,
        note=_note(row, listed, paired=disturbances is not None),
    )
    identifier = Identifier(scheme="eamena", value=eamena_ids(row)[0])
    return RegisterAssessment(row.line, identifier, body, disturbances is not None)


def eamena_ids(row: Row) -> tuple[str, ...]:
    """Give the ids of a place; one that was joined out of two has both."""
    return tuple(dict.fromkeys(filter(None, (part.strip() for part in row.get("eamena id").split(",")))))


def _values(text: str) -> tuple[str, ...]:
    """Give the values of a comma list, each once."""
    parts = (part.strip() for part in text.split(", "))
    return tuple(dict.fromkeys(part for part in parts if part and part != "None"))


def _one(name: str, text: str) -> str | None:
    """Give the one EAMENA term that a cell holds; None when it holds none, several, or another word."""
    values = _values(text)
    return values[0] if len(values) == 1 and values[0] in vocabulary(name) else None


def _assessor(row: Row) -> Assessor:
    names = _values(row.get("assessment investigator - actor"))
    if not names:
        raise RowRefused("an assessment without an assessor")
    return Assessor(name=", ".join(names), organisation="EAMENA")


def _window(row: Row) -> DateWindow:
    """Give the date of the assessment, or the first and last when there are several."""
    written = _values(row.get("assessment activity date"))
    if not written:
        raise RowRefused("an assessment without a date")
    try:
        dates = sorted(read_date(text, row.reading.dates) for text in written)
        if len(set(dates)) == 1:
            return DateWindow(when="on", start=dates[0])
        return DateWindow(when="between", start=dates[0], end=dates[-1])
    except ValueError as error:
        raise RowRefused(f"an assessment with a date that is none: {error}") from error


def _listed(row: Row) -> Listed:
    return Listed(
        _values(row.get("disturbance cause category type")),
        _values(row.get("disturbance cause type")),
        _values(row.get("disturbance cause certainty")),
        _values(row.get("effect type")),
        _values(row.get("effect certainty")),
    )


def _disturbances(listed: Listed) -> tuple[Disturbance, ...] | None:
    """Nest what can be nested in one way only; None when it cannot, or when a word is not of the vocabulary."""
    known = (
        (listed.categories, "cause_category"),
        (listed.causes, "cause_type"),
        (listed.effects, "effect_type"),
        ((*listed.cause_certainties, *listed.effect_certainties), "certainty"),
    )
    if any(value not in vocabulary(name) for values, name in known for value in values):
        return None
    if not listed.causes:
        return None if listed.effects or listed.categories else ()
    alone = len(listed.causes) == 1
    if len(listed.categories) != 1 or (listed.effects and not alone):
        return None
    if len(listed.cause_certainties) > 1 or (len(listed.effect_certainties) > 1):
        return None
    effects = tuple(Effect(type=effect, certainty=_only(listed.effect_certainties)) for effect in listed.effects)
    return tuple(
        Disturbance(
            cause_category=listed.categories[0],
            cause_type=cause,
            cause_certainty=_only(listed.cause_certainties),
            effects=effects,
        )
        for cause in listed.causes
    )


def _only(values: Sequence[str]) -> str | None:
    return values[0] if len(values) == 1 else None


def _note(row: Row, listed: Listed, *, paired: bool) -> str | None:
    """Say what the export gives beside the fields: the date of the image, and lists that cannot be paired."""
    parts = []
    image = ", ".join(_values(row.get("ge imagery acquisition date", "imagery acquisition date")))
    if image:
        parts.append(f"Imagery of {image}.")
    if not paired:
        lists = (("categories of cause", listed.categories), ("causes", listed.causes), ("effects", listed.effects))
        shown = "; ".join(f"{name}: {', '.join(values)}" for name, values in lists if values)
        parts.append(f"Listed in the export without saying which belongs to which: {shown}.")
    return " ".join(parts) or None
