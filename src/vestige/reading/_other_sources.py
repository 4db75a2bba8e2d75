"""Reports without "that" in the other languages: по словам X, …; selon X, …; Xin sözlərinə görə, …; Ըստ X-ի՝ …; وفقا ل….

In Azerbaijani also the usual form of indirect speech, a clause made a noun before its verb: "X damın dağıldığını bildirib".
"""

import re

from vestige.reading._drafts import Draft, trimmed, trimmed_end
from vestige.reading._lexicon import words_of
from vestige.reading._page import Page
from vestige.reading._phrases import Phrase

REACH = 16
END_OF_SOURCE = frozenset(",*-")
"""A comma, the Armenian mark for a pause, a dash."""
CLOSES = frozenset(".#,;")
NOMINALISED = re.compile(
    r".+(?:[dt][ıiuü](?:ğ|y)[ıiuü]n[ıiuü]|(?:acağ|əcəy)[ıi]n[ıi]|[dt][ıiuü]qlar[ıi]n[ıi]|[dt][ıiuü]klərini|m[aə]s[ıi]n[ıi]n? (?:vacib|zəruri))$"
)
AZERBAIJANI = "az"


def according(page: Page, floor: int, ceiling: int, language: str) -> list[Draft]:
    """Read every "according to X" of a sentence, at its beginning or its end."""
    found = [
        prefixed(page, at, size, floor, ceiling) for at, size in places(page, floor, ceiling, language, "according")
    ]
    found += [
        postfixed(page, at, size, floor, ceiling)
        for at, size in places(page, floor, ceiling, language, "source_before")
    ]
    return [draft for draft in found if draft is not None]


def places(page: Page, floor: int, ceiling: int, language: str, kind: str) -> list[tuple[int, int]]:
    """Give where a cue of one or two words stands outside quotations, and of how many words it is; "по её словам" is one of three."""
    cues = words_of(language, kind)
    begins = {cue.split()[0] for cue in cues}
    found = []
    for at in range(floor, ceiling):
        if page.lows[at] not in begins or page.quote_index(at) >= 0:
            continue
        found += [(at, size) for size in (1, 2) if " ".join(page.lows[at : at + size]) in cues]
        if f"{page.lows[at]} {page.lows[min(at + 2, ceiling - 1)]}" in cues:
            found.append((at, 3))
    return found


def prefixed(page: Page, at: int, size: int, floor: int, ceiling: int) -> Draft | None:
    """Read "по словам X, …" and "…, по словам X"; of "по её словам" the word between is the speaker."""
    last = at + size
    while last < ceiling and page.tags[last] not in ",*-.#;:<>" and last - at < REACH:
        last += 1
    who = Phrase(at + 1, at + 2, "pronoun") if size == 3 else Phrase(at + size, last, kind_of(page, at + size, last))
    if who.last <= who.first:
        return None
    if at - floor <= 1 and last < ceiling and page.tags[last] in END_OF_SOURCE:
        piece = trimmed_end(page.tokens, last + 1, page.end_with_quote(ceiling))
    elif page.tags[at - 1] in ",->" and page.tags[last : last + 1] in ("", *CLOSES):
        piece = trimmed(page.tokens, floor, at)
    else:
        return None
    return Draft([piece], (at, at + size), who, "according to", page.lows[at]) if piece[1] - piece[0] > 1 else None


def postfixed(page: Page, at: int, size: int, floor: int, ceiling: int) -> Draft | None:
    """Read "Xin sözlərinə görə, …": the speaker stands before the cue."""
    last = at + size
    if not 0 < at - floor < REACH or last >= ceiling or page.tags[last] not in END_OF_SOURCE:
        return None
    piece = trimmed_end(page.tokens, last + 1, page.end_with_quote(ceiling))
    who = Phrase(floor, at, kind_of(page, floor, at))
    return Draft([piece], (at, last), who, "according to", page.lows[at]) if piece[1] - piece[0] > 1 else None


def kind_of(page: Page, first: int, last: int) -> str:
    """Tell a pronoun from a noun phrase."""
    pronouns = frozenset().union(*(words_of(code, "pronoun") for code in ("fr", "az", "ru", "uk", "hy")))
    return "pronoun" if last - first == 1 and page.lows[first] in pronouns else "noun"


def nominal(page: Page, verb: int, floor: int, language: str) -> Draft | None:
    """Read "Nazir X damın dağıldığını bildirib": the speaker ends with a name, the rest is what was said."""
    if language != AZERBAIJANI or verb - floor < 3 or not NOMINALISED.match(page.lows[verb - 1]):
        return None
    names = re.compile("[^X<>,.:;#]{0,6}X+").match(page.tags, floor, verb - 1)
    last = names.end() if names else floor
    if names and page.tags[last - 1 : last] == "X" and last == floor + 1:
        inner = re.compile("[^X<>,.:;#]{1,5}X+").match(page.tags, last, verb - 1)
        last = inner.end() if inner else last
    if not names or verb - last < 2:
        return None
    return Draft([(last, verb)], (verb, verb + 1), Phrase(floor, last, "noun"), "that", page.lows[verb])
