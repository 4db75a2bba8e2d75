"""Statements in English text: verbs that report, and what stands left and right of them."""

from bisect import bisect_right

from vestige.reading._complements import Complement, complement
from vestige.reading._drafts import Draft, trimmed
from vestige.reading._lexicon import cues, words
from vestige.reading._phrases import (
    Phrase,
    VerbGroup,
    clause_subject,
    noun_phrase_after,
    noun_phrase_before,
    subject,
    verb_group,
)
from vestige.reading._quotes import Quote
from vestige.reading._tokens import Tokens

INVERTING = frozenset(
    [
        "say",
        "add",
        "note",
        "write",
        "ask",
        "reply",
        "explain",
        "report",
        "tweet",
        "quip",
        "argue",
        "recall",
        "continue",
        "insist",
        "warn",
        "declare",
        "joke",
        "observe",
        "remark",
    ]
)
GOVERNING = frozenset(
    [
        "on",
        "continued",
        "continues",
        "began",
        "sought",
        "tried",
        "refused",
        "refuses",
        "declined",
        "declines",
        "managed",
        "wants",
        "wanted",
        "used",
        "quick",
        "appeared",
        "seemed",
        "hastened",
        "rushed",
        "stopped",
        "paused",
        "hesitated",
        "failed",
        "went",
    ]
)
FIRST_PERSON = frozenset(["i", "we", "you", "i'm", "i've", "i'd", "we're", "we've"])


