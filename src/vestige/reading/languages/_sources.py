"""Reports without "that" in the other languages: по словам X, …; selon X, …; Xin sözlərinə görə, …; Ըստ X-ի՝ …; وفقا ل….

In Azerbaijani also the usual form of indirect speech, a clause made a noun before its verb: "X damın dağıldığını bildirib".
"""

import re
from functools import cache

from vestige.reading.grammar._drafts import Draft, trimmed, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase
from vestige.reading.languages._speakers import STOPS, run, with_name
from vestige.reading.text._languages import language_of, words_of, words_of_all

REACH = 16
END_OF_SOURCE = frozenset(",*-")
"""A comma, the Armenian mark for a pause, a dash."""
CLOSES = frozenset(".#,;")
NOMINALISED = re.compile(
    r".+(?:[dt][ıiuü](?:ğ|y)[ıiuü]n[ıiuü]|(?:acağ|əcəy)[ıi]n[ıi]|[dt][ıiuü]qlar[ıi]n[ıi]|[dt][ıiuü]klərini|m[aə]s[ıi]n[ıi]n? (?:vacib|zəruri))$"
)


def according(page: Page, floor: int, ceiling: int, language: str) -> list[Draft]:
    """Read every "according to X" of a sentence, at its beginning or its end."""
    found = [
        prefixed(page, at, size, floor, ceiling, language)
        for at, size in places(page, floor, ceiling, language, "according")
    ]
    found += [
        postfixed(page, at, size, floor, ceiling)
        for at, size in places(page, floor, ceiling, language, "source_before")
    ]
    found += [passed_on(page, at, ceiling, language) for at, _ in places(page, floor, ceiling, language, "passing_on")]
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


def prefixed(page: Page, at: int, size: int, floor: int, ceiling: int, language: str) -> Draft | None:
    """Read "по словам X, …" and "…, по словам X"; of "по её словам" the word between is the speaker."""
    last = at + size
    while last < ceiling and page.tags[last] not in ",*-.#;:<>" and last - at < REACH:
        last += 1
    who = Phrase(at + 1, at + 2, "pronoun") if size == 3 else Phrase(at + size, last, kind_of(page, at + size, last))
    if who.last <= who.first:
        return None
    if at - floor <= 1 and last < ceiling and page.tags[last] in END_OF_SOURCE:
        who, last = with_insertion(page, who, last, ceiling, language)
        piece = trimmed_end(page.tokens, last + 1, page.end_with_quote(ceiling))
    elif page.tags[at - 1] in ",->" and page.tags[last : last + 1] in ("", *CLOSES):
        piece = trimmed(page.tokens, floor, at)
    else:
        return None
    return Draft([piece], (at, at + size), who, "according to", page.lows[at]) if piece[1] - piece[0] > 1 else None


def with_insertion(page: Page, who: Phrase, comma: int, ceiling: int, language: str) -> tuple[Phrase, int]:
    """Step over what two commas enclose after a speaker: a clause about them, or, after a title, their name, which belongs to them."""
    closing = page.tags.find(",", comma + 1, min(ceiling, comma + REACH))
    if closing < 0:
        return who, comma
    if page.lows[comma + 1] in words_of(language, "relative"):
        return who, closing
    named = with_name(page, who)
    return named, max(comma, named.last)


def passed_on(page: Page, verb: int, ceiling: int, language: str) -> Draft | None:
    """Read "نقلت وكالة X عن Y قوله إن …": Y speaks, the agency passes it on."""
    lows, end = page.lows, min(ceiling, verb + REACH)
    source = next((at for at in range(verb + 2, end) if lows[at] in words_of(language, "from")), -1)
    if source < 0:
        return None
    saying = next((at for at in range(source + 2, end) if lows[at] in words_of(language, "saying")), -1)
    if saying < 0:
        return None
    piece = trimmed_end(page.tokens, saying + 1, page.end_with_quote(ceiling))
    if piece[1] - piece[0] < 2:
        return None
    who, by = Phrase(source + 1, saying, "noun"), Phrase(verb + 1, source, "noun")
    return Draft([piece], (saying, saying + 1), who, "that", lows[saying], passed_on_by=by)


def cited(page: Page, draft: Draft, language: str) -> None:
    """Give the words to whom an agency cites, "сообщает ТАСС со ссылкой на министерство", and let the agency pass them on."""
    who = draft.speaker
    if who is None or who.how == "pronoun":
        return
    aside = page.tags[who.last : who.last + 1] == ","
    after_verb = (draft.cue[1],) if draft.cue else ()
    for cue in words_of(language, "citing"):
        words = cue.split()
        for at in (*range(who.first, who.last + 2 * aside), *after_verb):
            first = at + len(words)
            if page.lows[at:first] != words:
                continue
            last, content = end_of_phrase(page, first), without(page, draft, at)
            if last > first and content:
                before = Phrase(who.first, min(at, who.last), "noun")
                draft.passed_on_by = before if at > who.first else left_of_cue(page, draft, language)
                draft.speaker = Phrase(first, who.last if first < who.last else last, "noun")
                draft.content = content
                return


def without(page: Page, draft: Draft, at: int) -> list[tuple[int, int]]:
    """Give the content without what begins at a token."""
    pieces = [trimmed(page.tokens, a, min(b, at)) if a < at < b else (a, b) for a, b in draft.content]
    return [(a, b) for a, b in pieces if a != at and b > a]


def end_of_phrase(page: Page, first: int) -> int:
    """Give where the words end that begin at a token and have no mark between them."""
    last = first
    while last < len(page.tags) and page.tags[last] not in STOPS and last - first < REACH:
        last += 1
    return last


def left_of_cue(page: Page, draft: Draft, language: str) -> Phrase | None:
    """Give who stands before a verb: "РИА Новости (сообщает со ссылкой на министерство)"."""
    verb = draft.cue[0] if draft.cue else 0
    return run(page, verb - 1, max(-1, verb - REACH), -1, language) if verb > 0 else None


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
    return "pronoun" if last - first == 1 and page.lows[first] in pronouns() else "noun"


@cache
def pronouns() -> frozenset[str]:
    """Give the pronouns of all these languages, those before a noun too: "onun sözlərinə görə"."""
    return words_of_all("pronoun") | words_of_all("possessive")


def nominal(page: Page, verb: int, floor: int, language: str) -> Draft | None:
    """Read "Nazir X damın dağıldığını bildirib": the speaker ends with a name, the rest is what was said."""
    if not language_of(language).clause_as_noun or verb - floor < 3 or not NOMINALISED.match(page.lows[verb - 1]):
        return None
    names = re.compile("[^X<>,.:;#]{0,6}X+").match(page.tags, floor, verb - 1)
    last = names.end() if names else floor
    if names and page.tags[last - 1 : last] == "X" and last == floor + 1:
        inner = re.compile("[^X<>,.:;#]{1,5}X+").match(page.tags, last, verb - 1)
        last = inner.end() if inner else last
    if not names or verb - last < 2:
        return None
    return Draft([(last, verb)], (verb, verb + 1), Phrase(floor, last, "noun"), "that", page.lows[verb])
