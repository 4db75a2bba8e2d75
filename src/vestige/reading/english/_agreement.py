"""Whether a form is the verb of its clause, and who its subject is."""

import re

from vestige.reading.english._complements import Complement
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import (
    Phrase,
    VerbGroup,
    clause_subject,
    noun_phrase_after,
    noun_phrase_before,
    subject,
    verb_group,
)
from vestige.reading.text._lexicon import words

AS_DONE = frozenset(("by", "of", "in", "without", "while", "when", "despite", "from", "with"))
"""Before them a participle is a verb: "by calling it a crime"."""
DESCRIBING = {"infinitive": "wanting", "object": "siding"}
"""Verbs that describe a group in a relative clause: "voters who want to leave", "those who oppose the deal"."""
LIVES = frozenset(("life", "lives"))
"""What a fire or a war claims."""
REFLEXIVE = frozenset(("itself", "himself", "herself", "themselves"))
INDEFINITE = frozenset(("a", "an", "another", "some"))
NAME = re.compile("[OD]?[XQ<]")
OWN_NAME = re.compile("D?X")
PURPOSE = frozenset(("say", "announce", "report", "argue"))


def governed(page: Page, group: VerbGroup, floor: int) -> VerbGroup | None:
    """Take "went on to say", "declined to say", "began calling" as one verb group."""
    at = group.first - 1
    if at <= floor or page.lows[at] not in words("governing" if group.shape == "infinitive" else "aspectual"):
        return None
    first = at - 1 if page.lows[at] == "on" else at
    if first <= floor:
        return None
    return VerbGroup(verb_group(page.tokens, first, floor).first, group.last, "finite")


def who_of(page: Page, group: VerbGroup, floor: int) -> Phrase | None:
    """Give the subject of a verb group."""
    shared = who_goes_on(page, group, floor)
    if shared:
        return shared
    if group.shape in ("ing", "infinitive"):
        return who_of_participle(page, group, floor)
    return subject(page.tokens, group, floor)


def who_goes_on(page: Page, group: VerbGroup, floor: int) -> Phrase | None:
    """Give the speaker of the report that ends right before: "He said that the wall fell, and said that …", ", saying …"."""
    last = page.drafts[-1] if page.drafts else None
    if last is None or last.cue is None or last.speaker is None or last.cue[0] < floor or last.last <= last.cue[0]:
        return None
    if last.last == group.first and last.speaker.how == "relative" and last.speaker.first > floor:
        first = noun_phrase_before(page.tokens, last.speaker.first, floor)
        return Phrase(first, last.speaker.first, "noun") if first >= 0 else None
    joint = page.tags[last.last : group.first] if 0 < group.first - last.last <= 3 else ""
    fits = joint in ("C", ",C", ",") if group.shape == "ing" else joint in ("C", ",C", ",CR")
    return Phrase(last.speaker.first, last.speaker.last, "shared subject") if fits else None


def who_of_participle(page: Page, group: VerbGroup, floor: int) -> Phrase | None:
    """Give the subject of ", saying that …": that of the clause it hangs on."""
    at = group.first
    if at <= floor:
        return None
    if page.tags[at - 1] == "X":
        first = noun_phrase_before(page.tokens, at, floor)
        if first >= 0 and (page.tags[first - 1 : first] in ("-", "C", ",", "") or page.lows[first - 1] == "with"):
            return Phrase(first, at, "noun")
    last = page.drafts[-1] if page.drafts else None
    if last and last.rule == "inverted" and last.cue and last.cue[0] >= floor and last.speaker:
        return Phrase(last.speaker.first, last.speaker.last, "shared subject")
    return clause_subject(page.tokens, at, floor) or main_subject(page, at, floor)


def main_subject(page: Page, at: int, floor: int) -> Phrase | None:
    """Give the subject after "Since announcing that …, "."""
    tags = page.tags
    if at - floor > 2 or not all(tag in "ISRC" for tag in tags[floor:at]):
        return None
    comma = tags.find(",", at, at + 40)
    while comma > 0 and tags[comma + 1] not in "DXNQP":
        comma = tags.find(",", comma + 1, at + 40)
    if comma < 0:
        return None
    last = comma + 2 if tags[comma + 1] == "P" else noun_phrase_after(page.tokens, comma + 1, len(tags))
    return Phrase(comma + 1, last, "main clause") if last > 0 and tags[last] in "VAER" else None


