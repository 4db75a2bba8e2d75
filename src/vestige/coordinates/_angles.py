"""Numbers of a text that could be meant as degrees: decimal, with minutes and seconds, with or without signs for them, run together.

What a reader could take for a coordinate is taken for one, in either order and with either sign: who asks compares it with places that must not
be told, and there a false alarm is next to impossible, since the earth is large.
"""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_MARK = "[.,\u066b\u00b7]"
_GAP = r"[^\d\n,;]{1,14}"  # room for " degrees ", or a tag of a page
_DECIMALS = re.compile(rf"{_MARK}(\d{{1,15}})(?!\d)")
_EXPONENT = re.compile(r"(?<![\d.])(\d[.,]\d{3,15})[eE]\+?0?([0-2])(?!\d)")
_SIXTIETHS = re.compile(
    rf"(?P<gap>{_GAP})(?P<minutes>\d{{1,2}})(?:{_MARK}(?P<decimals>\d{{1,15}}))?(?!\d)"
    rf"(?:(?P<gap2>{_GAP})(?P<seconds>\d{{1,2}})(?:{_MARK}(?P<decimals2>\d{{1,15}}))?(?!\d))?"
)
_SIGN = re.compile(r"[^\s\d.,;]|\s*[^\W\d]")


class Angle(NamedTuple):
    """A number that could be degrees: where it stands, its value without sign, how far off it may be meant.

    ``mark`` is its decimal mark, empty without decimals; ``bare`` is one of whole numbers with nothing but spaces between and after them.
    """

    start: int
    end: int
    degrees: float
    precision: float
    mark: str = ""
    bare: bool = False


class AngleReader:
    """Finds the numbers of texts that could be degrees of which the whole part is wanted."""

    def __init__(self, wanted: Iterable[int]) -> None:
        self._wanted = frozenset(wanted)
        either = "|".join(str(degrees) for degrees in sorted(self._wanted, reverse=True))
        self._begins = re.compile(rf"(?<!\d)0{{0,2}}(?P<degrees>{either})(?P<more>\d{{2}}|\d{{4}})?(?!\d)")

    def angles_in(self, text: str) -> Iterator[Angle]:
        """Give every reading of a text's numbers as degrees, without sign."""
        for match in self._begins.finditer(text):
            if match["more"]:
                yield from _run_together(text, match)
            else:
                yield from _decimal(text, match)
                yield from _with_sixtieths(text, match)
        for match in _EXPONENT.finditer(text):
            value, exponent = float(match[1].replace(",", ".")), int(match[2])
            if int(value * 10**exponent) in self._wanted:
                yield Angle(*match.span(), value * 10**exponent, 10.0 ** (exponent + 2 - len(match[1])))


def _decimal(text: str, match: re.Match[str]) -> Iterator[Angle]:
    tail = _DECIMALS.match(text, match.end())
    if tail:
        yield Angle(
            match.start(), tail.end(), float(f"{match['degrees']}.{tail[1]}"), 10.0 ** -len(tail[1]), text[match.end()]
        )


def _run_together(text: str, match: re.Match[str]) -> Iterator[Angle]:
    """Read DDMM.mmm, as receivers of satellite positions write it, and DDMMSS."""
    tail = _DECIMALS.match(text, match.end())
    end, fraction, mark = (tail.end(), tail[1], text[match.end()]) if tail else (match.end(), "", "")
    degrees, more = int(match["degrees"]), match["more"]
    if len(more) == 2 and fraction and int(more) < 60:
        yield Angle(match.start(), end, degrees + float(f"{more}.{fraction}") / 60, 10.0 ** -len(fraction) / 60, mark)
    if len(more) == 4 and int(more[:2]) < 60 and int(more[2:]) < 60:
        seconds = float(f"{more[2:]}.{fraction or 0}")
        value = degrees + int(more[:2]) / 60 + seconds / 3600
        yield Angle(match.start(), end, value, 10.0 ** -len(fraction) / 3600, mark)


def _with_sixtieths(text: str, match: re.Match[str]) -> Iterator[Angle]:
    """Read the minutes, and the minutes and seconds, that stand right after degrees."""
    tail = _SIXTIETHS.match(text, match.end())
    if tail is None or int(tail["minutes"]) >= 60:
        return
    end = tail.end("decimals") if tail["decimals"] else tail.end("minutes")
    value = int(match["degrees"]) + float(f"{tail['minutes']}.{tail['decimals'] or 0}") / 60
    spaced = not tail["gap"].strip(" .")
    if tail["decimals"]:
        yield Angle(match.start(), end, value, 10.0 ** -len(tail["decimals"]) / 60, text[tail.end("minutes")])
    elif not spaced or (tail["gap"] != "." and _SIGN.match(text, end)):
        yield Angle(match.start(), end, value, 1 / 60)
    if tail["seconds"] and not tail["decimals"] and int(tail["seconds"]) < 60:
        seconds = float(f"{tail['seconds']}.{tail['decimals2'] or 0}")
        bare = spaced and not tail["gap2"].strip(" .") and not _SIGN.match(text, tail.end())
        mark = text[tail.end("seconds")] if tail["decimals2"] else ""
        precision = 10.0 ** -len(tail["decimals2"] or "") / 3600
        yield Angle(match.start(), tail.end(), value + seconds / 3600, precision, mark, bare)
