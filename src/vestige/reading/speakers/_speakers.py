"""Who speaks: mentions are resolved by a sieve, surest step first, and the step is recorded.

The order follows the multi-pass sieve of Lee et al. 2013 (exact names before surnames before titles before pronouns). Gender is
taken from titles and nouns only ("Mrs.", "spokesman"); where the text gives none, a pronoun goes to the last fitting subject.
"""

import re
from bisect import bisect_left, insort
from functools import partial
from typing import NamedTuple

from vestige.reading.grammar._drafts import Draft
from vestige.reading.grammar._phrases import Phrase, noun_phrase_after
from vestige.reading.speakers._designation import Designation
from vestige.reading.speakers._designations import describe, simple
from vestige.reading.speakers._entities import Entities, Entity
from vestige.reading.speakers._plain import describe_plainly, named_alone, names_of
from vestige.reading.text._lexicon import words
from vestige.reading.text._tokens import Tokens

RESOLUTION_STEPS = (
    "full name", "surname", "short form", "acronym", "title", "institution", "relative pronoun", "pronoun", "interviewee", "continuation", "as printed",
)  # fmt: skip
"""How a speaker's name was found, surest first; "as printed": the designation itself, nothing earlier matches."""
NAMES = re.compile("X[XQ]*")
WORD = re.compile(r"\w+")
WINDOW = 400
"""An antecedent is looked for within so many tokens."""
PERSONAL = frozenset(["he", "she", "it"])


class Mention(NamedTuple):
    """Where somebody is named; ``order`` breaks ties of position."""

    at: int
    order: int
    entity: Entity


class Resolved(NamedTuple):
    """A speaker with the step that found it."""

    entity: Entity | None
    step: str | None
    what: Designation