class English:
    """One pass over one text."""

    def __init__(self, tokens: Tokens, quotes: list[Quote]) -> None:
        self.tokens = tokens
        self.quotes = quotes
        self.quote_starts = [quote.first for quote in quotes]
        self.drafts: list[Draft] = []
        self.missed: list[tuple[int, int, int, str]] = []
        self.sentences = self.outer_sentences()

    def outer_sentences(self) -> list[tuple[int, int]]:
        """Give the sentences, those within one quotation joined to the sentence around it."""
        found: list[tuple[int, int]] = []
        bounds = self.tokens.sentences
        first = bounds[0]
        for bound in bounds[1:]:
            quote = self.quote_at(bound - 1)
            if (
                bound < len(self.tokens.tags)
                and quote is not None
                and quote.first < bound < quote.last
                and self.tokens.tags[bound - 1] != "#"
            ):
                continue
            found.append((first, bound))
            first = bound
        return found

    def quote_index(self, token: int) -> int:
        """Give the index of the quotation around a token, or -1."""
        index = bisect_right(self.quote_starts, token) - 1
        return index if index >= 0 and token < self.quotes[index].last else -1

    def quote_at(self, token: int) -> Quote | None:
        """Give the quotation around a token."""
        index = self.quote_index(token)
        return self.quotes[index] if index >= 0 else None

    def run(self) -> list[Draft]:
        """Find all statements of the text."""
        lexicon, lows, tags = cues(), self.tokens.lows, self.tokens.tags
        forms = lexicon.forms
        hits = [i for i, low in enumerate(lows) if low in forms and tags[i] in "VGE"]
        sentence = 0
        per_sentence: dict[int, list[int]] = {}
        for hit in hits:
            while self.sentences[sentence][1] <= hit:
                sentence += 1
            per_sentence.setdefault(sentence, []).append(hit)
        self.hits = per_sentence
        for sentence, (floor, ceiling) in enumerate(self.sentences):
            self.read_sentence(floor, ceiling, per_sentence.get(sentence, []))
        return self.drafts

    def read_sentence(self, floor: int, ceiling: int, hits: list[int]) -> None:
        """Find the statements of one sentence."""
        before = len(self.drafts)
        self.according_to(floor, ceiling)
        outer = [hit for hit in hits if self.quote_index(hit) < 0]
        taken = -1
        for position, hit in enumerate(outer):
            if hit < taken:
                continue
            draft = self.read_cue(hit, floor, ceiling, outer[position + 1 :])
            if draft is None:
                continue
            if self.conflicts(draft, before):
                continue
            self.drafts.append(draft)
            if not draft.topic:
                taken = max(taken, draft.content[-1][1] if draft.content[-1][0] > hit else -1)
        if len(self.drafts) == before:
            self.colon(floor, ceiling)
        if len(self.drafts) == before and outer:
            self.note_missed(floor, ceiling, outer)

    def conflicts(self, draft: Draft, since: int) -> bool:
        """Tell whether another statement of the sentence holds the same words."""
        for other in self.drafts[since:]:
            for first, last in other.content:
                if draft.cue and first <= draft.cue[0] < last:
                    return True
                if any(a < last and first < b for a, b in draft.content):
                    return True
        return False

    def read_cue(self, hit: int, floor: int, ceiling: int, later: list[int]) -> Draft | None:
        """Read one reporting verb: who, what, on which side."""
        tokens = self.tokens
        lemma = cues().forms[tokens.lows[hit]].lemma
        group = verb_group(tokens, hit, floor)
        if group.shape == "passive":
            return None
        if group.shape == "infinitive":
            governed = self.governed(group, floor)
            if governed is None:
                return None
            group = governed
        tags = tokens.tags
        inverted = self.inverted(hit, group, lemma, floor, ceiling)
        if inverted:
            return inverted
        who = self.who(group, floor)
        what = complement(tokens, hit, ceiling)
        if who is None and group.shape != "ing":
            return None
        if what.kind == "none" or (tags[what.first - 1 : what.first] == "," and what.kind == "clause"):
            return self.left(hit, group, who, what, lemma, floor, ceiling)
        if self.is_parenthetical(who, what, floor):
            return self.left(hit, group, who, what, lemma, floor, ceiling)
        if who is not None and tokens.lows[who.first] in FIRST_PERSON and what.kind != "quote":
            return None
        return self.right(hit, group, who, what, lemma, floor, ceiling, later)

    def governed(self, group: VerbGroup, floor: int) -> VerbGroup | None:
        """Take "went on to say", "declined to say" as one verb group."""
        lows = self.tokens.lows
        at = group.first - 1
        if at <= floor or lows[at] not in GOVERNING:
            return None
        first = at - 1 if lows[at] == "on" else at
        if first <= floor:
            return None
        outer = verb_group(self.tokens, first, floor)
        return VerbGroup(outer.first, group.last, "finite")

    def who(self, group: VerbGroup, floor: int) -> Phrase | None:
        """Give the subject of a verb group."""
        if group.shape == "ing":
            return self.who_of_participle(group, floor)
        return subject(self.tokens, group, floor)

    def who_of_participle(self, group: VerbGroup, floor: int) -> Phrase | None:
        """Give the subject of ", saying that …": that of the clause it hangs on."""
        tags = self.tokens.tags
        at = group.first
        if at <= floor:
            return None
        if tags[at - 1] in "X":
            first = noun_phrase_before(self.tokens, at, floor)
            if first >= 0 and tags[first - 1 : first] in ("-", "C", ",", ""):
                return Phrase(first, at, "noun")
        return clause_subject(self.tokens, at, floor)

    def inverted(self, hit: int, group: VerbGroup, lemma: str, floor: int, ceiling: int) -> Draft | None:
        """Read "…, said the minister."."""
        tokens, tags = self.tokens, self.tokens.tags
        form = cues().forms[tokens.lows[hit]]
        if form.shape not in ("s", "past", "both") or (group.first != hit and tags[hit - 1] != "R"):
            return None
        quoted = self.ends_quote(group.first)
        if quoted < 0 and not (group.first > floor and tags[group.first - 1] in ",-" and lemma in INVERTING):
            return None
        if tags[hit + 1 : hit + 2] not in tuple("DXNQP0"):
            return None
        last = noun_phrase_after(tokens, hit + 1, ceiling)
        if last < 0 or tags[last : last + 1] not in tuple(",;.#<>-:~IYSWHRC(G"):
            return None
        if quoted < 0 and tags[last] == "I" and not any(t in "XD" for t in tags[hit + 1 : last]):
            return None
        last = self.with_apposition(last, ceiling)
        who = Phrase(hit + 1, last, "noun")
        content = self.left_content(group.first, floor, quoted)
        if not content:
            return None
        draft = Draft(content, (hit, hit + 1), who, "inverted", lemma)
        return self.with_rest(draft, last, ceiling)

    def with_apposition(self, last: int, ceiling: int) -> int:
        """Take in ", a strategist in Washington" after a name."""
        tags = self.tokens.tags
        if last + 1 < ceiling and tags[last] == "," and tags[last + 1] in "DNX":
            at = last + 1
            while at < ceiling and tags[at] not in ".#;<>:-GPVS" and at - last < 30:
                at += 1
            if at < ceiling and tags[at] in ".#;<>:-GS":
                return at - 1 if tags[at - 1] == "," else at
        return last

    def ends_quote(self, at: int) -> int:
        """Give the quotation that ends just before a token, or -1."""
        tags = self.tokens.tags
        for step in (1, 2):
            if at - step < 0:
                return -1
            index = self.quote_index(at - step)
            if index >= 0:
                return index if self.quotes[index].last == at - step + 1 else -1
            if tags[at - step] not in ",-":
                return -1
        return -1

    def left_content(self, end: int, floor: int, quoted: int) -> list[tuple[int, int]]:
        """Give what stands left of a tag: the quotation, or the sentence so far."""
        tags = self.tokens.tags
        start = floor
        if quoted >= 0:
            quote = self.quotes[quoted]
            start = min(floor, quote.first) if quote.first < floor else floor
            between = tags[floor : quote.first] if quote.first > floor else ""
            if not between or self.has_cue(floor, quote.first) or ":" in between:
                start = quote.first
        elif any(draft.cue and floor <= draft.cue[0] < end for draft in self.drafts[-3:]):
            start = max(draft.last for draft in self.drafts[-3:] if draft.cue and floor <= draft.cue[0] < end)
        first, last = trimmed(self.tokens, start, end)
        return [(first, last)] if last - first >= 2 or (last > first and quoted >= 0) else []

    def has_cue(self, first: int, last: int) -> bool:
        """Tell whether a reporting verb with its own statement stands between two tokens."""
        return any(draft.cue and first <= draft.cue[0] < last for draft in self.drafts[-4:])

    def is_parenthetical(self, who: Phrase | None, what: Complement, floor: int) -> bool:
        """Tell "The plane, he said, was late" from "In Paris, he said the plane was late"."""
        tags = self.tokens.tags
        if who is None or who.first <= floor or what.kind in ("that", "quote"):
            return False
        return tags[who.first - 1] in ",>-" and tags[what.first - 1] == ","

    def left(
        self, hit: int, group: VerbGroup, who: Phrase | None, what: Complement, lemma: str, floor: int, ceiling: int
    ) -> Draft | None:
        """Read "…, he said." and "…, he said, …"."""
        lexicon, tags = cues().groups, self.tokens.tags
        if who is None or who.how in ("shared subject", "relative") or group.shape == "ing":
            return None
        quoted = self.ends_quote(who.first)
        if quoted < 0 and (
            who.first <= floor
            or tags[who.first - 1] not in ",-~"
            or lemma not in lexicon["clause"] | lexicon["told"] | lexicon["belief"]
        ):
            return None
        if what.first < ceiling and tags[what.first] not in ",.#;:<>-~SICWHGRY(YA":
            return None
        content = self.left_content(who.first, floor, quoted)
        if not content:
            return None
        return self.with_rest(Draft(content, (group.first, what.cue_last), who, "tag", lemma), what.first, ceiling)

    def with_rest(self, draft: Draft, at: int, ceiling: int) -> Draft:
        """Add what follows a tag in the middle of a sentence: "…, he said, …"."""
        tags = self.tokens.tags
        while at < ceiling and tags[at] not in ",<:.#;-~":
            at += 1
        if at >= ceiling or tags[at] in ".#~;" or at + 1 >= ceiling:
            return draft
        quote = self.quote_index(at + 1) if tags[at] in ",:-" else self.quote_index(at)
        if quote >= 0 and self.quotes[quote].first in (at, at + 1):
            last = max(self.quotes[quote].last, at)
            draft.content.append(trimmed_end(self.tokens, self.quotes[quote].first, last))
        elif (
            tags[at] == ","
            and tags[at + 1] not in "GWHS<"
            and not self.starts_tag(at + 1, ceiling)
            and draft.rule == "tag"
        ):
            first, last = trimmed(self.tokens, at + 1, self.cut(at + 1, ceiling, ceiling, draft.lemma, []))
            if last - first >= 2:
                draft.content.append((first, last))
        return draft

    def starts_tag(self, at: int, ceiling: int) -> bool:
        """Tell whether a conjunction with a clause of its own begins here: ", and he left", ", but …"."""
        return at < ceiling and self.tokens.tags[at] == "C"

    def right(
        self,
        hit: int,
        group: VerbGroup,
        who: Phrase | None,
        what: Complement,
        lemma: str,
        floor: int,
        ceiling: int,
        later: list[int],
    ) -> Draft | None:
        """Read "he said that …", "he said: “…”", "he praised …"."""
        tokens = self.tokens
        cue = (group.first, what.cue_last)
        if what.kind == "topic":
            first, last = trimmed(tokens, what.first, self.cut(what.first, ceiling, ceiling, lemma, later))
            return Draft([(first, last)], cue, who, "topic", lemma, topic=True) if last > first else None
        end = self.cut(what.first, ceiling, hit, lemma, later)
        if what.kind == "quote":
            index = self.quote_index(what.first)
            if index >= 0 and self.quotes[index].first == what.first:
                end = self.quotes[index].last if self.quotes[index].last >= end or self.is_speech(index) else end
        elif what.kind in ("object", "infinitive", "predicate"):
            end = self.cut_object(what.first, end)
        last_quote = self.quote_index(end - 1)
        if last_quote >= 0 and what.first <= self.quotes[last_quote].first:
            end = self.quotes[last_quote].last
        first, last = trimmed_end(tokens, what.first, end)
        if last <= first:
            return None
        return Draft([(first, last)], cue, who, what.kind, lemma)

    def is_speech(self, index: int) -> bool:
        """Tell a quotation of somebody's words from a term in quotation marks."""
        quote = self.quotes[index]
        return quote.last - quote.first > 6 or self.tokens.tags[quote.last - 2] in ".,~"

    def cut_object(self, first: int, end: int) -> int:
        """End an object where a clause of another kind begins: ", saying …", ", which …", " after …"."""
        tags = self.tokens.tags
        for at in range(first + 1, end - 1):
            if (
                tags[at] == ","
                and tags[at + 1] in "GSWHPC"
                and not (tags[at + 1] == "C" and tags[at + 2] not in "PGVS")
            ):
                return at
            if tags[at] == "S" and self.tokens.lows[at] in (
                "because",
                "when",
                "while",
                "although",
                "though",
                "whereas",
            ):
                return at
            if tags[at] in ";#":
                return at
        return end

    def cut(self, first: int, ceiling: int, hit: int, lemma: str, later: list[int]) -> int:
        """End a content where the speaker is reported to do something else: ", adding …", "and warned …"."""
        tokens, tags = self.tokens, self.tokens.tags
        lexicon = cues()
        strong = (
            lexicon.groups["clause"]
            | lexicon.groups["told"]
            | lexicon.groups["object_infinitive"]
            | lexicon.groups["object_predicate"]
        )
        for at in later:
            if at <= first or self.quote_index(at) >= 0:
                continue
            form = lexicon.forms[tokens.lows[at]]
            if form.lemma not in strong:
                continue
            group = verb_group(tokens, at, first)
            before = tags[group.first - 1]
            if form.shape == "ing" and before in ",-" and group.shape == "ing":
                return group.first - 1
            if (
                group.shape == "finite"
                and form.shape in ("past", "both", "s")
                and before in "C,"
                and self.is_past(hit) == (form.shape != "s")
                and lexicon.forms.get(tokens.lows[hit])
            ):
                return group.first - 1
            end = self.own_clause(at, group, first)
            if end > first:
                return end
        return ceiling

    def is_past(self, hit: int) -> bool:
        """Tell whether a reporting verb stands in the past."""
        form = cues().forms.get(self.tokens.lows[hit]) if hit < len(self.tokens.lows) else None
        return form is not None and form.shape in ("past", "both")

    def own_clause(self, at: int, group: VerbGroup, first: int) -> int:
        """Give the comma before ", and Y said", ", while Y said"; -1 where there is none."""
        tags = self.tokens.tags
        if group.shape != "finite":
            return -1
        who = subject(self.tokens, group, first)
        if who is None or who.first - 2 <= first:
            return -1
        if tags[who.first - 1] in "CS" and tags[who.first - 2] in ",;" and self.tokens.lows[who.first - 1] != "that":
            return who.first - 2
        if tags[who.first - 1] in ";>":
            return who.first
        return -1

    def according_to(self, floor: int, ceiling: int) -> None:
        """Read "according to X"."""
        lows, tags = self.tokens.lows, self.tokens.tags
        at = floor
        while at < ceiling:
            try:
                at = lows.index("according", at, ceiling)
            except ValueError:
                return
            if at + 2 < ceiling and lows[at + 1] == "to" and self.quote_index(at) < 0:
                self.read_according(at, floor, ceiling, tags)
            at += 2

    def read_according(self, at: int, floor: int, ceiling: int, tags: str) -> None:
        """Read one "according to X"."""
        last = noun_phrase_after(self.tokens, at + 2, ceiling)
        if last < 0:
            return
        if at > floor + 1:
            last = self.with_apposition(last, ceiling)
        who = Phrase(at + 2, last, "noun")
        content: list[tuple[int, int]] = []
        if at - floor <= 1:
            comma = tags.find(",", last, ceiling)
            if comma < 0:
                return
            who = Phrase(at + 2, min(last, comma), "noun")
            content.append(trimmed_end(self.tokens, comma + 1, self.end_with_quote(ceiling)))
        else:
            start = max([draft.last for draft in self.drafts[-2:] if draft.cue and draft.cue[0] >= floor] or [floor])
            quoted = self.ends_quote(at)
            first, end = trimmed(
                self.tokens,
                self.quotes[quoted].first if quoted >= 0 and self.quotes[quoted].first < start else start,
                at,
            )
            content.append((first, end))
            if last < ceiling - 3 and tags[last] == "," and tags[last + 1] not in "GWHCS":
                content.append(trimmed(self.tokens, last + 1, ceiling))
        content = [(a, b) for a, b in content if b - a >= 2]
        if content:
            self.drafts.append(Draft(content, (at, at + 2), who, "according to", "according"))

    def end_with_quote(self, ceiling: int) -> int:
        """Give the end of the quotation that runs over ``ceiling``."""
        quote = self.quote_at(ceiling - 1)
        return max(ceiling, quote.last) if quote else ceiling

    def colon(self, floor: int, ceiling: int) -> None:
        """Read "X had a message: “…”" and the headline "X: …"."""
        tags = self.tokens.tags
        at = tags.find(":", floor, ceiling)
        if at < 0 or at == floor:
            return
        quote = self.quote_index(at + 1) if at + 1 < len(tags) else -1
        if quote < 0 and at + 2 < len(tags) and tags[at + 1] == "#":
            quote = self.quote_index(at + 2)
        if quote < 0 or self.quotes[quote].last - self.quotes[quote].first < 6 or self.quotes[quote].first > at + 2:
            return
        who = clause_subject(self.tokens, at, floor)
        first = noun_phrase_before(self.tokens, at, floor)
        if who is None and first == floor:
            who = Phrase(first, at, "noun")
        self.drafts.append(
            Draft([(self.quotes[quote].first, self.quotes[quote].last)], (at, at + 1), who, "colon", ":")
        )

    def note_missed(self, floor: int, ceiling: int, hits: list[int]) -> None:
        """Keep a sentence with a reporting verb that gave no statement."""
        lexicon = cues()
        for hit in hits:
            if lexicon.forms[self.tokens.lows[hit]].lemma in lexicon.groups["clause"] | lexicon.groups["told"]:
                self.missed.append((floor, ceiling, hit, "a reporting verb without a readable speaker or content"))
                return


def trimmed_end(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Trim the edges of a content but keep the final mark inside a quotation."""
    while first < last and tokens.tags[first] in ",;:#.)-~":
        first += 1
    while last > first and tokens.tags[last - 1] in ",;:#.-":
        last -= 1
    return first, last


__all__ = ["English", "words"]