def is_verb(page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement) -> bool:
    """Tell a verb from a noun or adjective of the same form, by agreement and by what follows."""
    if group.shape == "infinitive":
        to_say = what.kind == "clause" and page.tags[what.first] in "PB" and page.lows[hit] in PURPOSE
        judging = what.kind in ("object", "infinitive") and page.lemma(hit) in words("judging")
        return to_say or judging or what.kind in ("that", "quote", "predicate")
    if group.shape == "ing":
        return not (what.kind == "predicate" and is_name(page, hit, group, who)) and (
            page.tags[group.first - 1] in ",-XC>N"
            or page.lows[group.first - 1] in AS_DONE
            or what.kind in ("that", "clause", "quote", "question")
        )
    if what.kind in ("infinitive", "object") and has_gap(page, who):
        return False
    lives = page.lemma(hit) == "claim" and not LIVES.isdisjoint(page.lows[what.first : what.first + 4])
    if lives or (what.kind == "predicate" and is_name(page, hit, group, who)):
        return False
    if who.how == "relative" and what.kind in DESCRIBING and page.lemma(hit) in words(DESCRIBING[what.kind]):
        return False
    return (
        not is_noun(page, hit, group) and not is_reduced(page, hit, group, who, what) and agrees(page, hit, group, who)
    )


def is_name(page: Page, hit: int, group: VerbGroup, who: Phrase) -> bool:
    """Tell a name that a thing bears from what somebody calls it: "a movement called the …", "a man calling himself X"."""
    if page.lows[hit + 1] in REFLEXIVE and page.lemma(hit) in words("naming") and who.how == "relative":
        return OWN_NAME.match(page.tags, hit + 2) is not None
    bare = group.first == hit and page.lemma(hit) in words("naming") and page.lows[who.first] in INDEFINITE
    return bare and NAME.match(page.tags, hit + 1) is not None


def has_gap(page: Page, who: Phrase) -> bool:
    """Tell a relative clause whose object stands before it: "a state that she hoped to carry", "the plan he proposed"."""
    at = who.first - 1
    if at < 1 or who.how not in ("pronoun", "noun"):
        return False
    if page.lows[at] in ("that", "which", "whom"):
        return page.tags[at - 1] in "NX"
    return who.how == "pronoun" and page.tags[at] in "NX"


def is_noun(page: Page, hit: int, group: VerbGroup) -> bool:
    """Tell a noun or adjective: "his comments drew", "300 pledged delegates"."""
    tags, shape = page.tags, page.shape(hit)
    after = tags[hit + 1 : hit + 2]
    if shape in ("s", "base") and page.lows[hit] in words("nounable"):
        return after in ("V", "A") or (shape == "s" and group.first == hit and is_compound(page, hit))
    return shape == "both" and tags[group.first - 1] == "0" and after == "N"


def is_compound(page: Page, hit: int) -> bool:
    """Tell "swing states", "the dozen states": a noun in the singular wants an article, and none of number."""
    tags, at = page.tags, hit
    while at > 0 and tags[at - 1] in "NE":
        at -= 1
    if at == hit:
        return tags[hit - 1] == "0" or (tags[hit - 1] == "D" and page.lows[hit - 1] in words("number"))
    before = tags[at - 1] if at else "#"
    numbered = before == "0" or (before == "D" and page.lows[at - 1] in words("number"))
    singular = not page.lows[hit - 1].endswith("s") and page.lows[hit - 1] not in words("people")
    return singular and (numbered or before in "IVGTC")


def is_reduced(page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement) -> bool:
    """Tell a participle after its noun: "refugees admitted to the States have …"."""
    if what.kind not in ("object", "topic") or page.shape(hit) != "both" or group.first != hit or who.how != "noun":
        return False
    last = noun_phrase_after(page.tokens, what.first, len(page.tags))
    return last > 0 and page.tags[last] in "AV"


def agrees(page: Page, hit: int, group: VerbGroup, who: Phrase) -> bool:
    """Tell whether subject and verb agree: "officials say", "the official says"."""
    shape = page.shape(hit)
    if page.tags[hit - 1] == "T":  # "he declined to say"
        return True
    bare = (
        shape == "base"
        and page.lows[hit] not in words("unchanged")
        and "A" not in page.tags[group.first : hit]
        and group.last - hit == 1
    )
    if bare and group.shape == "finite" and page.tags[group.first - 1] != "B" and who.how != "shared subject":
        return is_plural(page, who)
    return not (shape == "s" and who.how == "pronoun" and page.lows[who.first] in ("they", "we", "i", "you"))


def is_plural(page: Page, who: Phrase) -> bool:
    """Tell whether a subject takes "say" rather than "says"."""
    lows, tags = page.lows, page.tags
    if who.how in ("pronoun", "relative"):
        return lows[who.first] not in ("he", "she", "it")
    end = who.first + 1
    while end < who.last and tags[end] not in "I,T":
        end += 1
    head = lows[end - 1]
    ends_in_s = head.endswith("s") and not head.endswith(("ss", "'s"))
    listed = head in words("people") or head in words("plural_head")
    return ends_in_s or listed or "C" in tags[who.first : who.last] or tags[end - 1] == "0"
