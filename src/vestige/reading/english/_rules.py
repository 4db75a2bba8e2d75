"""Statements in English text: every sentence is asked for its reporting verbs, its "according to" and its colons."""

from vestige.reading.english._agreement import governed, is_verb, who_of
from vestige.reading.english._complements import Complement, complement
from vestige.reading.english._gaps import gap_report
from vestige.reading.english._left import inverted, is_parenthetical, tagged
from vestige.reading.english._nouns import adjective_report, cried, noun_report
from vestige.reading.english._passives import asked, passive
from vestige.reading.english._right import as_clause, reported
from vestige.reading.english._second_hand import cited, is_quoted, quoted_as
from vestige.reading.english._unverbed import according_to, colon
from vestige.reading.grammar._clauses import has_near_verb
from vestige.reading.grammar._drafts import Draft
from vestige.reading.grammar._page import UNREADABLE, Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup, verb_group
from vestige.reading.text._lexicon import cues, words
from vestige.reading.text._settling import SAYING

REFUSING = frozenset(("decline", "refuse"))
FINISHED = frozenset(("s", "past", "both"))
"""The forms in which a verb tags what stands before it: "…, he says"."""


def find_statements(page: Page) -> None:
    """Find the statements of a text; they are added to ``page.drafts``, doubtful sentences to ``page.missed``."""
    at = 0
    for floor, ceiling in page.sentences:
        last = at
        while last < len(page.hits) and page.hits[last] < ceiling:
            last += 1
        if not (page.drafts and page.drafts[-1].rule == "block" and floor < page.drafts[-1].last):
            read_sentence(page, after_time(page, floor, ceiling), ceiling, page.hits[at:last])
        at = last


def after_time(page: Page, floor: int, ceiling: int) -> int:
    """Give where a sentence begins after the time of day at the head of a block of a live page: "[14:32] The mayor said …"."""
    start = page.tokens.starts[floor] if floor < ceiling else len(page.tokens.text)
    timed = page.tokens.text[start : start + 1] in "[(0123456789"
    return min(page.after_dateline(floor), ceiling - 1) if timed and floor < ceiling else floor


def read_sentence(page: Page, floor: int, ceiling: int, hits: list[int]) -> None:
    """Find the statements of one sentence."""
    since = len(page.drafts)
    page.drafts += according_to(page, floor, ceiling)
    outer = [hit for hit in hits if page.quote_index(hit) < 0]
    taken = -1
    closing = closing_tag(page, floor, ceiling, outer)
    if closing:
        page.drafts.append(closing)
        outer = [hit for hit in outer if hit < closing.first]
    for position, hit in enumerate(outer):
        if is_quoted(page, hit, outer, ceiling):
            continue
        draft = read_cue(page, hit, floor, ceiling, outer[position + 1 : position + 13]) if hit >= taken else None
        if draft is None or conflicts(page, draft, since):
            continue
        page.drafts.append(draft)
        if not draft.topic and draft.content[-1][0] > hit:
            taken = draft.last
    for at in page.between(page.others, floor, ceiling):
        found = other_report(page, at, floor, ceiling) if page.quote_index(at) < 0 else None
        page.drafts += [found] if found and not conflicts(page, found, since) else []
    cited(page, outer, since, ceiling)
    if len(page.drafts) == since:
        found = colon(page, floor, ceiling)
        page.drafts += [found] if found else []
    if len(page.drafts) == since:
        note_missed(page, floor, ceiling, outer)


def other_report(page: Page, at: int, floor: int, ceiling: int) -> Draft | None:
    """Read a noun or adjective that a clause may follow."""
    if page.lows[at] in words("assured"):
        return adjective_report(page, at, floor, ceiling)
    if page.lows[at] in words("cried"):
        return cried(page, at, floor)
    return noun_report(page, at, floor, ceiling) if page.tags[at] == "N" else None


def closing_tag(page: Page, floor: int, ceiling: int, hits: list[int]) -> Draft | None:
    """Read a tag that ends its sentence first: it reports the whole, other reports in it included."""
    for position in range(len(hits) - 1, max(0, len(hits) - 3), -1):
        hit = hits[position]
        if page.lemma(hit) not in words("inverting") or page.shape(hit) not in FINISHED:
            continue
        draft = read_cue(page, hit, floor, ceiling, [])
        if (
            draft
            and draft.rule in ("tag", "inverted")
            and draft.speaker
            and draft.last <= min(hit, draft.speaker.first)
        ):
            inner = any(draft.first <= other < draft.last for other in hits[:position])
            return draft if inner and "<" not in page.tags[draft.first : hit] else None
    return None


