"""Reports at second hand: the agency quoted the minister as saying that …; he was quoted by the agency as saying …; TASS, citing the ministry, said ….

Who speaks is who is quoted; whoever quotes only passes it on.
"""

from vestige.reading.english._complements import complement
from vestige.reading.english._left import left_content, with_rest
from vestige.reading.english._passives import before_by, by_phrase
from vestige.reading.english._right import reported
from vestige.reading.grammar._drafts import Draft
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup, noun_phrase_after, subject
from vestige.reading.text._lexicon import cues, words

QUOTING = frozenset(("quote", "quotes", "quoted", "quoting", "cite", "cites", "cited", "citing", "reported"))
LONGEST = 24
"""The most tokens between "quoted" and "as saying"."""


def told_at(page: Page, hit: int, ceiling: int) -> int:
    """Give the verb of "(quoted the minister) as saying", "as having said"; -1 where there is none."""
    if page.lows[hit] not in QUOTING:
        return -1
    for at in range(hit + 1, min(ceiling - 1, hit + LONGEST)):
        if page.lows[at] == "as" and page.quote_index(at) < 0:
            verb = at + 1 + (page.lows[at + 1] == "having")
            if verb < ceiling and page.lows[verb] in cues().forms and (verb > at + 1 or page.shape(verb) == "ing"):
                return verb
    return -1


def is_quoted(page: Page, hit: int, hits: list[int], ceiling: int) -> bool:
    """Tell whether a verb is what somebody is quoted as doing by another of the verbs: it has been read with that."""
    if page.lows[hit - 1] not in ("as", "having"):
        return False
    return any(told_at(page, other, ceiling) == hit for other in hits)


def quoted_as(
    page: Page, hit: int, group: VerbGroup, who: Phrase | None, floor: int, ceiling: int, later: list[int]
) -> Draft | None:
    """Read "quoted … as saying" around the verb at ``hit``; ``who`` is its subject."""
    verb = told_at(page, hit, ceiling)
    if verb < 0:
        return None
    cue = (verb - (page.lows[verb - 1] == "having"), verb + 1)
    if group.shape == "passive":
        begins = speaker = subject(page.tokens, group, floor)
        passed_on_by = by_phrase(page, before_by(page, hit + 1, verb), verb)
    else:
        speaker, passed_on_by = quoted_person(page, hit + 1, cue[0] - 1), who
        begins = who
    if speaker is None or begins is None:
        return None
    what = complement(page.tokens, verb, ceiling)
    if what.kind != "none":
        draft = reported(
            page, verb, VerbGroup(*cue, "ing"), speaker, what, floor, ceiling, [at for at in later if at > verb]
        )
    else:
        after = by_phrase(page, before_by(page, verb + 1, ceiling), ceiling) if group.shape == "passive" else None
        passed_on_by = after or passed_on_by
        draft = before(page, begins.first, cue, speaker, floor, ceiling, after.last if after else what.first)
    if draft is not None:
        draft.passed_on_by = passed_on_by
    return draft


def quoted_person(page: Page, first: int, last: int) -> Phrase | None:
    """Give who stands between "quoted" and "as": "him", "the minister, Ivan Petrov,"."""
    last -= page.tags[last - 1] == ","
    if last <= first or page.tags[first] not in "DXNQ0OP":
        return None
    end = first + 1 if page.tags[first] in "OP" else noun_phrase_after(page.tokens, first, last)
    fits = end == last or (first < end < last and page.tags[end] in ",IT")
    return Phrase(first, last, "pronoun" if page.tags[first] in "OP" else "noun") if fits else None


def before(
    page: Page, end: int, cue: tuple[int, int], speaker: Phrase, floor: int, ceiling: int, after: int
) -> Draft | None:
    """Read "“…,” the agency quoted him as saying": what was said stands before."""
    quoted = page.ends_quote(end)
    if quoted < 0 and (end <= floor or page.tags[end - 1] not in ",-"):
        return None
    content = left_content(page, end, floor, quoted)
    lemma = page.lemma(cue[1] - 1)
    return with_rest(page, Draft(content, cue, speaker, "tag", lemma), after, ceiling) if content else None


def cited(page: Page, hits: list[int], since: int, ceiling: int) -> None:
    """Read "TASS said, citing the ministry, that …" once TASS is read: the ministry said so too, and TASS passed it on.

    A name alone is no content: "citing Petrov" gives no statement of its own.
    """
    for hit in hits:
        last = noun_phrase_after(page.tokens, hit + 1, ceiling) if page.lows[hit] == "citing" else -1
        speaks = last > 0 and is_source(page, hit + 1, last)
        if last < 0 or not (speaks or set(page.tags[hit + 1 : last]) <= {"X", "Q"}):
            continue
        page.drafts[since:] = [
            draft for draft in page.drafts[since:] if not (draft.lemma == "cite" and draft.first == hit + 1)
        ]
        passed_on = next((draft for draft in page.drafts[since:] if draft.speaker and not draft.topic), None)
        if passed_on is None or not speaks:
            continue
        source = Draft(list(passed_on.content), (hit, hit + 1), Phrase(hit + 1, last, "noun"), "citing", "cite")
        source.passed_on_by = passed_on.speaker
        page.drafts.append(source)


def is_source(page: Page, first: int, last: int) -> bool:
    """Tell whether a noun phrase is somebody who speaks, by its head: an institution, an office, a group of people."""
    head = first
    while head < last and page.tags[head] not in "IT,(":
        head += 1
    low = page.lows[head - 1] if head > first else ""
    forms = {low, low.removesuffix("s")}
    known = words("institution") | words("people") | words("title")
    return forms.isdisjoint(words("document")) and not forms.isdisjoint(known)
