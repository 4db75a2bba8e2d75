"""The letters and words of the four sides, in the languages that registers are written in.

``O`` is east in German and west in French, Spanish, Italian and Portuguese: it is read only where something else says which.
"""

import re

EITHER = "O"
_WORDS = {
    "N": "n north nord norte с сш север пн пнш північ հս հյուսիս k kuzey şm şimal ش شمال شمالا",
    "S": "s south sud sur sul süd ю юш юг пд пдш південь հվ հարավ g güney cənub ج جنوب جنوبا",
    "E": "e east est este leste ost oost в вд восток сх схд схід արլ արևելք d doğu şq şərq ق شرق شرقا",
    "W": "w west ouest oeste ovest з зд запад зх зхд захід արմ արևմուտք b batı qərb غ غرب غربا",
    EITHER: "o",
}
_SIDES = {word: side for side, words in _WORDS.items() for word in words.split()}
_DOTS = re.compile(r"[\s.]+")
EAST_HEADINGS = frozenset({"länge", "längengrad", "laengengrad", "geographische länge", "lengte", "lengtegraad"})
WEST_HEADINGS = frozenset({"longitud", "longitudine", "nom", "nombre", "nome", "dénomination", "longitude (ouest)"})


def side_of(text: str) -> str | None:
    """Give N, S, E or W for a letter or word of a side, EITHER for ``O``; None for anything else."""
    return _SIDES.get(_DOTS.sub("", text.casefold()))


def east_or_west(columns: frozenset[str]) -> str | None:
    """Say what ``O`` means in a table with these headings: E, W, or None where they do not tell."""
    east, west = bool(columns & EAST_HEADINGS), bool(columns & WEST_HEADINGS)
    return None if east == west else "E" if east else "W"
