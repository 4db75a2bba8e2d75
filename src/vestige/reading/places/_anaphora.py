"""Mentions that stand for places named before: "these territories", "both cities", "the town".

A plural stands for all fitting places of the nearest earlier sentence that names any, a singular for the nearest fitting place.
Fitting is by kind: a town is a town, a country a country, and a territory anything smaller than a country where there is one.
"""

import re
from collections.abc import Sequence
from itertools import compress

from vestige.reading._model import Place, Span
from vestige.reading.places._kinds import KINDS
from vestige.reading.places._tokens import Words

_TOWN = frozenset(("city", "division", "site"))
_AREA = frozenset(("city", "division", "county", "region", "site"))
_COUNTRY = frozenset(("country",))
_SITE = frozenset(("site",))
_ANY = frozenset((*KINDS, "site"))

_PLURAL = (
    (r"(?:these|those|both|the two|all these|all those) (?:\w+ )?(?:cities|towns|villages|settlements)", _TOWN),
    (
        r"(?:these|those|both|the two|all these|all those) (?:\w+ )?(?:territories|regions|areas|lands|districts|provinces|places)",
        _AREA,
    ),
    (r"(?:these|those|both|the two) (?:\w+ )?(?:countries|states|nations)", _COUNTRY),
    (r"(?:these|those|both|the two) (?:\w+ )?(?:sites|monuments|churches|mosques|museums|monasteries)", _SITE),
    (r"ces (?:deux )?(?:territoires|régions|villes|villages|zones|terres)", _AREA),
    (r"(?:эти|этих|этим|этими) (?:территори|район|област|город|земл|сёл|сел)\w*", _AREA),
    (r"(?:ці|цих|цим|цими) (?:територі|район|област|міст|земл|сел|сіл)\w*", _AREA),
    (r"bu (?:ərazi|şəhər|rayon|torpaq|bölgə|kənd)(?:lər|lar)\w*", _AREA),
    (r"այս (?:տարածք|քաղաք|շրջան|գյուղ|հող)(?:ներ|եր)\w*", _AREA),
    (r"(?:هذه|تلك) (?:الأراضي|المناطق|المدن|القرى)", _AREA),
)
_SINGULAR = (
    (r"(?:this|that|the) (?:city|town|village)", _TOWN),
    (r"(?:this|that) (?:region|area|territory|district|province|place)", _AREA),
    (r"(?:this|that) country", _COUNTRY),
    (r"(?:this|that) (?:site|monument|church|mosque|museum|monastery)", _SITE),
)
_FIRST_WORDS = frozenset(
    ("these", "those", "both", "the", "all", "this", "that", "ces", "эти", "этих", "этим", "этими", "ці", "цих", "цим", "цими")
) | {"bu", "այս", "هذه", "تلك"}  # fmt: skip
_SINGULAR_NOUNS = frozenset(
    "city town village region area territory district province place country site monument church mosque museum monastery".split()  # noqa: SIM905
)
_AFTER = {
    "the": frozenset(("two", "city", "town", "village")), "all": frozenset(("these", "those")),
    "this": _SINGULAR_NOUNS, "that": _SINGULAR_NOUNS,
}  # fmt: skip
"""What must follow some of the first words, so that the pattern need not be tried at every "that"."""
_PATTERN = re.compile(
    r"\b(?:"
    + "|".join(
        f"(?P<{group}{i}>{p})" for group, ps in (("p", _PLURAL), ("s", _SINGULAR)) for i, (p, _) in enumerate(ps)
    )
    + r")\b",
    re.IGNORECASE,
)
_FITTING = {f"{group}{i}": kinds for group, ps in (("p", _PLURAL), ("s", _SINGULAR)) for i, (_, kinds) in enumerate(ps)}
_SENTENCE_END = re.compile(r"[.!?…։؟][\"'”’»)]*\s|\n\s*\n")
_FARTHEST = 1200  # characters between a mention and what it stands for


def with_anaphora(words: Words, places: Sequence[Place]) -> tuple[Place, ...]:
    """Give the places with those mentions that stand for earlier ones put in between; ``refers_to`` counts in the result."""
    text, found = words.text, _mentions(words) if places else []
    if not found:
        return tuple(places)
    result: list[Place] = []
    named = iter([*places, None])
    following = next(named)
    for match in found:
        start, end = match.span()
        while following is not None and following.span.start < start:
            result.append(following)
            following = next(named)
        if (following is not None and following.span.start < end) or (result and result[-1].span.end > start):
            continue
        if referents := _referents(text, str(match.lastgroup), start, result):
            result.append(Place(span=Span(start, end), candidates=(), refers_to=referents))
    if following is not None:
        result += [following, *(place for place in named if place is not None)]
    return tuple(result)


def _mentions(words: Words) -> list[re.Match[str]]:
    """Give what may stand for earlier places: looked for only where one of its first words stands."""
    lows, starts = words.lows, words.starts
    first = compress(range(len(lows) - 1), map(_FIRST_WORDS.__contains__, lows))
    likely = (at for at in first if (after := _AFTER.get(lows[at])) is None or lows[at + 1] in after)
    matches = (_PATTERN.match(words.text, starts[at]) for at in likely)
    return [match for match in matches if match]


def _referents(text: str, group: str, start: int, places: Sequence[Place]) -> tuple[int, ...]:
    fitting: list[int] = []
    for index in range(len(places) - 1, -1, -1):
        place = places[index]
        if start - place.span.end > _FARTHEST:
            break
        if not place.candidates or place.candidates[0].kind not in _FITTING[group]:
            continue
        if fitting and (group[0] == "s" or _SENTENCE_END.search(text, place.span.end, places[fitting[-1]].span.start)):
            break
        fitting.append(index)
        if group[0] == "s":
            break
    return _distinct(fitting[::-1], places)


def _distinct(indexes: list[int], places: Sequence[Place]) -> tuple[int, ...]:
    return tuple({places[i].candidates[0].id: i for i in indexes}.values())
