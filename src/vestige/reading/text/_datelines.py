"""Datelines: where and when a report was filed, before its first words; no part of what anybody said.

Nine forms of the wires: "PARIS (AP) - ", "ODESA, Ukraine, June 4 (Reuters) - ", "GENEVA, June 4 -- ", "New York/Geneva, 4 June 2024 – ",
"KABUL: ", "(CNN) ", "BEIRUT — ", "TEHRAN, Jun. 4 (MNA) – " and "BAKU, Azerbaijan, June 4. ".
"""

import re

_CAPS = r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]{2,20}(?:[ /][A-ZÀ-Þ][A-ZÀ-Þ'’.-]{1,20}){0,3}"
_PLACE = r"[A-ZÀ-Þ][\w'’.-]{1,20}(?:[ /][A-ZÀ-Þ][\w'’.-]{1,20}){0,4}"
_MONTH = r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)"
_DAY = rf"(?:\d{{1,2}} {_MONTH}\.?|{_MONTH}\.? \d{{1,2}})(?:,? \d{{4}})?"
_AGENCY = r"\([A-Z][\w./& -]{1,30}\)"
_DASH = r"(?:--|[–—]|-(?=\s))\s*"
_TIME = rf"(?:{_DAY},? (?:at )?)?(?:[01]?\d|2[0-3])[:.h][0-5]\d(?: ?[AaPp]\.?[Mm]\.?)?(?: ?[A-Z]{{1,5}})?"
"""A time of day at the head of a block of a live page."""
_DATELINE = re.compile(
    rf"(?:(?:{_CAPS})(?:, {_PLACE}){{0,2}}(?:, {_DAY})?\s*(?:{_AGENCY})?\s*{_DASH}"
    rf"|{_PLACE}(?:, {_PLACE})?, {_DAY}\s*(?:{_AGENCY})?\s*{_DASH}"
    rf"|(?:{_CAPS})(?:, {_PLACE})?, {_DAY}(?:\.\s|:\s|\s*{_AGENCY}\s)"
    rf"|(?:{_TIME}\s*(?:{_DASH}|[:|]\s+)|[\[(]{_TIME}[\])]\s*(?:{_DASH}|[:|]\s+)?)(?=\S)"
    rf"|\([A-Z][A-Za-z]{{1,12}}\)\s*(?:{_DASH})?(?=[A-Z“\"]))"
)
_LABEL = re.compile(rf"({_CAPS}): (?=[A-Z])")
_NO_PLACES = frozenset(
    [
        "MODERATOR",
        "QUESTION",
        "ANSWER",
        "SPEAKER",
        "INTERVIEWER",
        "HOST",
        "CHAIR",
        "VOICE",
        "NARRATOR",
        "REPORTER",
        "ANCHOR",
        "NOTE",
        "UPDATE",
        "BREAKING",
    ]
)
_TITLED = ("MR", "MS", "MRS", "DR", "THE ", "SIR", "SEN", "REP", "GOV", "GEN", "PROF")


def dateline_end(text: str, start: int) -> int:
    """Give where the dateline ends that a paragraph opens with; ``start`` where it opens with none."""
    found = _DATELINE.match(text, start, start + 160)
    if found:
        return found.end()
    label = _LABEL.match(text, start, start + 60)
    if label is None or label[1] in _NO_PLACES or label[1].startswith(_TITLED) or text.count(f"{label[1]}:") > 1:
        return start
    return label.end()
