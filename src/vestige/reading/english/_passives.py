"""Reports in the passive: he was told that …; it was announced that …; it is said to be …; the plan was called a crime by ….

The speaker is who stands after "by"; where nobody does, the text leaves the speaker out, and so does the statement.
"""

import re

from vestige.reading.english._adverbials import skip_adverbials
from vestige.reading.english._extents import end_of_comment, end_of_object
from vestige.reading.grammar._clauses import clause_at
from vestige.reading.grammar._drafts import Draft, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup, noun_phrase_after, subject
from vestige.reading.text._lexicon import cues, words

BY = "by"
REPORTING = ("clause", "told")
JUDGING = ("object", "object_predicate", "object_infinitive")
ASKED = frozenset(("asked", "pressed", "questioned"))
RAISING = frozenset(("say", "report", "believe", "think", "allege", "claim", "rumor", "suspect"))
"""In "the vault is believed to be empty" the subject belongs to what is believed."""
SPEAKING = re.compile("[XN]")


def passive(page: Page, hit: int, group: VerbGroup, floor: int, ceiling: int) -> Draft | None:
    """Read a reporting verb in the passive."""
    lemma = page.lemma(hit)
    who = subject(page.tokens, group, floor)
    if who is None or who.how in ("relative", "shared subject") or lemma in words("unspoken"):
        return None
    return (
        clause_told(page, hit, group, who, ceiling)
        or raised(page, hit, group, who, ceiling)
        or judged(page, hit, group, who, ceiling)
    )


def asked(page: Page, hit: int, floor: int, ceiling: int) -> Draft | None:
    """Read "Asked whether the bridge would fall, he said …": a question by nobody named, or by who stands after "by"."""
    before = page.lows[hit - 1] if hit > floor else ""
    if page.lows[hit] not in ASKED or (before and before not in ("when", ",", "and", "but", "also", "then", "while")):
        return None
    at = before_by(page, hit + 1, ceiling)
    speaker = by_phrase(page, at, ceiling)
    at = skip_adverbials(page.tokens, speaker.last if speaker else at, ceiling, strict=False)
    at += page.lows[at] in ("on", "about") and page.lows[at + 1] in words("indirect_question")
    if at + 3 >= ceiling or page.lows[at] not in words("indirect_question"):
        return None
    end = next((stop + (page.tags[stop] == ">") for stop in range(at, ceiling) if begins_answer(page, stop)), -1)
    if end < 0 and before == "when":
        end = end_of_comment(page, at, ceiling)
    first, last = trimmed_end(page.tokens, at, end)
    return Draft([(first, last)], (hit, hit + 1), speaker, "passive", "ask") if last - first > 2 else None


def begins_answer(page: Page, at: int) -> bool:
    """Tell whether the main clause begins after the comma at ``at``: ", he said", ", the minister replied"."""
    tags = page.tags
    if not (tags[at] == "," or (tags[at] == ">" and tags[at - 1] == ",")) or (
        tags[at] == "," and page.quote_index(at) >= 0
    ):
        return False
    if tags[at + 1] in "VA" or tags[at + 1 : at + 3] in ("RV", "RA"):
        return True
    last = at + 2 if tags[at + 1] in "PB" else noun_phrase_after(page.tokens, at + 1, len(tags))
    return last > at + 1 and tags[last] in ",VAER" and tags[at + 1] in "DXNQPB"


def clause_told(page: Page, hit: int, group: VerbGroup, who: Phrase, ceiling: int) -> Draft | None:
    """Read "he was told that …", "it was announced by the ministry that …"."""
    groups, lemma = cues().groups, page.lemma(hit)
    impersonal = page.lows[who.first] == "it" and (lemma in groups["clause"] or lemma in RAISING)
    if not impersonal and lemma not in groups["told"]:
        return None
    at = before_by(page, hit + 1, ceiling)
    speaker = by_phrase(page, at, ceiling)
    at = skip_adverbials(page.tokens, speaker.last if speaker else at, ceiling, strict=False)
    found = clause_at(page.tokens, at, ceiling)
    if found is None or found.kind not in ("that", "question") or (found.kind == "question" and impersonal):
        return None
    first, last = trimmed_end(page.tokens, found.first, end_of_comment(page, found.first, ceiling))
    return Draft([(first, last)], (group.first, hit + 1), speaker, "passive", lemma) if last - first > 2 else None


def raised(page: Page, hit: int, group: VerbGroup, who: Phrase, ceiling: int) -> Draft | None:
    """Read "the vault is believed to be empty": the subject and the infinitive are what was said, by nobody named."""
    lows, at = page.lows, hit + 1
    if (
        page.lemma(hit) not in RAISING
        or lows[at : at + 1] != ["to"]
        or page.tags[at + 1 : at + 2] not in ("A", "V", "N")
    ):
        return None
    first, last = trimmed_end(page.tokens, at, end_of_comment(page, at, ceiling))
    content = [(who.first, who.last), (first, last)]
    return Draft(content, (group.first, hit + 1), None, "passive", page.lemma(hit)) if last - first > 2 else None


def judged(page: Page, hit: int, group: VerbGroup, who: Phrase, ceiling: int) -> Draft | None:
    """Read "the plan was called a crime by the union": the subject and the predicate are what was said."""
    groups, lemma = cues().groups, page.lemma(hit)
    if not any(lemma in groups[name] for name in (*REPORTING, *JUDGING)):
        return None
    end = end_of_object(page, hit, ceiling)
    at = next((at for at in range(hit + 1, end) if page.lows[at] == BY and page.quote_index(at) < 0), -1)
    speaker = by_phrase(page, at, ceiling) if at > 0 else None
    if speaker is None or not SPEAKING.search(page.tags, speaker.first, speaker.last):
        return None
    content = [(who.first, who.last), trimmed_end(page.tokens, hit + 1, at)]
    content = [(first, last) for first, last in content if last > first]
    return Draft(content, (group.first, hit + 1), speaker, "passive", lemma)


def before_by(page: Page, at: int, ceiling: int) -> int:
    """Step over "on Monday" and the like, up to "by"."""
    end = skip_adverbials(page.tokens, at, ceiling, strict=False)
    return next((position for position in range(at, end) if page.lows[position] == BY), end)


def by_phrase(page: Page, at: int, ceiling: int) -> Phrase | None:
    """Give the noun phrase after "by" at a token."""
    if at >= ceiling or page.lows[at] != BY or page.tags[at + 1] not in "DXNQ0PO":
        return None
    last = noun_phrase_after(page.tokens, at + 1, ceiling)
    return Phrase(at + 1, last, "noun") if last > 0 else None
