"""Where a content ends: at the end of the sentence, or before the writer or another speaker takes over."""

import re

from vestige.reading.grammar._clauses import FINITE
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup, subject, verb_group
from vestige.reading.text._lexicon import cues, words

SUMMARY = re.compile("D?[NEG]{1,3}(?:I[DNX]{1,3})?[SHWPXD]|NDN[PX]")
"""After a comma: "an approach that …", "a step they …": the writer sums up."""
LIST = re.compile("[^,<>.:;#-]{1,10}(?:,[^,<>.:;#-]{1,10}){0,5},?C")
"""The rest of a list: "of covering up, delaying and …"."""
VENUE = re.compile("D{0,2}[QERG0]{0,2}[NXY]{1,4}")
APPOSITION = re.compile("D[^,;C#]+[.>#]*$")
MAIN_VERB = re.compile("[NXO](?=R?[VA])")
ENDING = ("clause", "told", "object_infinitive", "object_predicate")
LOOKED_AHEAD = 12
"""So many later reporting verbs of a sentence are looked at."""


def end_of_clause(page: Page, first: int, who: Phrase, floor: int, ceiling: int, *, verbless: bool = False) -> int:
    """End a content with the subordinate or relative clause that reports it: "While many say X, others …".

    ``verbless``: the content has no verb of its own, so that the next one is the main clause's: "those who praised him (left)".
    """
    if who.how == "main clause":
        return who.first - 1
    if who.how == "relative":
        stop = "VAE" if page.tags[floor] not in "IT" else "VAEDXNQPB0"
        if verbless and floor < who.first and page.tags[who.first - 1] in "NX":
            main = MAIN_VERB.search(page.tags, first, min(ceiling, first + 60))
            ceiling = main.start() + 1 if main and page.quote_index(main.start()) < 0 else ceiling
    elif is_subordinate(page, who.first, floor):
        stop = "DXNQPB0"
    else:
        return ceiling
    tags = page.tags
    for at in range(first, min(ceiling, first + 60)):
        after = tags[at + 1 : at + 2] if tags[at + 1 : at + 2] != "R" else tags[at + 2 : at + 3]
        if tags[at] == "," and after in stop and after and page.quote_index(at) < 0:
            return at
        if tags[at] == ">" and tags[at - 1] == "," and after in stop and after:
            return at + 1
    return ceiling


def is_subordinate(page: Page, first: int, floor: int) -> bool:
    """Tell whether the clause whose subject begins at ``first`` opens the sentence and waits for its main clause."""
    at = first - 1
    opens = at == floor or (at > floor and page.tags[at - 1] in "CR,<" and at - floor <= 2)
    return opens and page.lows[at] in words("subordinating")


def end_of_comment(page: Page, first: int, end: int) -> int:
    """End a reported clause where the writer speaks again: a dash, ", but he", ", an approach that …", ", and left"."""
    tags = page.tags
    start = first + 3
    if page.lows[first] == "that" and tags[first + 1] in "IS":
        start = tags.find(",", first + 2, end) + 1 or end
    for at in range(start, end - 2):
        if tags[at] in ",-" and is_comment(page, first, at, end) and page.quote_index(at) < 0:
            return at
        if tags[at] == ">" and tags[at - 1] == "," and is_comment(page, first, at, end):
            return at + 1
    return end


def is_comment(page: Page, first: int, at: int, end: int) -> bool:
    """Tell whether the comma or dash at ``at`` ends what was said."""
    tags, low = page.tags, page.lows[at + 1]
    if tags[at] == "-":
        return page.is_dash(at) and "-" not in tags[at + 1 : end] and "-" not in tags[first:at]
    if low in ("a", "an", "something"):
        return SUMMARY.match(tags, at + 1) is not None
    if low in ("which", "whose", "compared") or (tags[at + 1] == "N" and page.lows[at + 2] == "that"):
        return True
    if tags[at + 1] == "C":
        return tags[at + 2] in "VA" or (low in ("but", "yet") and tags[at + 2] in "PX")
    return tags[at + 1] == "G" or low in ("after", "as", "though", "although") or tags[at + 1 : at + 3] == "SG"


