"""What follows a reporting verb: a clause, a quotation, an infinitive, an object, a topic, or nothing of the kind."""

from typing import NamedTuple

from vestige.reading.english._adverbials import skip_adverbials
from vestige.reading.grammar._clauses import (
    INSERTED,
    NOMINAL,
    OBJECT,
    Clause,
    after_insertion,
    clause_at,
    has_near_verb,
    later_quote,
    next_paragraph,
)
from vestige.reading.grammar._phrases import ADDRESSEE, REACH, noun_phrase_after
from vestige.reading.text._lexicon import cues, words
from vestige.reading.text._tokens import Tokens

PARTICLE_OF_CLAUSE = frozenset(("out", "clear", "known", "it", "say", "back", "up", "in", "slip"))
"""After these a clause may follow: "pointed out that", "made it clear"."""


class Complement(NamedTuple):
    """What was said begins at token ``first``; ``kind`` says in which form."""

    kind: str
    """``that``, ``clause``, ``quote``, ``block``, ``question``, ``infinitive``, ``object``, ``predicate``, ``topic`` or ``none``."""
    first: int
    cue_last: int
    """The token after the cue, its particles included."""


def complement(tokens: Tokens, index: int, ceiling: int) -> Complement:
    """Read what follows the reporting verb at ``index``, up to the sentence's end at ``ceiling``."""
    lemma = cues().forms[tokens.lows[index]].lemma
    phrase = match_phrase(tokens, index, ceiling, lemma)
    if phrase:
        return after_phrase(tokens, phrase[0], phrase[1], ceiling)
    told = after_addressee(tokens, index + 1, lemma, ceiling)
    return told or after_verb(tokens, index, lemma, ceiling)


def match_phrase(tokens: Tokens, index: int, ceiling: int, lemma: str) -> tuple[int, str] | None:
    """Find the particle or object that makes a phrase of the verb: "called … for", "shared his views on"."""
    for rest, group in cues().phrases.get(lemma, ()):
        at = index + 1
        for word in rest:
            at = find_within(tokens, at, ceiling, word, 1 if group == "preposition" else 3)
            if at < 0:
                break
            at += 1
        if at > 0:
            return at, group
    return None


def find_within(tokens: Tokens, at: int, ceiling: int, word: str, steps: int) -> int:
    """Find a word within some steps over adverbs and modifiers; -1 where it does not come."""
    limit = min(ceiling, at + steps + 1)
    while at < limit and tokens.lows[at] != word:
        if tokens.tags[at] not in "RDOQNE":
            return -1
        at += 1
    return at if at < limit else -1


def after_phrase(tokens: Tokens, last: int, group: str, ceiling: int) -> Complement:
    """Read what follows a phrase whose last word stands before token ``last``."""
    tag = tokens.tags[last] if last < ceiling else "#"
    word = tokens.lows[last - 1]
    if group == "topic":
        quoted = later_quote(tokens, last, ceiling)
        if quoted > 0 and tokens.tags[quoted - 1] == ":":
            return Complement("quote", quoted, last)
        last += tag == "I"
        anonymous = "condition" in tokens.lows[last : last + 2]  # "spoke on condition of anonymity"
        return Complement("none" if anonymous else "topic", last, last)
    if group == "light" or word == "that":
        return Complement("that" if word == "that" else "object", last - 1, last - 1)
    found = clause_at(tokens, last, ceiling)
    if found and (word in PARTICLE_OF_CLAUSE or found.kind in ("that", "quote")):
        return Complement(found.kind, found.first, last)
    takes_object = tag in OBJECT or (word not in PARTICLE_OF_CLAUSE and (tag in NOMINAL or tag == "T"))
    return Complement("object" if takes_object else "none", last, last)


def after_addressee(tokens: Tokens, at: int, lemma: str, ceiling: int) -> Complement | None:
    """Read what follows "told reporters", "assured him"; None for a verb without addressee."""
    groups = cues().groups
    if lemma not in groups["told"] or at >= ceiling or tokens.tags[at] not in "OXNDQ0<":
        return None
    match = ADDRESSEE.match(tokens.tags, at, min(ceiling, at + REACH))
    if not match:
        return None
    last = match.end()
    to = last + (tokens.tags[last : last + 1] == "R")  # "warned people not to return"
    if to < ceiling and tokens.tags[to] == "T" and lemma in groups["object_infinitive"]:
        return Complement("infinitive", at, at)
    skipped = skip_adverbials(tokens, last, ceiling, strict=False)
    found = (
        clause_at(tokens, skipped, ceiling)
        or next_paragraph(tokens, skipped)
        or after_insertion(tokens, skipped, ceiling)
    )
    return Complement(found.kind, found.first, at) if found else Complement("none", skipped, at)


