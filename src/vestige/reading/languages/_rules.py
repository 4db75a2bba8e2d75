"""Direct speech, and plain reported clauses, in Azerbaijani, Armenian, Russian, Ukrainian, Arabic and French.

Simpler than the English rules: a quotation belongs to a reporting verb that stands beside it in the same sentence, or within it
between commas or dashes ("«…, — сказал он, — …»"), and the speaker is what stands beside that verb. A verb followed by the
language's "that" reports the rest of its sentence. "According to" is in ``_other_sources``.
"""

from vestige.reading.grammar._drafts import DIALOGUE, Draft, trimmed, trimmed_end
from vestige.reading.grammar._page import UNREADABLE, Page
from vestige.reading.grammar._phrases import Phrase
from vestige.reading.languages._dialogue import dialogue, opens_dialogue
from vestige.reading.languages._sources import according, cited, nominal
from vestige.reading.languages._speakers import run, speaker, with_name
from vestige.reading.text._languages import language_of, words_of
from vestige.reading.text._quotes import Quote

SHORTEST_SPEECH, SHORTEST_TAGGED = 5, 4
"""The least tokens of a quotation, its marks included: beside a verb, and with a comma or dash between."""
NEAR = 14
"""A verb belongs to a quotation at most so many tokens away."""
FULL_STOPS = frozenset((".", "\u2024"))
"""What stands for a colon where a full stop does."""


def find_statements(page: Page, language: str) -> None:
    """Find the statements of a text; they are added to ``page.drafts``."""
    cues, dashed = words_of(language, "speech"), language_of(language).dash_before_tag
    spoken = 0  # so far a paragraph is read already
    for floor, ceiling in page.sentences:
        if dashed and opens_dialogue(page, floor):
            drafts, spoken = dialogue(page, floor, language)
            page.drafts += drafts
        if ceiling <= spoken:
            continue
        verbs = [at for at in range(max(floor, spoken), ceiling) if page.lows[at].split("-")[0] in cues]
        for draft in according(page, floor, ceiling, language):
            add(page, draft)
        since = len(page.drafts)
        for position, at in enumerate(verbs):
            end = verbs[position + 1] if position + 1 < len(verbs) else ceiling
            found = read_verb(page, at, floor, ceiling, end, language)
            if found:
                cited(page, found, language)
                add(page, found)
        note_missed(page, floor, ceiling, verbs, since)


def note_missed(page: Page, floor: int, ceiling: int, verbs: list[int], since: int) -> None:
    """Keep a sentence with a reporting verb that gave no statement."""
    verb = next((at for at in verbs if page.quote_index(at) < 0), None)
    if verb is not None and len(page.drafts) == since and not is_taken(page, floor, ceiling):
        page.missed.append((floor, ceiling, verb, UNREADABLE))


def read_verb(page: Page, at: int, floor: int, ceiling: int, end: int, language: str) -> Draft | None:
    """Read one reporting verb; the next one stands at ``end``."""
    if page.quote_index(at) >= 0:
        return inserted(page, at, language)
    return (
        as_said(page, at, floor, ceiling, language)
        or quoted(page, at, floor, ceiling, language)
        or clause(page, at, floor, ceiling, end, language)
        or tag(page, at, floor, ceiling, language)
        or nominal(page, at, floor, language)
    )


def add(page: Page, draft: Draft) -> None:
    """Keep a draft whose words no other one holds; one without a subject goes on with the speaker before it."""
    if is_taken(page, draft.first, draft.last):
        return
    if draft.speaker is None and page.drafts:
        draft.speaker, draft.inferred = page.drafts[-1].speaker, page.drafts[-1].speaker is not None
    page.drafts.append(draft)


def is_taken(page: Page, first: int, last: int) -> bool:
    """Tell whether a statement before holds some of these words."""
    return any(a < last and first < b for old in page.drafts[-4:] for a, b in old.content)


