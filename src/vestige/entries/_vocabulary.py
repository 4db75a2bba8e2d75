"""The words that assessors may use, as data: EAMENA's terms, and crosswalks from other scales.

EAMENA (Endangered Archaeology in the Middle East and North Africa) publishes its terms with concept UUIDs; they stand in
``vocabularies/eamena.json``. The crosswalks map UNOSAT damage classes, EMS-98 grades and UNESCO wording to EAMENA's condition
states; an assessment always keeps the original grade beside the mapped one, since no mapping is without loss.
"""

import functools
import importlib.resources
from collections.abc import Mapping
from typing import Any

import msgspec

from vestige.entries._errors import UnknownTermError


class Crosswalk(msgspec.Struct, frozen=True):
    """One other scale: its title, where it is defined, and each of its grades as an EAMENA condition state."""

    title: str
    reference: str
    grades: Mapping[str, str]


class _Terms(msgspec.Struct, frozen=True):
    origin: str
    lists: Mapping[str, Mapping[str, str]]


def _load(name: str) -> bytes:
    return importlib.resources.files("vestige.entries").joinpath("vocabularies", name).read_bytes()


@functools.cache
def _terms() -> _Terms:
    return msgspec.json.decode(_load("eamena.json"), type=_Terms)


def vocabulary(name: str) -> Mapping[str, str]:
    """Give one list of EAMENA terms as label → concept UUID.

    Lists: condition, extent, cause_category, cause_type, effect_type, certainty, trend, classification, assessment_type.
    """
    return _terms().lists[name]


@functools.cache
def crosswalks() -> Mapping[str, Crosswalk]:
    """Give every crosswalk by its scheme: unosat, ems98, unesco."""
    return msgspec.json.decode(_load("crosswalks.json"), type=dict[str, Crosswalk])


def terms_schema(name: str) -> dict[str, Any]:
    """Give what the JSON Schema of a field says of its list of EAMENA terms; `require_term` asks it, with better words."""
    return {"enum": list(vocabulary(name))}


def condition_from(scheme: str, grade: str) -> str:
    """Map a grade of another scale to an EAMENA condition state.

    Raises UnknownTermError for a scheme or grade that no crosswalk holds.
    """
    crosswalk = crosswalks().get(scheme)
    if crosswalk is None:
        raise UnknownTermError(f"expected a scheme among {', '.join(crosswalks())}, got {scheme!r}")
    if grade not in crosswalk.grades:
        raise UnknownTermError(f"expected a grade among {', '.join(crosswalk.grades)}, got {grade!r}", where=scheme)
    return crosswalk.grades[grade]


def require_term(name: str, term: str) -> None:
    """Raise ValueError unless the EAMENA list ``name`` holds ``term``; the message lists what it holds."""
    terms = vocabulary(name)
    if term not in terms:
        near = [label for label in terms if label.casefold().startswith(term.casefold()[:4])] or list(terms)
        raise ValueError(f"expected an EAMENA term for {name} such as {'; '.join(near[:8])}, got {term!r}")
