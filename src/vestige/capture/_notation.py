"""Short notations for what people type: a disturbance with its effects, a date window, a span of text.

A disturbance reads ``CATEGORY > CAUSE[:CERTAINTY] > EFFECT[:CERTAINTY], EFFECT[:CERTAINTY]``, in EAMENA's terms, nested as it is
entered: ``Military/Armed Conflict > Explosion/Heavy Weaponry:High > Collapse/Structural Damage:Definite``. Case does not matter.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping

from vestige.entries import (
    DateWindow,
    Disturbance,
    Effect,
    OriginalGrade,
    Speaker,
    condition_from,
    crosswalks,
    vocabulary,
)
from vestige.errors import InputError

_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
ReadTerm = Callable[[str, str], str]
"""Gives the term of a list, by its name, that a text means; raises InputError where it means none."""
_FORM = "CATEGORY > CAUSE[:CERTAINTY] > EFFECT[:CERTAINTY], …"


def read_term(name: str, text: str) -> str:
    """Give the EAMENA term of a list that a text means, whatever its case.

    Raises InputError with the terms nearest to it, or all of a short list.
    """
    wanted = " ".join(text.split()).casefold()
    terms = vocabulary(name)
    found = next((term for term in terms if term.casefold() == wanted), None)
    if found is not None:
        return found
    starting = [term for term in terms if term.casefold().startswith(wanted)]
    if wanted and len(starting) == 1:
        return starting[0]
    near = starting or [term for term in terms if wanted and wanted[:4] in term.casefold()] or list(terms)
    raise InputError(f"expected {_A.get(name, 'a term')} such as {'; '.join(near[:12])}, got {text.strip()!r}")


_A = {
    "condition": "a condition state",
    "extent": "a damage extent",
    "cause_category": "a category of cause",
    "cause_type": "a cause",
    "effect_type": "an effect",
    "certainty": "a certainty",
    "trend": "a trend",
    "assessment_type": "a method of assessment",
}


def term_reader(words: Mapping[str, Mapping[str, str]]) -> ReadTerm:
    """Give a reader that takes EAMENA's terms and the ``words`` of other languages for them, by list, whatever their case and marks.

    It guesses nothing: a word that is in no list, or stands for several terms of one, raises InputError.
    """
    known: dict[str, dict[str, set[str]]] = {}

    def lists(name: str) -> dict[str, set[str]]:
        if name not in known:
            found = known[name] = {}
            for word, term in (*words.get(name, {}).items(), *((term, term) for term in vocabulary(name))):
                found.setdefault(_plain(word), set()).add(term)
        return known[name]

    def read(name: str, text: str) -> str:
        found = lists(name).get(_plain(text), set())
        if len(found) == 1:
            return next(iter(found))
        a = _A.get(name, "a term")
        if found:
            raise InputError(f"expected {a}, got {text.strip()!r}, which means {' or '.join(sorted(found))}")
        shown = "; ".join(list(vocabulary(name))[:12])
        raise InputError(f"expected {a} such as {shown}, or its word in a language of the pages, got {text.strip()!r}")

    return read


def _plain(text: str) -> str:
    """Give a word without case (the dotless i is an i, since its capital is that of both), marks, kinds of hyphens and of spaces."""
    apart = unicodedata.normalize("NFKD", text.replace("\u2013", "-").replace("\u2019", "'").casefold())
    kept = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(kept.replace("\u0131", "i").replace("%", " %").split())


def read_disturbance(text: str, term: ReadTerm = read_term) -> Disturbance:
    """Read one disturbance, its terms by ``term``; raises InputError when the notation or a term is not known."""
    parts = [part.strip() for part in text.split(">")]
    if not 2 <= len(parts) <= 3 or not all(parts):
        raise InputError(f"expected {_FORM}, got {text!r}", where="disturbance")
    cause, certainty = _graded("cause_type", parts[1], term)
    effects = [
        _graded("effect_type", part, term) for part in (parts[2].replace(";", ",").split(",") if parts[2:] else ())
    ]
    return Disturbance(
        cause_category=term("cause_category", parts[0]),
        cause_type=cause,
        cause_certainty=certainty,
        effects=tuple(Effect(type=effect, certainty=sure) for effect, sure in effects),
    )


def _graded(name: str, text: str, read: ReadTerm) -> tuple[str, str | None]:
    term, colon, certainty = text.partition(":")
    return read(name, term), read("certainty", certainty) if colon else None


def read_window(
    *, on: str | None = None, between: tuple[str, str] | None = None, before: str | None = None
) -> DateWindow:
    """Give the date window that one of three options says; dates may be partial (2015, 2015-08, 2015-08-31).

    Raises InputError when none or several are given, or a date is none.
    """
    given = [value for value in (on, between, before) if value is not None]
    if len(given) != 1:
        raise InputError(f"expected one of --on, --between, --before, got {len(given)} of them", where="date window")
    try:
        if on is not None:
            return _checked(DateWindow(when="on", start=on))
        if between is not None:
            return _checked(DateWindow(when="between", start=between[0], end=between[1]))
        return _checked(DateWindow(when="before", end=before))
    except ValueError as error:
        raise InputError(f"expected dates such as 2015, 2015-08 or 2015-08-31: {error}", where="date window") from error


def _checked(window: DateWindow) -> DateWindow:
    """Require the written form of dates, which constructing a value does not check."""
    for date in (window.start, window.end):
        if date is not None and _DATE.fullmatch(date) is None:
            raise ValueError(f"got {date!r}")
    return window


def read_span(text: str) -> tuple[int, int]:
    """Read ``START:END`` or ``START-END``, offsets in Unicode code points, end exclusive; raises InputError."""
    start, _, end = text.replace("-", ":").partition(":")
    if not (start.strip().isdecimal() and end.strip().isdecimal() and int(start) < int(end)):
        raise InputError(f"expected offsets START:END with START before END, got {text!r}", where="offsets")
    return int(start), int(end)


def optional_window(
    *, on: str | None = None, between: str | None = None, before: str | None = None
) -> DateWindow | None:
    """Give the date window that at most one of three options says, ``between`` as START/END; None when none is given."""
    if on is None and between is None and before is None:
        return None
    pair = None if between is None else between.partition("/")
    if pair is not None and not (pair[0] and pair[2]):
        raise InputError(f"expected two dates START/END, got {between!r}", where="date window")
    return read_window(on=on, between=None if pair is None else (pair[0], pair[2]), before=before)


def read_speaker(text: str) -> Speaker:
    """Read ``NAME; ROLE; ORGANISATION``, of which parts may be empty or left out; raises InputError when all are."""
    name, role, organisation = (part.strip() or None for part in (*text.split(";"), "", "")[:3])
    if not (name or role or organisation) or text.count(";") > 2:
        raise InputError(f"expected NAME; ROLE; ORGANISATION, got {text!r}", where="speaker")
    return Speaker(name=name, role=role, organisation=organisation)


def read_grade(
    original: str | None, condition: str | None, term: ReadTerm = read_term
) -> tuple[OriginalGrade | None, str]:
    """Give the original grade from ``SCHEME:GRADE``, and the condition: the one given, or the one that the scheme's crosswalk gives.

    Raises InputError when neither says the condition, and UnknownTermError for a grade that a known scheme does not hold.
    """
    grade = None
    if original is not None:
        scheme, _, name = (part.strip() for part in original.partition(":"))
        if not (scheme and name):
            raise InputError(f"expected SCHEME:GRADE, got {original!r}", where="original grade")
        known = crosswalks().get(scheme)
        name = next((term for term in (known.grades if known else ()) if term.casefold() == name.casefold()), name)
        grade = OriginalGrade(scheme=scheme, grade=name)
    if condition is not None:
        return grade, term("condition", condition)
    if grade is None:
        raise InputError(
            "expected a condition, got none", hint="give --condition, or --original of a scheme that is mapped"
        )
    return grade, condition_from(grade.scheme, grade.grade)