def inserted(page: Page, verb: int, language: str) -> Draft | None:
    """Read a tag within a quotation: "«…, — сказал он, — …»", "« …, a-t-il dit, … »"."""
    quote = page.quote_at(verb)
    tags = page.tags
    if quote is None:
        return None
    first = verb
    while first > quote.first and (tags[first - 1] not in ",-.<" and verb - first < 3):
        first -= 1
    last = verb + 1
    while last < quote.last and tags[last] not in ",-.>" and last - verb < NEAR:
        last += 1
    dashed = "-" in tags[max(0, first - 2) : first]
    if first <= quote.first + 1 or tags[first - 1] not in ",-" or tags[last] not in (",-.>" if dashed else ","):
        return None
    who = tag_pronoun(page, verb, language) or run(page, verb + 1, last, 1, language)
    if who is None:
        return None
    content = [trimmed_end(page.tokens, quote.first, first), trimmed(page.tokens, last, quote.last)]
    content = [(a, b) for a, b in content if b - a > 1]
    return Draft(content, (verb, verb + 1), who, "quotation", page.lows[verb]) if content else None


def tag_pronoun(page: Page, verb: int, language: str) -> Phrase | None:
    """Give the pronoun within "ajoute-t-il", "a-t-elle (dit)"."""
    pronouns = words_of(language, "pronoun")
    for at in (verb, verb - 1):
        if at >= 0 and "-" in page.lows[at] and page.lows[at].rpartition("-")[2] in pronouns:
            return Phrase(at, at + 1, "pronoun")
    return None


def as_said(page: Page, verb: int, floor: int, ceiling: int, language: str) -> Draft | None:
    """Read "Как сообщает агентство «X», …" and "…, comme l'a indiqué le ministre."."""
    tags, first = page.tags, before_filler(page, verb, floor, language)
    first -= page.lows[first].startswith("l'") and first > floor
    if first < floor or page.lows[first] not in words_of(language, "as"):
        return None
    last = next((at for at in range(verb + 1, min(ceiling, verb + NEAR)) if tags[at] in ",.#"), -1)
    who = tag_pronoun(page, verb, language) or run(page, verb + 1, last, 1, language) if last > 0 else None
    if who is None:
        return None
    closing = tags.find(">", who.last, last) if tags[who.last] == "<" else -1
    who = who._replace(last=closing + 1) if closing > 0 else who
    if first - floor <= 1 and tags[last] == ",":
        content = trimmed_end(page.tokens, last + 1, page.end_with_quote(ceiling))
    elif first > floor and tags[first - 1] == "," and tags[last] in ".#":
        content = trimmed(page.tokens, floor, first)
    else:
        return None
    return Draft([content], (verb, verb + 1), who, "tag", page.lows[verb]) if content[1] - content[0] > 1 else None


def quoted(page: Page, verb: int, floor: int, ceiling: int, language: str) -> Draft | None:
    """Read a quotation beside a reporting verb: before it, or after it and a colon or comma."""
    quote = beside(page, verb, floor, ceiling, language)
    if quote is None or is_taken(page, quote.first, quote.last):
        return None
    low, high = (quote.last, ceiling) if quote.first < verb else (floor, min(ceiling, quote.first))
    who = tag_pronoun(page, verb, language) or speaker(page, verb, low, high, language)
    who = with_name(page, who) if who else None
    return Draft([(quote.first, quote.last)], (verb, verb + 1), who, "quotation", page.lows[verb])


def beside(page: Page, verb: int, floor: int, ceiling: int, language: str) -> Quote | None:
    """Give the quotation nearest to a verb, first the one before it."""
    at = verb
    while at > floor and verb - at < NEAR and page.tags[at - 1] not in ">.#":
        at -= 1
    before = page.quote_at(at - 1) if at > 0 and page.tags[at - 1] == ">" else None
    if before and before.last - before.first >= (SHORTEST_TAGGED if page.tags[at] in ",-" else SHORTEST_SPEECH):
        return before
    after = following(page, verb, ceiling, language)
    marked = after is not None and page.tags[after.first - 1] in ":,.-"
    shortest = SHORTEST_TAGGED if marked else SHORTEST_SPEECH
    return after if after and after.last - after.first >= shortest else None


def following(page: Page, verb: int, ceiling: int, language: str) -> Quote | None:
    """Give the quotation after a verb in its sentence."""
    at = verb + 1
    while at < ceiling and at - verb < NEAR and page.tags[at] not in "<#.":
        at += 1
    if (
        language_of(language).full_stop_as_colon
        and at + 1 < len(page.tags)
        and page.lows[at] in FULL_STOPS
        and at - verb <= 2
    ):
        return page.quote_at(at + 1) if page.tags[at + 1] == "<" else None
    return page.quote_at(at) if at < ceiling and page.tags[at] == "<" else None


