"""Direct quotations beside a verb of speech, in languages whose grammar is not read: by marks and by the words beside them, nothing else.

The tag stands after the quotation („…“, sagte die Direktorin Olena Beispiel; “…,”市长表示; "…" dedi), or before it (Burmistrz oświadczył: „…”;
館長の山田見本さんは「…」と述べた). What stands beside the verb is the speaker, as printed: its name is told where capitals tell it, else the
whole stands as the role.
"""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from vestige.reading._model import Span, Statement
from vestige.reading.layout._people import begins_with_given_name
from vestige.reading.text._languages import language_of, words_of

_MARKS = {
    "de": r"»[^«»]{4,2000}«|‚[^‚‘]{8,2000}‘",
    "he": r"״[^״\n]{8,2000}״|”[^“”\n]{8,2000}“",
    "ka": r"„[^„“”]{4,2000}[“”]",
}
_ANY_MARKS = r"«[^«»]{4,2000}»|„[^„“”]{4,2000}[“”]|“[^“”]{4,2000}”|「[^「」]{2,2000}」|『[^『』]{2,2000}』|\"[^\"\n]{8,2000}\"|”[^“”\n]{8,2000}”"
_UNSPACED = frozenset(("han", "kana"))
_STOPS = ".!?。！？؟\n;；"
_NEAR = 90
"""A tag lies within so many characters."""
_LONGEST = 12
"""A speaker has so many words at most."""
_NAME = re.compile(
    r"[^\W\d_a-zß-öø-ÿ][\w’'-]*(?: (?:(?:de|da|do|dos|del|la|van|von|der|el|al|bin) )?[^\W\d_a-zß-öø-ÿ][\w’'-]*)*$"
)
_WORD = r"[^\W\d_]+(?:[\u200c'’-][^\W\d_]+)*"
_SPACED_AFTER = re.compile(
    rf"[,،.]?\s*(?:[–—-]\s*)?(?P<verb>{_WORD})(?P<who>[^\S\n]+[^,،.:;!?–—()«»„“”\"״\n]{{2,{_NEAR}}})?(?P<aside>,[^\S\n]+[^,.:;!?–—()«»„“”\"\n]{{2,60}}(?=[.,;\n]|$))?"
)
_PARTICIPLES = ("en", "an")
"""In Turkish "… diyen müdür": the verb stands before who said it; a finite one stands last."""
_ENDS = frozenset(
    [
        "am",
        "im",
        "in",
        "vor",
        "nach",
        "gegenüber",
        "bei",
        "ante",
        "en",
        "durante",
        "tras",
        "al",
        "mientras",
        "cuando",
        "em",
        "na",
        "no",
        "ao",
        "à",
        "enquanto",
        "w",
        "we",
        "podczas",
        "und",
        "y",
        "e",
        "i",
    ]
)
_ARTICLES = frozenset(
    ["der", "die", "das", "ein", "eine", "el", "la", "los", "las", "un", "una", "o", "a", "os", "as", "um", "uma"]
)
_CLOSING = ' \t»”“"״』」’'


class _Tag(NamedTuple):
    who: Span | None
    cue: Span


def quotations(text: str, body: Sequence[Span], language: str) -> list[Span]:
    """Give the quotations of a text by their marks, in order."""
    marks = _marks(language)
    return [Span(*match.span()) for first, last in body for match in marks.finditer(text, first, last)]


def tagged(text: str, body: Sequence[Span], language: str, reader: str) -> Iterator[Statement]:
    """Give the quotations that stand beside a verb of speech with a speaker."""
    cues = words_of(language, "speech")
    unspaced = language_of(language).script in _UNSPACED
    for quote in quotations(text, body, language):
        tag = _unspaced(text, quote, cues) if unspaced else _spaced(text, quote, cues, verb_last=language == "tr")
        if tag is None or tag.who is None:
            continue
        name, role = _designation(text, tag.who, language)
        yield Statement(
            content=(quote,), manner="direct", speaker=tag.who, cue=tag.cue, name=name, role=role,
            resolved_by="as printed" if name else None, rule="quotation", reader=reader,
        )  # fmt: skip


@cache
def _marks(language: str) -> re.Pattern[str]:
    own = _MARKS.get(language)
    return re.compile(f"{own}|{_ANY_MARKS}" if own else _ANY_MARKS)


def _spaced(text: str, quote: Span, cues: frozenset[str], *, verb_last: bool) -> _Tag | None:
    return _after(text, quote, cues, verb_last=verb_last) or _before(text, quote, cues)