class Speakers:
    """The people and institutions of one text, and the sieve over them."""

    def __init__(self, tokens: Tokens, *, english: bool = True) -> None:
        self.tokens = tokens
        self.describe = describe if english else partial(describe_plainly, names=names_of(tokens))
        self.entities = Entities()
        self.subjects: list[Mention] = []
        self.mentions: list[Mention] = []
        self.names: dict[int, str] = {}
        """Name of the speaker of each draft, by the draft's identity."""
        self.collect(english=english)

    def collect(self, *, english: bool) -> None:
        """Find the names of the text."""
        tokens = self.tokens
        starts = set(tokens.sentences)
        known: dict[str, Entity | None] = {}
        for match in NAMES.finditer(tokens.tags):
            first, last = match.span()
            if last - first < 2 and tokens.lows[first] not in self.entities.by_key:
                continue
            if first > 1 and tokens.lows[first - 1] in ("of", "for") and self.opens(first - 2):
                first -= 2
            last = self.extended(last) if english else last
            printed = tokens.slice(first, last)
            if printed not in known:
                what = simple(tokens, first, last) if english else named_alone(self.describe(tokens, first, last))
                known[printed] = self.entities.admit(what) if what.name else None
            entity = known[printed]
            if entity is None:
                continue
            mention = Mention(first, len(self.mentions), entity)
            self.mentions.append(mention)
            if first in starts or first - 1 in starts or tokens.tags[first - 1] in ",>R":
                self.subjects.append(mention)

    def opens(self, at: int) -> bool:
        """Tell whether a word is the head of "director of X" or "University of X"."""
        return self.tokens.lows[at] in words("title") or self.tokens.lows[at] in words("institution")

    def extended(self, last: int) -> int:
        """Take in "for the D (E) X" and particles after a run of capitals."""
        tags, lows = self.tokens.tags, self.tokens.lows
        end = last
        if lows[last - 1] in words("title") and lows[last] in ("for", "of"):
            end = noun_phrase_after(self.tokens, last + 1, len(tags))
            if end < 0 or tags[end - 1] != ")" or tags[end] != "X":
                return last
        elif lows[last] in words("particle") and tags[last + 1 : last + 2] == "X":
            end = last + 1
        while end > last and tags[end] == "X":
            end += 1
        return end

    def name_all(self, drafts: list[Draft]) -> list[Resolved]:
        """Resolve the speakers of all drafts, in order of the text."""
        found: dict[int, Resolved] = {}
        before: Resolved | None = None
        for draft in sorted(drafts, key=order):
            resolved = self.resolve(draft, before)
            found[id(draft)] = resolved
            if resolved.entity:
                self.names[id(draft)] = resolved.entity.name
                if draft.speaker and not draft.inferred and draft.nested_in is None:
                    mention = Mention(draft.speaker.first, -1, resolved.entity)
                    insert(self.subjects, mention)
                    insert(self.mentions, mention)
            if draft.nested_in is None:
                before = resolved
        return [found[id(draft)] for draft in drafts]

    def resolve(self, draft: Draft, before: Resolved | None) -> Resolved:
        """Name the speaker of one draft; ``before`` is the speaker of the statement it carries on, if any."""
        phrase = draft.speaker
        if draft.inferred and before is not None:
            return Resolved(before.entity, "continuation" if before.entity else None, before.what)
        if phrase is None:
            return Resolved(None, None, Designation("unknown"))
        what = self.describe(self.tokens, phrase.first, phrase.last)
        if phrase.how == "pronoun" and what.kind != "pronoun":
            what = Designation("pronoun", key="he")
        if what.kind == "pronoun":
            return (
                self.relative(phrase, what)
                if what.key in ("who", "which", "that")
                else self.personal(phrase, what, draft)
            )
        return self.named(what) if what.name else self.titled(phrase, what)

    def named(self, what: Designation) -> Resolved:
        """Resolve a mention that has a name."""
        name = what.name or ""
        known = self.entities.match(name, what.key)
        if known is None:
            spelled_out = self.entities.by_acronym.get(name)
            if spelled_out:
                return Resolved(spelled_out, "acronym", what)
            return Resolved(self.entities.admit(what), "full name" if " " in name else "as printed", what)
        short = "short form" if known.kind == "institution" else "surname"
        step = short if len(name) < len(known.name) else "full name" if " " in name else "as printed"
        known.learn(what)
        return Resolved(known, step, what)

    def titled(self, phrase: Phrase, what: Designation) -> Resolved:
        """Resolve "the minister", "the UNAOC High Representative"; "the campaign" goes to its own step."""
        if what.kind in ("institution", "group") or what.key in words("generic"):
            return self.institution(phrase, what)
        wanted = word_set(what.role) & words("title") - {"former", "then"}
        short = word_set(what.organisation)
        for mention in reversed(self.window(self.mentions, phrase.first)):
            entity = mention.entity
            known = word_set(f"{entity.organisation} {entity.role}")
            if wanted and wanted <= word_set(entity.role) and (not short or short & known):
                return Resolved(entity, "title", what)
        return Resolved(None, None, what)

    def institution(self, phrase: Phrase, what: Designation) -> Resolved:
        """Resolve "the campaign" to the last name with that head noun."""
        lows, tags = self.tokens.lows, self.tokens.tags
        definite = lows[phrase.first] in ("the", "this", "that") and phrase.last - phrase.first <= 3
        if not definite or what.kind != "institution":
            return Resolved(None, None, what)
        for at in range(phrase.first - 1, max(1, phrase.first - WINDOW), -1):
            if lows[at] != what.key:
                continue
            first = at
            while first > 0 and tags[first - 1] in "XN>Q":
                opening = tags.rfind("<", max(0, first - 12), first - 1) if tags[first - 1] == ">" else first - 1
                first = opening if opening >= 0 else first - 1
            if "X" in tags[first:at] or "<" in tags[first:at]:
                full = Designation("institution", self.tokens.slice(first, at + 1), key=what.key)
                return Resolved(self.entities.admit(full), "institution", what)
        return Resolved(None, None, what)

    def personal(self, phrase: Phrase, what: Designation, draft: Draft) -> Resolved:
        """Resolve "he", "she", "it" to the last fitting subject; within a quotation, to somebody else than who is quoted."""
        if what.key not in PERSONAL:
            return Resolved(None, None, what)
        kinds = ("institution",) if what.key == "it" else ("person", "unknown")
        outer = draft.nested_in
        barred = self.names.get(id(outer)) if outer is not None else None
        inside = outer.first if outer is not None else phrase.first
        for pool, since in ((self.mentions, inside), (self.subjects, 0), (self.mentions, 0)):
            for mention in reversed(self.window(pool, phrase.first)):
                entity = mention.entity
                clash = what.gender and entity.gender and entity.gender != what.gender
                if mention.at >= since and entity.kind in kinds and not clash and entity.name != barred:
                    return Resolved(entity, "pronoun", what)
        return Resolved(None, None, what)

    def relative(self, phrase: Phrase, what: Designation) -> Resolved:
        """Resolve "who" to the noun phrase before it."""
        tags = self.tokens.tags
        last = phrase.first - (tags[phrase.first - 1] == ",")
        first = last
        while first > 0 and tags[first - 1] in "XND0QI" and last - first < 12:
            first -= 1
        noun = simple(self.tokens, first, last) if last > first else what
        return (
            Resolved(self.entities.admit(noun), "relative pronoun", noun) if noun.name else Resolved(None, None, noun)
        )

    def window(self, pool: list[Mention], at: int) -> list[Mention]:
        """Give the mentions shortly before a token, nearest last."""
        first = bisect_left(pool, at - WINDOW, key=position)
        return pool[first : bisect_left(pool, at, key=position)]


def position(mention: Mention) -> int:
    """Give where a mention stands."""
    return mention.at


def insert(pool: list[Mention], mention: Mention) -> None:
    """Add a mention in order of position."""
    insort(pool, mention, key=position)


def word_set(text: str | None) -> set[str]:
    """Give the words of a role or an organisation in lower case."""
    return set(WORD.findall((text or "").lower()))


def order(draft: Draft) -> tuple[int, int]:
    """Sort statements by where their speakers stand, a nested one after the one that it stands in."""
    depth, outer = 0, draft
    while outer.nested_in is not None:
        depth, outer = depth + 1, outer.nested_in
    return (outer.speaker.first if outer.speaker and not outer.inferred else outer.first), depth
