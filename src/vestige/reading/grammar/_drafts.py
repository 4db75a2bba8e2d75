"""A statement in the making: positions are still tokens, and neighbours may add to it."""

from dataclasses import dataclass, field

from vestige.reading.grammar._phrases import Phrase
from vestige.reading.text._tokens import Tokens

DIALOGUE = "dialogue"
"""The rule for direct speech after a dash, without quotation marks."""


@dataclass(slots=True)
class Draft:
    """A statement found by a rule, before its speaker is named."""

    content: list[tuple[int, int]]
    cue: tuple[int, int] | None
    speaker: Phrase | None
    rule: str
    lemma: str = ""
    topic: bool = False
    inferred: bool = False
    nested_in: "Draft | None" = None
    passed_on_by: Phrase | None = None
    """Who quotes the speaker: "(the agency) quoted the minister as saying"."""
    quotes: list[int] = field(default_factory=list)
    """Indexes of the quotations whose speech this is."""

    @property
    def first(self) -> int:
        """The first token of the content."""
        return self.content[0][0]

    @property
    def last(self) -> int:
        """The token after the content."""
        return self.content[-1][1]


def trimmed(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Drop commas, conjunctions and paragraph ends from the edges of a content."""
    tags = tokens.tags
    while last > first and (tags[last - 1] in ",;:#C-" or (tags[last - 1] == "." and last - 1 > first)):
        last -= 1
    while first < last and tags[first] in ",;:#.)-~":
        first += 1
    return first, last


def trimmed_end(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Trim the edges of a content but keep the final mark inside a quotation."""
    while first < last and tokens.tags[first] in ",;:#.)-~":
        first += 1
    while last > first and tokens.tags[last - 1] in ",;:#.-":
        last -= 1
    return first, last