def _after(text: str, quote: Span, cues: frozenset[str], *, verb_last: bool) -> _Tag | None:
    """Read "…", VERB SPEAKER; and SPEAKER, "…" VERB, as Turkish has it."""
    match = _SPACED_AFTER.match(text, quote.end, quote.end + 2 * _NEAR)
    if match is None or match["verb"] not in cues:
        return None
    cue = Span(*match.span("verb"))
    if match["who"] and (not verb_last or match["verb"].endswith(_PARTICIPLES)):
        apposed = (
            match["aside"]
            and not verb_last
            and cues.isdisjoint(match["aside"].split())
            and not _ENDS & {match["aside"].split()[1]}
        )
        who = _trimmed(text, Span(match.start("who"), match.end("aside") if apposed else _end(match)))
        return _Tag(who, cue) if who else None
    start = _sentence_start(text, quote.start)
    who = _trimmed(text, Span(start, quote.start))
    return _Tag(who, cue) if who and text[who.end : quote.start].strip() in (",", "") else None


def _end(match: re.Match[str]) -> int:
    """Give where a speaker ends: before the day, the place or whom the words were said to."""
    for word in list(re.finditer(r"\S+", match["who"]))[1:]:
        if word[0] in _ENDS:
            return match.start("who") + word.start()
    return match.end("who")


def _before(text: str, quote: Span, cues: frozenset[str]) -> _Tag | None:
    """Read SPEAKER VERB: "…"."""
    start = _sentence_start(text, quote.start)
    lead = text[start : quote.start].rstrip()
    if not lead.endswith((":", "：", ",")):
        return None
    verbs = [match for match in re.finditer(_WORD, lead) if match[0] in cues]
    if not verbs:
        return None
    verb = verbs[-1]
    who = _trimmed(text, Span(start, start + verb.start()))
    return _Tag(who, Span(start + verb.start(), start + verb.end())) if who else None


def _unspaced(text: str, quote: Span, cues: frozenset[str]) -> _Tag | None:
    """Read SPEAKER VERB：“…”, “…”SPEAKER VERB, SPEAKER は「…」と VERB, 「…」と SPEAKER は VERB."""
    end = _sentence_end(text, quote.end)
    after = text[quote.end : end]
    start = _sentence_start(text, quote.start)
    before = text[start : quote.start]
    found = _verb(after, cues)
    if found and (
        lead := re.match(r"[，、,]?(?:と|って)?+(?P<who>[^，、,は「」“”]{1,24}?)(?:は|が)?$", after[: found[0]])
    ):
        who = _trimmed(text, Span(quote.end + lead.start("who"), quote.end + lead.end("who")))
        if who:
            return _Tag(who, Span(quote.end + found[0], quote.end + found[1]))
    topic = re.search(r"(?P<who>[^，、,：:「」“”]{1,30}?)(?:は|が)、?$", before)
    if found and topic:
        return _Tag(
            Span(start + topic.start("who"), start + topic.end("who")), Span(quote.end + found[0], quote.end + found[1])
        )
    found = _verb(before, cues)
    if found and before[found[1] :].strip("道：:，, ") == "" and (who := _trimmed(text, Span(start, start + found[0]))):
        return _Tag(who, Span(start + found[0], start + found[1]))
    return None


def _verb(words: str, cues: frozenset[str]) -> tuple[int, int] | None:
    """Give where the last verb of speech of some words stands, the longest that ends there."""
    hits = [(match.start(), match.end()) for cue in cues for match in re.finditer(re.escape(cue), words)]
    return max(hits, key=lambda hit: (hit[1], -hit[0])) if hits else None


def _sentence_start(text: str, at: int) -> int:
    start = max(text.rfind(stop, max(0, at - 3 * _NEAR), at) for stop in _STOPS) + 1
    start = max(start, at - 3 * _NEAR)
    while start < at and text[start] in _CLOSING:
        start += 1
    return start


def _sentence_end(text: str, at: int) -> int:
    found = [where for stop in _STOPS if (where := text.find(stop, at, at + _NEAR)) >= 0]
    return min(found) if found else min(len(text), at + _NEAR)


def _trimmed(text: str, span: Span) -> Span | None:
    """Give a speaker without blanks and commas around; None for nothing, and for more words than anybody is called by."""
    first, last = span
    while first < last and text[first] in " \t,،、，—–-":
        first += 1
    while last > first and text[last - 1] in " \t,،、，—–-":
        last -= 1
    words = text[first:last].split()
    return Span(first, last) if words and len(words) <= _LONGEST else None


def _designation(text: str, span: Span, language: str) -> tuple[str | None, str | None]:
    """Part a speaker into name and role by capitals; where a script has none the whole is the role."""
    who = " ".join(text[span.start : span.end].split())
    if language_of(language).script != "latin":
        return None, who
    printed, _, after = (part.strip() for part in who.partition(","))
    match = _NAME.search(printed)
    if match is None:
        return None, who
    before, names = printed[: match.start()].strip(), match[0].split()
    if names[0].lower() in _ARTICLES:
        before, names = f"{before} {names[0]}".strip(), names[1:]
    if not names:
        return None, who
    nouns = language == "de" or not before
    if nouns and (len(names) > 2 or (before and len(names) > 1)) and not begins_with_given_name(names[0]):
        before, names = f"{before} {names[0]}".strip(), names[1:]
    if len(names) < 2 and (nouns or before):
        return None, who
    return " ".join(names), after or before or None
