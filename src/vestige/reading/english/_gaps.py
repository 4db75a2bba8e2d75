"""Reports within a relative clause: a vote that she has said was a mistake; a man who, they claim, was never there.

The relative pronoun is the subject of what was said; it stands before the tag and the rest after it.
"""

import re

from vestige.reading.english._extents import end_of_comment
from vestige.reading.grammar._drafts import Draft, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup
from vestige.reading.text._lexicon import cues

RELATIVE = frozenset(("which", "who", "that", "what"))
PREDICATE = re.compile("R?[AVE]")
CLOSING = re.compile(",(?=R?[AVE])")
LONGEST = 60


def gap_report(page: Page, hit: int, group: VerbGroup, who: Phrase, ceiling: int) -> Draft | None:
    """Read ", which she has said was a mistake"; None where no relative pronoun stands before the subject."""
    groups, lemma, tags = cues().groups, page.lemma(hit), page.tags
    at = who.first - 1
    if at < 1 or page.lows[at] not in RELATIVE or not (lemma in groups["clause"] or lemma in groups["belief"]):
        return None
    if not PREDICATE.match(tags, hit + 1) or group.last != hit + 1:
        return None
    closing = CLOSING.search(tags, hit + 2, min(ceiling, hit + LONGEST))
    first, last = trimmed_end(
        page.tokens, hit + 1, end_of_comment(page, hit + 1, closing.start() if closing else ceiling)
    )
    return Draft([(at, at + 1), (first, last)], (group.first, hit + 1), who, "gap", lemma) if last - first > 1 else None
