"""The words, sentences and quotations of one text, as the rules for English look at them."""

import sys
from bisect import bisect_left, bisect_right
from itertools import compress

from vestige.reading.grammar._clauses import FINITE, TITLE
from vestige.reading.grammar._drafts import Draft
from vestige.reading.text._datelines import dateline_end
from vestige.reading.text._lexicon import cues, words
from vestige.reading.text._quotes import Quote, find_quotes
from vestige.reading.text._tokens import Tokens

UNREADABLE = "a reporting verb without a readable speaker or content"
"""Why most sentences with a sign of speech give no statement."""
LONGEST_QUOTE = 3000
"""A longer quotation, in tokens, is taken for a missing mark: its sentences stay apart."""


class Page:
    """One text under the rules; ``drafts`` grows while they run."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.tags = tokens.tags
        self.lows = tokens.lows
        self.quotes: list[Quote] = find_quotes(tokens)
        self.quote_starts = [quote.first for quote in self.quotes]
        self.sentences = self.outer_sentences()
        others = words("stated") | words("assured") | words("promised") | words("cried")
        forms, nouns, known = cues().forms, cues().nouns, cues().signs
        signs = list(compress(range(len(tokens.lows)), map(known.__contains__, tokens.lows)))
        self.hits = [at for at in signs if tokens.lows[at] in forms and tokens.tags[at] in "VGE"]
        """The reporting verbs."""
        self.others = [at for at in signs if tokens.lows[at] in others]
        """Nouns and adjectives that a clause may follow: "claim that", "confident that"."""
        self.nouns = [at for at in signs if tokens.tags[at] == "N" and tokens.lows[at] in nouns]
        """Nouns that name a message."""
        self.sources = [at for at in signs if tokens.lows[at] == "according" or tokens.lows[at] in words("viewpoint")]
        """Words of "according to X", "in the view of X"."""
        self.datelines = self.find_datelines()
        """Where the datelines of paragraphs begin and end, in characters."""
        self.drafts: list[Draft] = []
        self.missed: list[tuple[int, int, int, str]] = []
        """Sentences with a sign of speech and no statement: first token, last, the sign, why."""

    def outer_sentences(self) -> list[tuple[int, int]]:
        """Give the sentences, those within one quotation joined to the sentence around it."""
        found: list[tuple[int, int]] = []
        bounds = self.tokens.sentences
        first = bounds[0]
        for bound in bounds[1:]:
            quote = self.quote_at(bound - 1) if bound < len(self.tags) and self.tags[bound - 1] != "#" else None
            if quote and quote.first < bound < quote.last and quote.last - quote.first < LONGEST_QUOTE:
                continue
            found.append((first, bound))
            first = bound
        return found

    def find_datelines(self) -> list[tuple[int, int]]:
        """Give the datelines that paragraphs open with."""
        tokens, found = self.tokens, []
        for at in range(len(tokens.starts)):
            if (at == 0 or tokens.tags[at - 1] == "#") and tokens.tags[at] != "#":
                start = tokens.starts[at]
                end = dateline_end(tokens.text, start)
                found += [(start, end)] if end > start else []
        return found

    def after_dateline(self, first: int) -> int:
        """Give the first token after the dateline in which a token stands; the token itself where it stands in none."""
        start = self.tokens.starts[first] if first < len(self.tokens.starts) else -1
        index = bisect_right(self.datelines, (start, sys.maxsize)) - 1
        if index < 0 or not self.datelines[index][0] <= start < self.datelines[index][1]:
            return first
        return bisect_left(self.tokens.starts, self.datelines[index][1], first)

    def lemma(self, hit: int) -> str:
        """Give the dictionary form of a reporting verb."""
        return cues().forms[self.lows[hit]].lemma

    def shape(self, hit: int) -> str:
        """Give the form of a reporting verb: base, s, past, participle, both or ing."""
        return cues().forms[self.lows[hit]].shape

    def quote_index(self, token: int) -> int:
        """Give the index of the quotation around a token, or -1."""
        index = bisect_right(self.quote_starts, token) - 1
        return index if index >= 0 and token < self.quotes[index].last else -1

    def quote_at(self, token: int) -> Quote | None:
        """Give the quotation around a token."""
        index = self.quote_index(token)
        return self.quotes[index] if index >= 0 else None

    def ends_quote(self, at: int, *, strict: bool = False) -> int:
        """Give the quotation that ends just before a token, or -1; ``strict``: not one that is a sentence of its own."""
        for step in (1, 2):
            if at < step:
                break
            quote = self.quote_at(at - step)
            if quote:
                own = strict and self.lows[quote.last - 2] == "."
                index = self.quote_index(at - step)
                return index if quote.last == at - step + 1 and not own and self.is_speech(index) else -1
            if self.tags[at - step] not in ",-":
                break
        return -1

    def is_speech(self, index: int) -> bool:
        """Tell a quotation of somebody's words from a term in quotation marks."""
        quote = self.quotes[index]
        if self.tags[quote.last - 2] in ".,~":
            before = quote.first - 1
            governed = before >= 0 and (self.tags[before] in "IDQ" or self.lows[before] in words("titling"))
            return not (governed and TITLE.fullmatch(self.tags, quote.first, quote.last))
        return quote.last - quote.first > 6 and FINITE.search(self.tags, quote.first, quote.last) is not None

    def is_term(self, at: int) -> bool:
        """Tell whether a quotation is a term or title, not speech."""
        index = self.quote_index(at)
        return index >= 0 and not self.is_speech(index)

    def is_dash(self, at: int) -> bool:
        """Tell a dash from a hyphen within a word: "U.S.-based"."""
        start = self.tokens.starts[at]
        return self.lows[at] != "-" or start == 0 or self.tokens.text[start - 1].isspace()

    def same_sentence(self, first: int, second: int) -> bool:
        """Tell whether two tokens stand in one sentence."""
        bounds = self.tokens.sentences
        return bisect_right(bounds, first) == bisect_right(bounds, second)

    def end_with_quote(self, ceiling: int) -> int:
        """Give the end of the quotation that runs over ``ceiling``."""
        quote = self.quote_at(ceiling - 1)
        return max(ceiling, quote.last) if quote else ceiling

    @staticmethod
    def between(positions: list[int], first: int, last: int) -> list[int]:
        """Give those of some sorted positions that lie between two tokens."""
        return positions[bisect_left(positions, first) : bisect_left(positions, last)] if positions else []

    def recent(self, first: int, last: int) -> list[Draft]:
        """Give the latest drafts whose cue stands between two tokens."""
        return [draft for draft in self.drafts[-4:] if draft.cue and first <= draft.cue[0] < last]
