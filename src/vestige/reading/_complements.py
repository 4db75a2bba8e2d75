"""What follows a reporting verb: a clause, a quotation, an infinitive, an object, a topic, or nothing of the kind."""

import re
from typing import NamedTuple

from vestige.reading._lexicon import Cues, cues
from vestige.reading._phrases import ADDRESSEE, REACH, noun_phrase_after
from vestige.reading._tokens import Tokens

FINITE = re.compile("[AVEB]")
AFTER_PLACE = re.compile(r"[DQ0NXEGR']{0,6}[NXYO0Q](?:I(?:[DQ0NXEG]{0,5}[NXY]))?")
SKIPPED_PREPOSITIONS = frozenset(
    [
        "in",
        "on",
        "at",
        "during",
        "via",
        "through",
        "to",
        "from",
        "after",
        "before",
        "with",
        "over",
        "by",
        "following",
        "under",
    ]
)
NOMINAL = frozenset("DXNQP0BO<EGRWIS('")
OBJECT = frozenset("DXNQ0O<EGP'")
INDIRECT_QUESTION = frozenset(["whether", "if", "how", "why", "what", "who", "where", "when", "which"])
AS_VERBS = frozenset(
    [
        "describe",
        "portray",
        "characterize",
        "characterise",
        "depict",
        "cast",
        "denounce",
        "deride",
        "dismiss",
        "hail",
        "praise",
        "credit",
        "cite",
        "identify",
        "liken",
        "condemn",
        "slam",
        "blast",
        "ridicule",
        "mock",
        "refer",
        "view",
        "regard",
        "consider",
        "see",
        "criticize",
        "criticise",
        "compare",
        "paint",
    ]
)
NAMING = frozenset(["call", "label", "brand", "dub", "name"])


class Complement(NamedTuple):
    """What was said begins at token ``first``; ``kind`` says in which form."""

    kind: str
    """``that``, ``clause``, ``quote``, ``question``, ``infinitive``, ``object``, ``predicate``, ``topic`` or ``none``."""
    first: int
    cue_last: int
    """The token after the cue, its particles included."""


def complement(tokens: Tokens, index: int, ceiling: int) -> Complement:
    """Read what follows the reporting verb at ``index``, up to the sentence's end at ``ceiling``."""
    lexicon = cues()
    lemma = lexicon.forms[tokens.lows[index]].lemma
    phrase = match_phrase(tokens, index, ceiling, lemma, lexicon)
    if phrase:
        last, group = phrase
        return after_phrase(tokens, index, last, group, ceiling)
    return after_verb(tokens, index, lemma, ceiling, lexicon)


def match_phrase(tokens: Tokens, index: int, ceiling: int, lemma: str, lexicon: Cues) -> tuple[int, str] | None:
    """Find the particle or object that makes a phrase of the verb: "called … for", "shared his views on"."""
    for rest, group in lexicon.phrases.get(lemma, ()):
        at = index + 1
        for word in rest:
            steps = 0
            while (
                at < ceiling
                and tokens.lows[at] != word
                and tokens.tags[at] in "RDOQNE"
                and steps < (1 if group == "preposition" else 3)
            ):
                at += 1
                steps += 1
            if at >= ceiling or tokens.lows[at] != word:
                break
            at += 1
        else:
            return at, group
    return None


def after_phrase(tokens: Tokens, index: int, last: int, group: str, ceiling: int) -> Complement:
    """Read what follows a phrase."""
    lows, tags = tokens.lows, tokens.tags
    if group == "topic":
        if last < ceiling and tags[last] == "I":
            last += 1
        return Complement("topic", last, last)
    if group == "light":
        return Complement("object", last - 1, last - 1)
    if lows[last - 1] == "that":
        return Complement("that", last - 1, last - 1)
    found = clause_at(tokens, last, ceiling)
    if lows[last - 1] in ("out", "clear", "known", "it", "say"):
        return (
            Complement(*found, last)
            if found
            else Complement("object" if last < ceiling and tags[last] in OBJECT else "none", last, last)
        )
    if found and found[0] in ("that", "quote"):
        return Complement(*found, last)
    return Complement("object" if last < ceiling and tags[last] in NOMINAL | {"T"} else "none", last, last)


def clause_at(tokens: Tokens, at: int, ceiling: int) -> tuple[str, int] | None:
    """Tell whether a clause or a quotation begins at ``at``."""
    tags, lows = tokens.tags, tokens.lows
    if at >= ceiling:
        return None
    if tags[at] == "<":
        return "quote", at
    if tags[at] in ",:~-" and at + 1 < ceiling and tags[at + 1] == "<":
        return "quote", at + 1
    if tags[at] == ":":
        return ("quote", at + 1) if at + 1 < ceiling and tags[at + 1] != "#" else None
    if lows[at] == "that":
        return "that", at
    if tags[at] == "," and at + 1 < ceiling and lows[at + 1] == "that":
        return "that", at + 1
    if lows[at] in INDIRECT_QUESTION:
        return "question", at
    if tags[at] in NOMINAL and FINITE.search(tags, at, min(ceiling, at + 25)):
        return "clause", at
    return None


