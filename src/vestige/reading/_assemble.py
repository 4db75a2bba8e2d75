"""From drafts to statements: the manner is told, speakers are named, positions become characters."""

from bisect import bisect_left, bisect_right

from vestige.reading._model import Manner, Place, PossibleStatement, Span, Statement
from vestige.reading.english._nesting import nested
from vestige.reading.grammar._continuations import join_quotes, quotes_within
from vestige.reading.grammar._drafts import DIALOGUE, Draft
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase
from vestige.reading.speakers._speakers import Resolved, Speakers
from vestige.reading.text._tokens import Tokens

READER = "vestige rules 1"
DIRECT = 0.9
"""The share of characters in quotation marks from which a content is direct speech."""


def statements(page: Page, places: tuple[Place, ...], *, english: bool = True) -> tuple[Statement, ...]:
    """Give the statements whose drafts the rules have left on a page."""
    drafts = join_quotes(page)
    if not drafts:
        return ()
    drafts = sorted(drafts + (nested(page, drafts) if english else []), key=lambda draft: (draft.first, -draft.last))
    speakers = Speakers(page.tokens, english=english)
    quoting = {id(draft): quoter(draft, draft.passed_on_by) for draft in drafts if draft.passed_on_by}
    resolved = speakers.name_all([*drafts, *quoting.values()])[: len(drafts)]
    mentioned = sorted((place.span.start, index) for index, place in enumerate(places))
    found = []
    for draft, who in zip(drafts, resolved, strict=True):
        content = spans(page.tokens, draft.content)
        about = about_places(content, places, mentioned)
        found.append(statement(draft, page, who, content, about, via(draft, quoting.get(id(draft)), speakers)))
    return tuple(found)


def quoter(draft: Draft, who: Phrase) -> Draft:
    """Give who quotes a speaker as a speaker within that statement, to be named like any other."""
    return Draft(draft.content, None, who, draft.rule, nested_in=draft)


def statement(
    draft: Draft,
    page: Page,
    who: Resolved,
    content: tuple[Span, ...],
    about: tuple[int, ...],
    reported_via: tuple[str, ...],
) -> Statement:
    """Turn a draft and its speaker into a statement."""
    entity, what = who.entity, who.what
    return Statement(
        content=content,
        manner=manner_of(draft, page),
        speaker=span(page.tokens, draft.speaker.first, draft.speaker.last) if draft.speaker else None,
        cue=span(page.tokens, *draft.cue) if draft.cue else None,
        name=entity.name if entity else what.name,
        role=(entity.role if entity else None) or what.role,
        organisation=(entity.organisation if entity else None) or what.organisation,
        resolved_by=who.step,
        reported_via=reported_via,
        about=about,
        rule=draft.rule,
        inferred=draft.inferred,
        reader=READER,
    )


def spans(tokens: Tokens, pieces: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Turn token ranges into character spans, in order."""
    return tuple([span(tokens, first, last) for first, last in sorted(pieces)])


def span(tokens: Tokens, first: int, last: int) -> Span:
    """Turn a token range into a character span."""
    return Span(tokens.starts[first], tokens.end(last - 1))


def manner_of(draft: Draft, page: Page) -> Manner:
    """Tell whether the content stands in quotation marks, in part, or not."""
    if draft.topic:
        return "topic"
    if draft.rule == DIALOGUE:
        return "direct"
    total = quoted = 0
    for first, last in draft.content:
        total += extent(page.tokens, first, last)
        for index in quotes_within(page, [(first, last)]):
            quote = page.quotes[index]
            if draft.nested_in is None or quote.first >= draft.first:
                quoted += extent(page.tokens, max(first, quote.first), min(last, quote.last))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= DIRECT * total else "mixed"


def extent(tokens: Tokens, first: int, last: int) -> int:
    """Give the characters from one token to another."""
    return tokens.end(last - 1) - tokens.starts[first]


def via(draft: Draft, quoting: Draft | None, speakers: Speakers) -> tuple[str, ...]:
    """Give those who passed a statement on, nearest to the text first: who it is nested in, then who quotes."""
    chain = [quoting] if quoting is not None else []
    outer = draft.nested_in
    while outer is not None:
        chain.insert(0, outer)
        outer = outer.nested_in
    names = (speakers.names.get(id(link)) or printed(link, speakers.tokens) for link in chain)
    return tuple(name for name in names if name)


def printed(draft: Draft, tokens: Tokens) -> str:
    """Give a speaker without a name as printed: "local media"; nothing for a pronoun, which says nothing by itself."""
    who = draft.speaker
    return tokens.slice(who.first, who.last) if who is not None and tokens.tags[who.first] not in "PBHWO" else ""


def about_places(
    content: tuple[Span, ...], places: tuple[Place, ...], mentioned: list[tuple[int, int]]
) -> tuple[int, ...]:
    """Give the places mentioned in a content; "these territories" counts as the places that it stands for."""
    found: dict[int, None] = {}
    for first, last in content:
        for _, index in mentioned[bisect_left(mentioned, (first, -1)) : bisect_left(mentioned, (last, -1))]:
            found |= dict.fromkeys(places[index].refers_to or (index,))
    return tuple(found)


def possible(page: Page, found: tuple[Statement, ...] = ()) -> tuple[PossibleStatement, ...]:
    """Give the sentences that look like a report of speech and gave no statement, or one without anybody who speaks."""
    tokens = page.tokens
    firsts = [first for first, _ in page.sentences]
    missed = list(page.missed)
    for one in found if tokens.starts else ():
        if not (one.speaker or one.name or one.role or one.organisation):
            cue = max(0, bisect_right(tokens.starts, (one.cue or one.content[0])[0]) - 1)
            first, last = page.sentences[bisect_right(firsts, cue) - 1]
            missed.append((first, last, cue, "nobody is named who said it"))
    return tuple(
        PossibleStatement(sentence=span(tokens, *bare(tokens, first, last)), cue=span(tokens, hit, hit + 1), why=why)
        for first, last, hit, why in sorted(missed)
    )


def bare(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Drop paragraph ends from a sentence."""
    while last > first + 1 and tokens.tags[last - 1] == "#":
        last -= 1
    while first < last - 1 and tokens.tags[first] == "#":
        first += 1
    return first, last