def after_verb(tokens: Tokens, index: int, lemma: str, ceiling: int) -> Complement:
    """Read what follows a verb without particle and addressee."""
    at = index + 1
    groups = cues().groups
    tag = tokens.tags[at] if at < ceiling else "#"
    if tag in OBJECT:
        if lemma in groups["object_infinitive"] and has_infinitive(tokens, at, ceiling):
            return Complement("infinitive", at, at)
        if lemma in groups["object_predicate"] and has_predicate(tokens, at, ceiling, lemma):
            return Complement("predicate", at, at)
    if lemma in words("gerund") and is_gerund(tokens, at, ceiling):
        return Complement("object", at, at)
    if tag == "T" and lemma in groups["infinitive"] and tokens.tags[at + 1] in "VNARE<":
        return Complement("infinitive", at, at)
    if tag == "," and lemma in groups["infinitive"]:
        end = tokens.tags.find(",", at + 2, min(ceiling - 2, at + INSERTED))
        if end > 0 and tokens.tags[end + 1] == "T" and tokens.tags[at + 1] in "IRS":
            return Complement("infinitive", end + 1, at)
    skipped = skip_adverbials(tokens, at, ceiling, strict=lemma not in groups["clause"])
    return after_adverbials(tokens, at, skipped, ceiling, lemma)


def is_gerund(tokens: Tokens, at: int, ceiling: int) -> bool:
    """Tell "denied shelling the church" from "denied shelling had stopped"."""
    tag = tokens.tags[at] if at < ceiling else "#"
    end = noun_phrase_after(tokens, at + 1, ceiling)
    clause = 0 < end < ceiling and tokens.tags[end] in "VA" and tag == "G"
    return not clause and (tag == "G" or (tag == "A" and tokens.lows[at] in ("having", "being")))


def after_adverbials(tokens: Tokens, after: int, at: int, ceiling: int, lemma: str) -> Complement:
    """Read the complement at ``at``, time and place stepped over; the verb ends before ``after``."""
    found = clause_at(tokens, at, ceiling) or next_paragraph(tokens, at) or after_insertion(tokens, at, ceiling)
    if found and found.kind in ("quote", "block") and quotes(lemma, marked=found.first > at):
        return Complement(found.kind, found.first, after)
    if found and found.kind not in ("quote", "block") and takes(lemma, found.kind):
        return Complement(kind_of(tokens, found, lemma, ceiling), found.first, after)
    groups = cues().groups
    if lemma in groups["object"] and after < ceiling and tokens.tags[after] in OBJECT:
        return Complement("object", after, after)
    later = later_quote(tokens, at, ceiling) if takes(lemma, "clause") or lemma in groups["quote_only"] else -1
    return Complement("quote", later, after) if later > 0 else Complement("none", at, after)


def quotes(lemma: str, *, marked: bool) -> bool:
    """Tell whether a verb may introduce a quotation; one of thinking only with a comma or colon between."""
    groups = cues().groups
    return any(lemma in groups[name] for name in ("clause", "told", "quote_only")) or (
        marked and lemma in groups["belief"]
    )


def takes(lemma: str, kind: str) -> bool:
    """Tell whether a verb may be followed by a kind of clause."""
    groups = cues().groups
    if lemma in groups["clause"] or lemma in groups["belief"]:
        return True
    if kind == "question":
        return any(lemma in groups[name] for name in ("object", "object_predicate", "quote_only"))
    return kind == "that" and (lemma in groups["document"] or lemma in groups["told"])


def kind_of(tokens: Tokens, found: Clause, lemma: str, ceiling: int) -> str:
    """Tell a clause from an object of the same beginning: "knew the talks failed" from "knew the town"."""
    if found.kind != "clause" or has_near_verb(tokens, found.first, ceiling):
        return found.kind
    if lemma in cues().groups["belief"]:
        return "none"
    if lemma in words("plain_clause") or tokens.tags[found.first] not in "DXNQ0E":
        return "clause"
    return "object" if lemma in cues().groups["object"] else "none"


def has_infinitive(tokens: Tokens, at: int, ceiling: int) -> bool:
    """Tell whether a noun phrase with an infinitive begins at ``at``: "Congress to act"."""
    end = noun_phrase_after(tokens, at, ceiling)
    if 0 < end < ceiling and tokens.tags[end] == "R":
        end += 1
    return 0 < end < ceiling and tokens.tags[end] == "T"


def has_predicate(tokens: Tokens, at: int, ceiling: int, lemma: str) -> bool:
    """Tell whether an object with its predicate begins at ``at``: "him a liar", "Iran of lying", "it as a success"."""
    window = tokens.lows[at : min(ceiling, at + 20)]
    if lemma == "accuse":
        return "of" in window
    if lemma in ("liken", "compare") and "to" in window:
        return True
    if lemma in ("blame", "fault", "credit") and not {"for", "on", "with"}.isdisjoint(window):
        return True
    if lemma in words("naming"):
        end = 1 + at if tokens.tags[at] in "OP" else noun_phrase_after(tokens, at, ceiling)
        if tokens.tags[at] == "O":
            aside = tokens.tags[at + 1 : at + 2] == "," and "<" in tokens.tags[at + 1 : min(ceiling, at + 9)]
            return aside or (at + 1 < ceiling and tokens.tags[at + 1] in "DNXEQ<0RV")
        return tokens.tags[at] == "<" or (0 < end < ceiling and (tokens.tags[end] in "<DN" or end - at > 2))
    return lemma in words("predicate_as") and "as" in window