def after_verb(tokens: Tokens, index: int, lemma: str, ceiling: int, lexicon: Cues) -> Complement:
    """Read what follows a verb without particle."""
    groups = lexicon.groups
    tags = tokens.tags
    at = index + 1
    if lemma in groups["told"] and at < ceiling and tags[at] in "OXNDQ0":
        told = after_addressee(tokens, at, lemma, ceiling, groups)
        if told:
            return told
    if (
        lemma in groups["object_infinitive"]
        and at < ceiling
        and tags[at] in OBJECT
        and has_infinitive(tokens, at, ceiling)
    ):
        return Complement("infinitive", at, index + 1)
    if (
        at < ceiling
        and tags[at] == "T"
        and lemma in groups["infinitive"]
        and tokens.lows[at + 1 : at + 2]
        and tags[at + 1] in "VNARE"
    ):
        return Complement("infinitive", at, index + 1)
    if (
        lemma in groups["object_predicate"]
        and at < ceiling
        and tags[at] in OBJECT
        and has_predicate(tokens, at, ceiling, lemma)
    ):
        return Complement("predicate", at, index + 1)
    skipped = skip_adverbials(tokens, at, ceiling, strict=lemma not in groups["clause"])
    return after_adverbials(tokens, index, skipped, ceiling, lemma, groups)


def after_adverbials(
    tokens: Tokens, index: int, at: int, ceiling: int, lemma: str, groups: dict[str, frozenset[str]]
) -> Complement:
    """Read the complement that begins at ``at``, once time and place are stepped over."""
    found = clause_at(tokens, at, ceiling)
    takes_clause = lemma in groups["clause"] or lemma in groups["belief"]
    if found and found[0] == "quote":
        return Complement("quote", found[1], index + 1)
    if found and (takes_clause or (found[0] == "question" and lemma in ("ask", "wonder", "question"))):
        if found[0] == "clause" and lemma in groups["belief"] and tokens.tags[at] in "IRSGEW('<":
            return Complement("none", at, index + 1)
        return Complement(found[0], found[1], index + 1)
    if found and found[0] == "that" and lemma in groups["document"] | groups["told"]:
        return Complement("that", found[1], index + 1)
    after = index + 1
    if lemma in groups["object"] and after < ceiling and tokens.tags[after] in OBJECT:
        return Complement("object", after, index + 1)
    return Complement("none", at, index + 1)


def after_addressee(
    tokens: Tokens, at: int, lemma: str, ceiling: int, groups: dict[str, frozenset[str]]
) -> Complement | None:
    """Read what follows "told reporters", "assured him"."""
    match = ADDRESSEE.match(tokens.tags, at, min(ceiling, at + REACH))
    if not match:
        return None
    last = match.end()
    if last < ceiling and tokens.tags[last] == "T" and lemma in groups["object_infinitive"]:
        return Complement("infinitive", at, at)
    skipped = skip_adverbials(tokens, last, ceiling, strict=False)
    found = clause_at(tokens, skipped, ceiling)
    if found:
        return Complement(found[0], found[1], at)
    return Complement("none", skipped, at)


def skip_adverbials(tokens: Tokens, at: int, ceiling: int, *, strict: bool) -> int:
    """Step over adverbs, days, "in a statement", "to reporters" between the verb and what was said."""
    tags, lows = tokens.tags, tokens.lows
    for _ in range(5):
        if at >= ceiling:
            return at
        if tags[at] in "RY" and not (tags[at] == "R" and FINITE.match(tags, at + 1)):
            at += 1
        elif (
            lows[at] in ("last", "this", "earlier", "early", "late")
            and at + 1 < ceiling
            and tags[at + 1] in "YN"
            and lows[at + 1] not in ("is", "was")
        ):
            at += 2 if tags[at + 1] == "Y" else 1 if lows[at] == "earlier" else 0
            if tags[at - 1] != "Y" and lows[at - 1] != "earlier":
                return at
        elif lows[at] in SKIPPED_PREPOSITIONS and not strict:
            end = after_preposition(tokens, at, ceiling)
            if end < 0:
                return at
            at = end
        else:
            return at
    return at


def after_preposition(tokens: Tokens, at: int, ceiling: int) -> int:
    """Give the token after "in a statement" where what was said follows; -1 where the words belong to the clause itself."""
    tags, lows = tokens.tags, tokens.lows
    match = AFTER_PLACE.match(tags, at + 1, min(ceiling, at + 16))
    if not match:
        return at + 2 if at + 1 < ceiling and tags[at + 1] in "YO" else -1
    end = match.end()
    while end > at + 1:
        if end >= ceiling or tags[end] in ",:<.#PBYISR-" or lows[end] == "that":
            return end
        if tags[end - 1] == "N" and tags[end] in "DX":
            return end
        if FINITE.match(tags, end):
            return back_off(tags, at, end)
        return end
    return -1


def back_off(tags: str, at: int, end: int) -> int:
    """Split "in an interview Clinton (would)": the phrase ends where a common noun meets a name."""
    for position in range(end - 1, at + 1, -1):
        if tags[position] in "XD" and tags[position - 1] in "NY":
            return position
    return -1


def has_infinitive(tokens: Tokens, at: int, ceiling: int) -> bool:
    """Tell whether a noun phrase with an infinitive begins at ``at``: "Congress to act"."""
    end = noun_phrase_after(tokens, at, ceiling)
    if end < 0:
        return False
    if end < ceiling and tokens.tags[end] == "R":
        end += 1
    return end < ceiling and tokens.tags[end] == "T"


def has_predicate(tokens: Tokens, at: int, ceiling: int, lemma: str) -> bool:
    """Tell whether an object with its predicate begins at ``at``: "him a liar", "Iran of lying", "it as a success"."""
    window = tokens.lows[at : min(ceiling, at + 20)]
    if lemma == "accuse":
        return "of" in window
    if lemma in ("blame", "fault", "credit") and ("for" in window or "on" in window or "with" in window):
        return True
    if lemma in NAMING:
        end = 1 + at if tokens.tags[at] in "OP" else noun_phrase_after(tokens, at, ceiling)
        return tokens.tags[at] in "O<" or (0 < end < ceiling and (tokens.tags[end] in "<DN" or end - at > 2))
    return lemma in AS_VERBS and "as" in window