def conflicts(page: Page, draft: Draft, since: int) -> bool:
    """Tell whether another statement of the sentence holds the same words."""
    for other in page.drafts[max(since, len(page.drafts) - 8) :]:
        for first, last in other.content:
            if draft.cue and first <= draft.cue[0] < last:
                return True
            if any(a < last and first < b for a, b in draft.content):
                return True
    return False


def read_cue(page: Page, hit: int, floor: int, ceiling: int, later: list[int]) -> Draft | None:
    """Read one reporting verb: who, what, on which side."""
    group = verb_group(page.tokens, hit, floor)
    if group.shape == "reduced" or keeps_silent(page, hit, ceiling):
        return None
    if group.shape == "passive":
        return quoted_as(page, hit, group, None, floor, ceiling, later) or passive(page, hit, group, floor, ceiling)
    question = asked(page, hit, floor, ceiling) if group.first == hit else None
    if question:
        return question
    if group.shape in ("infinitive", "ing"):
        group = governed(page, group, floor) or group
    found = inverted(page, hit, group, floor, ceiling)
    who = None if found else who_of(page, group, floor)
    if who is None:
        return found
    second_hand = quoted_as(page, hit, group, who, floor, ceiling, later)
    if second_hand:
        return second_hand
    what = complement(page.tokens, hit, ceiling)
    return (
        read_clause(page, hit, group, who, what, floor, ceiling, later)
        if is_verb(page, hit, group, who, what)
        else None
    )


def keeps_silent(page: Page, hit: int, ceiling: int) -> bool:
    """Tell what is no statement: "declined to comment", "asked to be named only as X", "anybody will tell you that …"."""
    after, at = page.lows[hit + 1], hit + 2
    if after != "to":
        return after == "you" and page.lemma(hit) in cues().groups["told"]
    if page.lemma(hit) == "ask":
        return page.lows[at] == "be" and page.lows[at + 1] in words("unnamed")
    if page.lemma(hit) not in REFUSING or page.lows[at] not in words("silent"):
        return False
    return page.lows[at] not in cues().forms or complement(page.tokens, at, ceiling).kind in ("none", "topic")


def read_clause(
    page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement, floor: int, ceiling: int, later: list[int]
) -> Draft | None:
    """Read a verb whose subject stands before it."""
    gap = gap_report(page, hit, group, who, ceiling) if what.kind in ("none", "clause") else None
    if gap:
        return gap
    if page.lows[who.first - 1] == "as" and what.kind in ("none", "quote"):
        found = as_clause(page, hit, group, who, what, floor, ceiling)
        if found or what.kind == "none":
            return found
    apart = what.kind == "none" or (what.kind == "clause" and page.tags[what.first - 1] == ",")
    if apart or is_parenthetical(page, who, what, floor):
        found = tagged(page, hit, group, who, what, floor, ceiling)
        late = None if found else after_comma(page, hit, group, who, what, floor, ceiling)
        if found or (late is None and what.kind != "quote"):
            return found
        what = late or what
    if (page.lows[who.first] in words("first_person") and what.kind != "quote") or governs(page, hit, ceiling):
        return None
    return reported(page, hit, group, who, what, floor, ceiling, later)


def after_comma(
    page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement, floor: int, ceiling: int
) -> Complement | None:
    """Read a clause behind a comma where nothing stands before the speaker: "She said on Monday, the roof would be mended"."""
    comma = what.first
    opens = who.first - floor <= 1 and who.how in ("noun", "pronoun", "apposition", "aside") and group.shape == "finite"
    follows = what.kind == "none" and page.lows[hit] in SAYING and page.tags[comma : comma + 1] == ","
    if not (opens and follows and has_near_verb(page.tokens, comma + 1, ceiling)):
        return None
    return Complement("clause", comma + 1, what.cue_last)


def governs(page: Page, hit: int, ceiling: int) -> bool:
    """Tell whether a verb only governs the report: "declined to say whether …"."""
    at = hit + 2
    if page.lows[hit] not in words("governing") or page.tags[hit + 1] != "T" or page.lows[at] not in cues().forms:
        return False
    return complement(page.tokens, at, ceiling).kind in ("that", "question", "clause", "quote")


def note_missed(page: Page, floor: int, ceiling: int, hits: list[int]) -> None:
    """Keep a sentence with a reporting verb, or a noun such as "appeal", that gave no statement."""
    lexicon = cues()
    for hit in hits:
        if page.lemma(hit) in lexicon.groups["clause"] or page.lemma(hit) in lexicon.groups["told"]:
            page.missed.append((floor, ceiling, hit, UNREADABLE))
            return
    for at in page.between(page.nouns, floor, ceiling):
        if page.quote_index(at) < 0:
            page.missed.append((floor, ceiling, at, "a message is mentioned, its content is not"))
            return
