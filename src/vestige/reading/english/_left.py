"""What was said stands before the tag: "…," he said; …, said the minister; The plane, he said, was late."""

import re

from vestige.reading.english._agreement import is_plural
from vestige.reading.english._complements import Complement
from vestige.reading.english._extents import SUMMARY, end_before_next, names_venue
from vestige.reading.grammar._clauses import FINITE, INSERTED, reports
from vestige.reading.grammar._drafts import Draft, trimmed, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup, before_insertion, noun_phrase_after
from vestige.reading.text._lexicon import cues, words

SHORTEST = 2
MANNER = re.compile("D[NX]{1,2}G")
"""His voice cracking."""
ADDRESSED = re.compile("T[XDOQN]")
"""To reporters, to the board."""
DATELINE = re.compile(r"(?:X{1,3}(?:,X{1,2}\.?)?)?(?:\([XN,.]{1,4}\))?-")
GOING_ON = (["went", "on"], ["goes", "on"], ["hit", "back"])
REASON = frozenset(("because", "if", "unless"))
TAGGING = ("clause", "told", "belief")


def inverted(page: Page, hit: int, group: VerbGroup, floor: int, ceiling: int) -> Draft | None:
    """Read "…, said the minister."."""
    if page.shape(hit) not in ("s", "past", "both", "base") or (group.first != hit and page.tags[hit - 1] != "R"):
        return None
    quoted = page.ends_quote(group.first)
    last = inverted_subject(page, hit, ceiling)
    if (
        page.shape(hit) == "base"
        and page.lows[hit] not in words("unchanged")
        and last > 0
        and not is_plural(page, Phrase(hit + 1, last, "noun"))
    ):
        return None
    if last < 0 or (quoted < 0 and not inverts_plain(page, hit, group, last, floor)):
        return None
    last = before_venue(page, hit + 1, with_apposition(page, last, ceiling))
    content = left_content(page, group.first, floor, quoted)
    if not content:
        return None
    draft = Draft(content, (hit, hit + 1), Phrase(hit + 1, last, "noun"), "inverted", page.lemma(hit))
    draft = with_rest(page, draft, last, ceiling)
    return draft if quoted >= 0 or is_said(draft) else None


def is_said(draft: Draft) -> bool:
    """Tell whether a content holds more than one word, or goes on after the tag: "Instead, he said, …"."""
    return draft.last - draft.first >= SHORTEST


def inverted_subject(page: Page, hit: int, ceiling: int) -> int:
    """Give the end of the subject after the verb, or -1."""
    tags = page.tags
    if tags[hit + 1 : hit + 2] not in tuple("DXNQP0"):
        return -1
    last = noun_phrase_after(page.tokens, hit + 1, ceiling)
    addressed = last > 0 and page.lemma(hit) in words("inverting") and ADDRESSED.match(tags, last) is not None
    return last if addressed or (last > 0 and tags[last : last + 1] in tuple(",;.#<>-:~IYSWHRC(G")) else -1


def before_venue(page: Page, first: int, last: int) -> int:
    """End a subject before where it was said: "said the minister (in a letter to the board)"."""
    links = words("venue_link")
    venues = (at for at in range(first + 1, last) if page.lows[at] in links and names_venue(page, at + 1, last))
    at = next(venues, last)
    return at - (page.tags[at - 1] == ",")


def inverts_plain(page: Page, hit: int, group: VerbGroup, last: int, floor: int) -> bool:
    """Tell "The talks failed, said the minister" from "X, the chair, reported losses"."""
    lemma, tags = page.lemma(hit), page.tags
    if group.first <= floor or tags[group.first - 1] not in ",-" or lemma not in words("inverting"):
        return False
    if lemma not in ("say", "add") and "X" not in tags[hit + 1 : last] and page.lows[hit + 1] != "the":
        return False
    comma = group.first - 1
    inserted = before_insertion(page.tokens, comma, floor) if tags[comma] == "," else None
    if inserted and not FINITE.search(tags, floor, inserted.last) and inserted.first - floor <= 1:
        return False
    return FINITE.search(tags, floor, group.first) is not None


def with_apposition(page: Page, last: int, ceiling: int) -> int:
    """Take in ", a strategist in Washington" after a name."""
    tags = page.tags
    if last + 1 >= ceiling or tags[last] != "," or tags[last + 1] not in "DNX":
        return last
    at = last + 1
    while at < ceiling and tags[at] not in ".#;<>:-GPVS" and at - last < 30:
        at += 1
        if tags[at] == "," and tags[at + 1 : at + 2] in ("H", "W"):
            return at
    if at < ceiling and tags[at] in ".#;<>:-GS":
        return at - 1 if tags[at - 1] == "," else at
    return last


def left_content(page: Page, end: int, floor: int, quoted: int) -> list[tuple[int, int]]:
    """Give what stands left of a tag: the quotation, or the sentence so far."""
    start = floor
    before = page.recent(floor, end)
    if quoted >= 0:
        quote = page.quotes[quoted]
        between = page.tags[floor : quote.first] if quote.first > floor else ""
        if not between or ":" in between or page.recent(floor, quote.first):
            start = quote.first
    elif before:
        start = max(draft.last for draft in before)
    first, last = trimmed(page.tokens, after_dateline(page, start), end)
    return [(first, last)] if last > first else []