def end_of_object(page: Page, first: int, end: int, *, infinitive: bool = False) -> int:
    """End an object where a clause of another kind begins: ", saying …", ", which …", " because …", " and left"."""
    tags = page.tags
    for at in range(first + 1, end - 1):
        tag, after = tags[at], tags[at + 1]
        closes = tag == ">" and tags[at - 1] == ","
        if (
            (infinitive or "T" in tags[first:at])
            and tag in ",C"
            and (goes_on(page, at + 1) or (after == "C" and goes_on(page, at + 2)))
        ):
            continue
        if (tag == "," or closes) and leaves_object(page, at, end):
            return at + closes
        if tag == "-" and page.is_dash(at) and "-" not in tags[at + 1 : end] and "-" not in tags[first:at]:
            return at
        if (
            tag in ";#"
            or (tag == "I" and page.lows[at] in ("during", "amid", "after"))
            or (tag == "C" and after in "VA")
            or (tag == "S" and page.lows[at] in words("breaking") and page.lows[at + 1] != "of")
            or (tag in "IS" and page.lows[at] == "as" and after == "P")
            or (tag == "I" and page.lows[at] in words("venue_link") and names_venue(page, at + 1, end))
        ):
            return at
    return end


def names_venue(page: Page, at: int, end: int) -> bool:
    """Tell whether the noun phrase at ``at`` names where something was said: "(in) a recent interview with …", "(on) Twitter"."""
    match = VENUE.match(page.tags, at, min(end, at + 7))
    return match is not None and not words("venue").isdisjoint(page.lows[at : match.end()])


def goes_on(page: Page, at: int) -> bool:
    """Tell whether a further verb in the base form begins at ``at``: "to stay, (mend the roof and paint the walls)"."""
    low = page.lows[at]
    if page.tags[at] != "V" or low.endswith("ed") or low in words("irregular_past") or low in words("past"):
        return False
    return low not in cues().forms or cues().forms[low].shape == "base" or low in ("put", "read", "set", "cut", "let")


def leaves_object(page: Page, at: int, end: int) -> bool:
    """Tell whether the comma at ``at``, or the mark after one, ends an object."""
    tags, after = page.tags, page.tags[at + 1]
    if after in "GE" and LIST.match(tags, at + 1, end):
        return False
    if after == "C":
        return tags[at + 2] in "PGVS" or page.lows[at + 1] == "but"
    if after == "D" and "," not in tags[max(0, at - 12) : at] and APPOSITION.match(tags, at + 1, end):
        return True
    return after in "GSWHPVA" or (
        page.lows[at + 1] in ("a", "an", "something") and SUMMARY.match(tags, at + 1) is not None
    )


def end_before_next(page: Page, first: int, ceiling: int, hit: int, later: list[int]) -> int:
    """End a content where the speaker is reported to do something else: ", adding …", "and warned …"."""
    groups = cues().groups
    inner = False
    for at in later[:LOOKED_AHEAD]:
        if at <= first or page.quote_index(at) >= 0:
            continue
        lemma = page.lemma(at)
        undertakes = lemma in groups["infinitive"] and page.tags[at + 1] == "T"
        if not undertakes and not any(lemma in groups[name] for name in ENDING):
            continue
        group = verb_group(page.tokens, at, first)
        before = page.tags[group.first - 1]
        if page.shape(at) == "ing" and before in ",->" and group.shape == "ing":
            return group.first - (before != ">")
        if page.shape(at) == "ing" and page.shape(hit) == "ing" and before == "C" and group.shape == "ing":
            return group.first - 1
        whole = before != "," or FINITE.search(page.tags, first, group.first) is not None
        if before in ("," if inner else "C,") and whole and is_coordinate(page, at, group, hit):
            return group.first - 1
        end = own_clause(page, group, first, page.shape(hit) if page.lows[hit] in cues().forms else "")
        if end > first:
            return end
        inner = True
    return ceiling


def is_coordinate(page: Page, at: int, group: VerbGroup, hit: int) -> bool:
    """Tell whether a later verb stands in the same tense as the reporting verb at ``hit``."""
    shape = page.shape(at)
    if group.shape != "finite" or shape not in ("past", "both", "s") or page.lows[hit] not in cues().forms:
        return False
    return (page.shape(hit) in ("past", "both")) == (shape != "s")


def own_clause(page: Page, group: VerbGroup, first: int, shape: str) -> int:
    """Give the comma before ", and Y said", ", while Y said"; the "and" of "and Y saying" after "X saying"; -1 where there is none."""
    tags = page.tags
    together = group.shape == "ing" and shape == "ing"
    who = subject(page.tokens, group, first) if group.shape == "finite" or together else None
    if who is None or who.first - 2 <= first:
        return -1
    if tags[who.first - 1] == "C" and together:
        return who.first - 1
    if tags[who.first - 1] in "CS" and tags[who.first - 2] in ",;" and page.lows[who.first - 1] != "that":
        return who.first - 2
    if tags[who.first - 3 : who.first] in (",>C", ",>S") and page.lows[who.first - 1] != "that":
        return who.first - 1
    return who.first if tags[who.first - 1] in ";>" and not together else -1
