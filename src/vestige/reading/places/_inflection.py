"""Undo the endings that names of places take in Russian, Ukrainian, Armenian and Azerbaijani, and the prefixes of Arabic.

Every form that the printed word may be an inflection of is tried; the gazetteer decides. So the rules may be generous: they are
the regular declensions, not a dictionary. Adjectives ("Донецкий") are no places, but those before "область" are.
"""

from collections.abc import Iterator

_CYRILLIC = (
    ("ской", ("",)), ("ская", ("",)), ("скую", ("",)), ("ської", ("",)), ("ська", ("",)), ("ську", ("",)), ("ській", ("",)),
    ("єві", ("їв",)), ("єва", ("їв",)), ("єву", ("їв",)), ("ові", ("ів", "")), ("ова", ("ів",)), ("ову", ("ів",)),
    ("ой", ("а", "")), ("ей", ("я", "а", "ь")), ("ая", ("",)), ("ую", ("",)), ("ої", ("",)), ("ою", ("а", "")), ("єю", ("я",)),
    ("ом", ("", "о")), ("ем", ("ь", "", "е")), ("ём", ("ь", "й")), ("ым", ("",)), ("им", ("",)), ("ах", ("ы", "и")), ("ів", ("и",)),
    ("е", ("", "а", "ь", "я", "о")), ("і", ("", "а", "ь", "я", "о")), ("ї", ("я", "й")), ("ы", ("а", "")), ("и", ("а", "я", "ь", "")),
    ("у", ("а", "")), ("ю", ("я", "ь", "й")), ("а", ("", "о")), ("я", ("ь", "й", "е")),
)  # fmt: skip
_ARMENIAN = (
    ("վում", ("ու",)), ("վի", ("ու",)), ("վից", ("ու",)), ("ում", ("",)), ("ից", ("",)), ("ով", ("",)), ("ին", ("",)), ("ի", ("",)),
    ("ը", ("",)), ("ն", ("",)),
)  # fmt: skip
_AZERBAIJANI = tuple(
    (ending, ("",))
    for ending in (
        "dakı dəki nın nin nun nün dan dən dır dir ya yə da də na nə nı ni nu nü ın in un ün yı yi yu yü a ə ı i u ü la lə".split()  # noqa: SIM905
    )
)
_ARABIC_PREFIXES = frozenset("وفبلك")
_SHORTEST_STEM = 3  # letters


def uninflected(word: str, language: str) -> list[str]:
    """Give the forms that a word of these languages may be an inflected form of, in lower case, likelier ones first."""
    lower = word.casefold()
    letter = lower[:1]
    if "\u0400" <= letter <= "\u04ff":
        return list(_strip(lower, _CYRILLIC))
    if "\u0530" <= letter <= "\u058f":
        return list(_strip(lower, _ARMENIAN))
    if "\u0600" <= letter <= "\u06ff":
        return list(_unprefix(word))
    if language == "az":
        return list(_strip(lower.replace("'", "").replace("’", ""), _AZERBAIJANI))
    return []


def _strip(word: str, endings: tuple[tuple[str, tuple[str, ...]], ...]) -> Iterator[str]:
    for ending, replacements in endings:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            stem = word.removesuffix(ending)
            yield from (stem + replacement for replacement in replacements)


def _unprefix(word: str) -> Iterator[str]:
    """Strip "and", "in", "to", "as" written onto a word, and the article that merges with them."""
    rest = word
    for _ in range(2):
        if not rest or rest[0] not in _ARABIC_PREFIXES or len(rest) <= _SHORTEST_STEM:
            return
        if rest.startswith("لل"):
            yield "ال" + rest[2:]
        rest = rest[1:]
        yield rest