def after_dateline(page: Page, first: int) -> int:
    """Step over what a report opens with: "PARIS (AP) - ", "(Reuters) - ", "WESTFIELD, Mass. - ", and a dateline of another form."""
    within = page.after_dateline(first)
    if within > first:
        return within
    match = DATELINE.match(page.tags, first)
    if match is None or not page.is_dash(match.end() - 1):
        return first
    word = page.tokens.slice(first, first + 1)
    return match.end() if word == "(" or (word.isupper() and len(word) > 2) else first


def is_parenthetical(page: Page, who: Phrase, what: Complement, floor: int) -> bool:
    """Tell "The plane, he said, was late" from "In Paris, he said the plane was late"."""
    quoted = page.ends_quote(who.first, strict=what.kind != "none")
    if what.kind == "that" and (quoted < 0 or page.lows[page.quotes[quoted].last - 2] != ","):
        return False
    if quoted >= 0 and who.how in ("noun", "pronoun", "apposition", "aside"):
        runs_on = page.lows[page.quotes[quoted].last - 2] != "." and page.tags[what.first - 1] == ","
        return what.kind != "quote" or page.is_term(what.first) or runs_on
    if who.first > floor and what.kind == "quote" and page.tags[who.first - 1] == ",":
        return runs_into(page, what.first)
    if who.first <= floor or what.kind == "quote":
        return False
    return page.tags[who.first - 1] in ",>-" and page.tags[what.first - 1] == ","


def runs_into(page: Page, quote: int) -> bool:
    """Tell a quotation that goes on with the sentence before its tag: "His plan, she said, “would fail”"."""
    start = page.tokens.starts[quote + 1] if page.tags[quote] == "<" else 0
    return page.tokens.text[start : start + 1].islower()


def tagged(
    page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement, floor: int, ceiling: int
) -> Draft | None:
    """Read "…, he said." and "…, he said, …"."""
    tags, lemma = page.tags, page.lemma(hit)
    went_on = page.lows[hit : hit + 2] in GOING_ON
    alone = went_on or what.kind != "none" or what.cue_last > hit + 1 or reports_alone(lemma)
    if who.how in ("shared subject", "relative") or group.shape == "ing" or not alone:
        return None
    quoted = page.ends_quote(who.first)
    if quoted < 0:
        ends = who.how != "pronoun" and tags[what.first : what.first + 1] in (".", "#")
        tags_clause = any(lemma in cues().groups[name] for name in (*TAGGING, *(("document",) if ends else ())))
        if who.first <= floor or tags[who.first - 1] not in ",-~" or not tags_clause:
            return None
        if what.first < ceiling and tags[what.first] not in ",.#;:<>-~SICWHGRY(A":
            return None
    content = left_content(page, who.first, floor, quoted)
    if not content:
        return None
    draft = with_rest(
        page, Draft(content, (group.first, what.cue_last + went_on), who, "tag", lemma), what.first, ceiling
    )
    return draft if quoted >= 0 or is_said(draft) else None


def reports_alone(lemma: str) -> bool:
    """Tell a verb that reports by itself from one that needs its phrase: "put (it)", "hold (talks)"."""
    return any(lemma in lemmas for lemmas in cues().groups.values())


def with_rest(page: Page, draft: Draft, at: int, ceiling: int) -> Draft:
    """Add what follows a tag in the middle of a sentence: "…, he said, …"."""
    tags, after = page.tags, at
    while at < ceiling and tags[at] not in ",<:.#;-~":
        at += 1
    if tags[at : at + 2] in (",H", ",W"):  # "…," says X, who leads the works, "…"
        at = max(at, tags.find(",<", at, min(ceiling, at + INSERTED)))
    if at + 1 >= ceiling or tags[at] in ".#~;" or tags[after] == "G" or reports(page.tokens, after, at):
        return draft
    quoted = tags[draft.first] == "<"
    quote = page.quote_at(at + 1) if tags[at] in ",:-" else page.quote_at(at)
    if quote and quote.first in (at, at + 1):
        last = quote.last if quoted or page.between(page.hits, quote.last, ceiling) else max(quote.last, ceiling)
        draft.content.append(trimmed_end(page.tokens, quote.first, last))
    elif (
        tags[at] == ","
        and draft.rule == "tag"
        and (
            goes_on(page, at + 1, ceiling)
            if not quoted
            else tags[at + 1] not in "GWHSC<"
            and not SUMMARY.match(tags, at + 1)
            and tags[at + 1 : at + 3] != "IG"
            and not acts(tags, at + 1)
        )
    ):
        first, last = trimmed(page.tokens, at + 1, end_before_next(page, at + 1, ceiling, at, []))
        if last - first >= 2 and not (quoted and FINITE.search(tags, first, last) is None):
            draft.content.append((first, last))
    return draft


def goes_on(page: Page, at: int, ceiling: int) -> bool:
    """Tell whether a report without quotation marks goes on after its tag: "…, they say, because …"."""
    tags = page.tags
    if tags[at : at + 2] in ("RG", "IG") or tags[at] in "GH<":
        return False
    if tags[at] == "W":
        return page.lows[at] in ("what", "how", "why")
    if tags[at] not in "SC":
        return True
    follows = page.lows[at] in REASON or (tags[at] == "C" and tags[at + 1] in "VA")
    return follows and not page.between(page.hits, at, ceiling)


def acts(tags: str, at: int) -> bool:
    """Tell whether a verb comes next: after a quotation the speaker does something more."""
    return tags[at] in "VE" or tags[at : at + 2] in ("RV", "RE") or MANNER.match(tags, at) is not None
