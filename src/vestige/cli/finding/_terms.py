"""``vestige terms``: the words that assessments are written in."""

from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json
from vestige.entries import crosswalks, vocabulary
from vestige.errors import InputError

LISTS = (
    "condition", "extent", "cause_category", "cause_type", "effect_type", "certainty", "trend", "assessment_type", "classification",
)  # fmt: skip


def terms(name: str | None = None, *, json: Annotated[bool, Parameter(negative=())] = False) -> int:
    """List EAMENA's words, which assessments are written in, and the grades of other scales that are mapped to them.

    Example: vestige terms condition

    Parameters
    ----------
    name
        One list only: condition, extent, cause_category, cause_type, effect_type, certainty, trend, assessment_type, classification.
    json
        Print the lists as JSON.
    """
    if name is not None and name not in LISTS:
        raise InputError(f"expected a list among {', '.join(LISTS)}, got {name!r}")
    lists = {one: list(vocabulary(one)) for one in LISTS if name in (None, one)}
    grades = (
        {scheme: list(crosswalk.grades) for scheme, crosswalk in crosswalks().items()}
        if name in (None, "condition")
        else {}
    )
    if json:
        print_json({"terms": lists, "grades": grades})
        return 0
    for one, words in lists.items():
        out.print(f"{one}: {', '.join(words)}")
    for scheme, words in grades.items():
        out.print(f"--original {scheme}:GRADE: {', '.join(words)}")
    return 0
