"""The letters and words of the four sides, in the languages that registers are written in.

``O`` is east in German and west in French, Spanish, Italian and Portuguese: it is read only where something else says which.
"""

import re

EITHER = "O"
_WORDS = {
    "N": "n north nord norte nördl nördlich nb с сш сгш север пн пнш півн північ հս հյուսիս k kuzey şm şimal é észak płn północ sš ssš "
    "β βόρεια צ צפון צפ ჩ ჩრდ ჩრდილოეთი ش شمال شمالا شمالی 北 北纬 北緯 북위",
    "S": "s south sud sur sul süd südl südlich sb zb ю юш югш юг пд пдш півд південь հվ հարավ g güney cənub płd południe jš jsš "
    "ν νότια ד דרום דר სამხ სამხრ სამხრეთი ج جنوب جنوبا جنوبی 南 南纬 南緯 남위",
    "E": "e east est este leste ost oost ö öst östl östlich öl ol в вд игд восток сх схд схід արլ արևելք d doğu şq şərq wsch wschód vd "
    "α ανατολικά מז מזרח აღმ აღმოსავლეთი ق شرق شرقا شرقی 东 東 东经 東経 東經 동경",
    "W": "w west westl westlich wl ouest oeste ovest з зд згд запад зх зхд захід արմ արևմուտք b batı qərb ny nyugat zach zachód zd "
    "δ δυτικά מע מערב დას დასავლეთი غ غرب غربا غربی 西 西经 西経 西經 서경",
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