def before_filler(page: Page, verb: int, floor: int, language: str) -> int:
    """Give the token before a verb and what is inserted before it: "(comme) l'a également (indiqué)"."""
    at = verb - 1
    while at > floor and page.lows[at] in words_of(language, "filler"):
        at -= 1
    return at


def joint(page: Page, verb: int, floor: int, language: str) -> int:
    """Give the mark of ", и добавил", ", et a ajouté", which leads back to the speaker of the sentence; -1 where there is none."""
    at = before_filler(page, verb, floor, language)
    return at - 1 if at > floor and page.tags[at - 1] in ",-" and page.lows[at] in words_of(language, "and") else -1


def shared(page: Page, verb: int, that: int, floor: int, language: str) -> Phrase | None:
    """Give the speaker of the report before ", добавив, что …" and ", и добавил, что …" in the same sentence."""
    last = page.drafts[-1] if page.drafts else None
    if last is None or last.speaker is None or last.cue is None or last.cue[0] < floor:
        return None
    again = joint(page, verb, floor, language) > 0 and run(page, verb + 1, that, 1, language) is None
    if page.tags[verb - 1] != "," and not again:
        return None
    return last.speaker._replace(how="shared subject") if last.speaker.how != "pronoun" else last.speaker


def clause(page: Page, verb: int, floor: int, ceiling: int, end: int, language: str) -> Draft | None:
    """Read "он заявил, что …", to the end of the sentence or a further "добавив, что …"; and "как заявил он, …"."""
    that = words_of(language, "that")
    for at in range(verb + 1, min(ceiling, verb + NEAR)):
        if page.lows[at].split("'")[0] in that:
            stop = before_next(page, at, end, ceiling, language)
            first, last = trimmed_end(page.tokens, at + language_of(language).that_is_no_content, stop)
            who = shared(page, verb, at, floor, language) or speaker(page, verb, floor, at, language)
            return Draft([(first, last)], (verb, verb + 1), who, "that", page.lows[verb]) if last - first > 2 else None
        if page.tags[at] in ".:;#<":
            break
    return None


def before_next(page: Page, that: int, end: int, ceiling: int, language: str) -> int:
    """Give where a reported clause ends: before ", добавив", and before ", и добавил, что", or with its sentence."""
    if end < ceiling and end > that:
        comma = joint(page, end, that, language)
        after = frozenset(low.split("'")[0] for low in page.lows[end + 1 : end + 3])
        if page.tags[end - 1] == ",":
            return end - 1
        if comma > that and not after.isdisjoint(words_of(language, "that")):
            return comma
    return page.end_with_quote(ceiling)


def tag(page: Page, verb: int, floor: int, ceiling: int, language: str) -> Draft | None:
    """Read "Le pont sera reconstruit, a affirmé la ministre.", "Мост, сообщил министр, восстановят"."""
    tags, auxiliary = page.tags, words_of(language, "filler")
    first = verb
    while first > floor and (page.lows[first - 1] in auxiliary or "-t-" in page.lows[first - 1]):
        first -= 1
    if not language_of(language).tags_sentences or first - floor < SHORTEST_TAGGED - 2 or tags[first - 1] != ",":
        return None
    last = verb + 1
    while last < ceiling and tags[last] not in ",.#" and last - verb < NEAR:
        last += 1
    who = tag_pronoun(page, verb, language) or run(page, verb + 1, last, 1, language)
    if who is None or tags[last : last + 1] not in tuple(",.#") or not is_source(page, who, language):
        return None
    content = [trimmed(page.tokens, floor, first), trimmed(page.tokens, last, ceiling)]
    content = [(a, b) for a, b in content if b > a]
    rule = DIALOGUE if opens_dialogue(page, floor) else "tag"
    return Draft(content, (first, verb + 1), who, rule, page.lows[verb]) if content and content[0][0] < first else None


def is_source(page: Page, who: Phrase, language: str) -> bool:
    """Tell a person or an institution, by a capital, a pronoun or a title, from an object."""
    lows = page.lows[who.first : who.last]
    return (
        who.how == "pronoun"
        or "X" in page.tags[who.first : who.last]
        or not words_of(language, "title").isdisjoint(lows)
    )
