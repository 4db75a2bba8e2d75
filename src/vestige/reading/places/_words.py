"""Words that speak for or against a name being a place's: lists in `data/`, our own but for the names and the plain English.

`place_words.txt` holds, by section:

* *locative*, *weakly locative*: a name after one of these is a place as a rule, or more often than not;
* *adjuncts*, *calendar*: may stand before a place, or open a sentence before it, without being part of a longer name;
* *titles*: a name after one of these is a person's;
* *offices*: a place's name goes on with these, and the place is still meant, or what bears its name lies there;
* *bearers*: what bears the name may be anywhere, a newspaper, a company or a club;
* *speech*: a bare name before one of these is more often a person's;
* *place nouns*: beginnings of the words for town, village, district and the like in languages other than English;
* *abbreviated divisions*: states and provinces by abbreviation or code, good only after a comma and a name;
* *function words*: the commonest English words, left out where texts are compared;
* *connectors*: may stand in lower case inside a name.
"""

from functools import lru_cache
from importlib.resources import files


@lru_cache(maxsize=16)
def listed(name: str) -> frozenset[str]:
    """Give the words of one of the lists in `data/`, in lower case."""
    return frozenset(files("vestige.reading").joinpath("data", name).read_text("utf-8").split())


def _sections() -> dict[str, frozenset[str]]:
    text = files("vestige.reading").joinpath("data", "place_words.txt").read_text("utf-8")
    parts = (part.partition("]\n") for part in text.split("[")[1:])
    return {title: frozenset(words.split()) for title, _, words in parts}


_LISTS = _sections()
LOCATIVE = _LISTS["locative"]
WEAKLY_LOCATIVE = _LISTS["weakly locative"]
CALENDAR = _LISTS["calendar"]
ADJUNCTS = _LISTS["adjuncts"]
TITLES = _LISTS["titles"]
OFFICES = _LISTS["offices"]
BEARERS = _LISTS["bearers"]
SPEECH = _LISTS["speech"]
ABBREVIATED = _LISTS["abbreviated divisions"]
CONNECTORS = _LISTS["connectors"]
PLACE_NOUNS = tuple(_LISTS["place nouns"])
FUNCTION_WORDS = _LISTS["function words"]
