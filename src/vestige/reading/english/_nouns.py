"""Reports by a noun: the minister's claim that …; a warning by the union that …; chants of "…"; and by an adjective: she is confident that …."""

import re

from vestige.reading.english._extents import end_of_comment, end_of_object
from vestige.reading.grammar._clauses import FINITE, has_near_verb
from vestige.reading.grammar._drafts import Draft, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, noun_phrase_after, subject, verb_group
from vestige.reading.text._lexicon import words

THAT = "that"
INNER_CLAUSE = re.compile("[^AVESWHC,.]+[AR]*[VEGN][^AVSWHPTC,.]*(?=[AV])")
OUTCRY = re.compile("[RI]*[DER]*")
"""Between a verb and what its own subject cried out: "broke out in loud (chants)", but not "roused the crowd to (chants)"."""
OWNERS = frozenset(("his", "her", "their", "its", "my", "our"))


def noun_report(page: Page, at: int, floor: int, ceiling: int) -> Draft | None:
    """Read "the minister's claim that …", "a warning by the union that …", "a suggestion that …", "her promise to …"."""
    who, that = owner(page, at, floor), at + 1
    if page.lows[that] in ("by", "from") and that + 1 < ceiling:
        last = noun_phrase_after(page.tokens, that + 1, ceiling)
        if last < 0:
            return None
        who, that = Phrase(that + 1, last, "noun"), last
    if that + 2 >= ceiling or not (
        promises(page, at, that, who) or (page.lows[that] == THAT and holds_clause(page, that + 1, ceiling))
    ):
        return None
    end = main_verb(page, that + 1, ceiling) if is_subject(page, at, floor) else ceiling
    first, last = trimmed_end(page.tokens, that, end_of_object(page, that, end_of_comment(page, that, end)))
    return Draft([(first, last)], (at, at + 1), who, "noun", page.lows[at]) if last - first > 2 else None


def cried(page: Page, at: int, floor: int) -> Draft | None:
    """Read "the crowd answered with chants of “…”", "their cries of “…”": the quotation alone is the content."""
    quote = page.quote_at(at + 2) if page.lows[at + 1] == "of" else None
    if quote is None or quote.first != at + 2:
        return None
    verb = FINITE.search(page.tags, floor, at)
    who = owner(page, at, floor)
    if who is None and verb and (OUTCRY.fullmatch(page.tags, verb.end(), at) or "with" in page.lows[verb.end() : at]):
        who = subject(page.tokens, verb_group(page.tokens, verb.end() - 1, floor), floor)
    return Draft([(quote.first, quote.last)], (at, at + 1), who, "noun", page.lows[at]) if who else None


def promises(page: Page, at: int, to: int, who: Phrase | None) -> bool:
    """Tell "her promise to rebuild the church"."""
    return (
        who is not None and page.lows[to] == "to" and page.lows[at] in words("promised") and page.tags[to + 1] in "VNRA"
    )


def is_subject(page: Page, at: int, floor: int) -> bool:
    """Tell whether the noun phrase with the noun begins its sentence, so that a main verb is still to come."""
    return FINITE.search(page.tags, floor, at) is None


def main_verb(page: Page, at: int, ceiling: int) -> int:
    """Give the verb after the clause at ``at``: "that the roof was lost (proved) false"; the end where there is none."""
    match = INNER_CLAUSE.match(page.tags, at, ceiling)
    return match.end() if match else ceiling


def owner(page: Page, at: int, floor: int) -> Phrase | None:
    """Give "the minister's", "his" before a noun and its adjectives."""
    first = at
    while first > floor and page.tags[first - 1] in "NERG":
        first -= 1
    if first == floor:
        return None
    if page.lows[first - 1] in OWNERS:
        return Phrase(first - 1, first, "pronoun")
    if page.tags[first - 1] != "Q":
        return None
    begin = first - 1
    while begin > floor and page.tags[begin - 1] in "XDN":
        begin -= 1
    return Phrase(begin, first, "noun")


def holds_clause(page: Page, at: int, ceiling: int) -> bool:
    """Tell "the claim that the roof was lost" from "the claim that was made", "the claim that he made"."""
    if page.tags[at] in "VAH" or not has_near_verb(page.tokens, at, ceiling):
        return False
    last = at + 1 if page.tags[at] in "PB" else noun_phrase_after(page.tokens, at, ceiling)
    while last < ceiling and page.tags[last] in "AR":
        last += 1
    return (
        page.tags[at] == "B"
        or page.tags[last - 1] == "A"
        or page.tags[last + 1 : last + 2] not in (".", ",", "#", "A", "V")
    )


def adjective_report(page: Page, at: int, floor: int, ceiling: int) -> Draft | None:
    """Read "she is confident that …"."""
    group = verb_group(page.tokens, at, floor)
    if group.first == at or not any(page.lows[one] in words("be") for one in range(group.first, at)):
        return None
    who = subject(page.tokens, group, floor)
    if who is None or page.lows[who.first] in ("it", "i", "we", "that", "there", "who") or at + 3 >= ceiling:
        return None
    if page.lows[at + 1] != THAT and not (page.tags[at + 1] in "PB" and FINITE.search(page.tags, at + 1, ceiling)):
        return None
    first, last = trimmed_end(page.tokens, at + 1, end_of_comment(page, at + 1, ceiling))
    return Draft([(first, last)], (group.first, at + 1), who, "adjective", page.lows[at]) if last - first > 2 else None
