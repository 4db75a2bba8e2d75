"""Turns by their labels: "MS HALABI: …", "Q: …", "Question: …", "Modelska: …", and questions of an interview that stand alone.

What a label opens goes to the end of its paragraph, and on through the paragraphs that follow, up to the next label or question. Labels count where at least three lines of a text have one: in capitals, of a part
(Q, A, Question, Interviewer), or the name of somebody whom the text names in full, so that a heading with a colon is none. Who answers
to "A" is the one person whom the text introduces before the first question; where it introduces several, the label stands as the role.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from vestige.reading._model import Span
from vestige.reading.layout._people import FULL_NAME, introduced, is_titled

FEWEST_LABELS = 3
_PART = r"(?:[QA]\d{0,2}|Questions?|Answers?|Question \d{1,2}|Answer \d{1,2}|Interviewer|Interviewee|Journalist|Reporter|Moderator|Host|Presenter|Correspondent)"
_CAPITALS = r"[A-ZÀ-Þ][A-ZÀ-Þ.’'\-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ.’'\-]*){0,4}"
_MIXED = r"[A-ZÀ-Þ][\w’'.\-]*(?: [\w’'.\-]+){0,4}"
_LABELLED = re.compile(
    rf"^[ \t]*[*_]{{0,2}}(?P<who>(?:{_PART}|{_CAPITALS}|{_MIXED})(?: \([^()\n]{{1,40}}\))?)"
    r"(?P<cue>:|(?<=\b[QA])\.|(?<=\b[QA]\d)\.)[*_]{0,2}[ \t]+(?P<said>\S[^\n]{2,4000})$",
    re.MULTILINE,
)
_PARTS = re.compile(rf"{_PART}(?: \([^()\n]{{1,40}}\))?")
_IN_CAPITALS = re.compile(rf"{_CAPITALS}(?: \([^()\n]{{1,40}}\))?")
_ANSWERS = re.compile(r"(?:A\d{0,2}|Answers?|Answer \d{1,2}|Interviewee|ANSWERS?|INTERVIEWEE)")
_ASKS = re.compile(r"(?:Q\d{0,2}|Questions?|Question \d{1,2}|Interviewer|Journalist|Reporter|QUESTIONS?|INTERVIEWER)\b")
_INTERVIEW = re.compile(
    r"\b(?:interview(?:ed|s)?|q ?& ?a|q and a|in conversation|questions (?:to|for)|spoke (?:to|with)|talks? (?:to|with))\b",
    re.IGNORECASE,
)
_INTRODUCED = re.compile(
    rf"\b(?:[Ii]nterview(?:ed|s|ing)?(?: with)?|(?:spoke|speaks|talked|talks?|sat down|conversation|met)(?: (?:to|with))?|questions (?:to|for)|asked) "
    rf"(?:the [\w -]{{3,40}}?,? |[a-z][\w -]{{2,30}}? )?(?P<name>{FULL_NAME})"
)
_LONGEST_QUESTION = 300
_HOLDING = re.compile(r"^[^\n]*\S[^\n]*$", re.MULTILINE)
_QUOTED = frozenset("“\"«‘'")
_ADDRESSES = re.compile(r"\b(?:you|your)\b", re.IGNORECASE)
_FIRST_PERSON = re.compile(r"\b(?:I|we|my|our|I'm|I've|yes|no)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\[.*\]|\(.*\)|[*_#~\W]+")
"""A line of the editor's within a turn: "[Applause]", "(laughs)", "* * *"."""
_SENTENCE = re.compile(r"[.!?…:;][\"”»’'*_)\]]*$")
_OF_EDITORS = re.compile(
    r"\b(?:interview|conversation|transcript|remarks|q ?& ?a)\b.{0,80}\b(?:edited|condensed|shortened|translated|conducted|recorded|abridged|published)\b"
    r"|^(?:this|the) (?:interview|conversation|transcript)\b|^(?:read more|see also|photo|image|editor)\b",
    re.IGNORECASE,
)
FEWEST_OF_PEOPLE = 2
"""Labels of people that make the lines of a text a conversation, so that paragraphs between them belong to somebody."""
_FORMS_OF_ADDRESS = frozenset(("mr", "mrs", "ms", "dr", "sir", "dame", "gen", "col", "prof", "sen", "rep", "amb"))


class Turn(NamedTuple):
    """What one speaker says in a transcript or an interview."""

    content: Span
    who: Span
    cue: Span
    name: str | None
    role: str | None
    step: str | None
    """How the name was found; None where there is none."""
    further: bool = False
    """Whether this is a paragraph after the first of what a label or a question opened."""


def labelled(text: str, body: Sequence[Span], places: Sequence[tuple[int, int]]) -> Iterator[Turn]:
    """Give the turns of a transcript or an interview in the order of the text."""
    matches = [match for first, last in body for match in _LABELLED.finditer(text, first, last)]
    people: list[str] = []
    labels: list[re.Match[str]] = []
    if len(matches) >= FEWEST_LABELS:
        people = introduced(text[body[0].start : matches[0].start()], places)
        labels = _counted(matches, people)
        labels = labels if len(labels) >= FEWEST_LABELS else []
    interview = _is_interview(text, body, labels)
    if not labels and not interview:
        return
    answers = _interviewee(text[: labels[0].start()] if labels else _opening(text, body), places)
    turns = [_turn(match, people, answers) for match in labels]
    if answers and interview:
        turns += _unlabelled(text, body, labels, answers)
    yield from turns
    if turns and (interview or sum(turn.name is not None for turn in turns) >= FEWEST_OF_PEOPLE):
        yield from _further(text, body, turns)


def _turn(match: re.Match[str], people: Sequence[str], answers: str | None) -> Turn:
    name, role, step = _label(match["who"], people, answers)
    return Turn(_said(match), Span(*match.span("who")), Span(*match.span("cue")), name, role, step)


def _said(match: re.Match[str]) -> Span:
    """Give what a label opens, without the marks of Markdown around it."""
    return Span(match.start("said"), match.start("said") + len(match["said"].rstrip("*_ \t")))


def _counted(matches: list[re.Match[str]], people: Sequence[str]) -> list[re.Match[str]]:
    """Give the lines whose labels are of a part, in capitals, or recur and name somebody."""
    count = Counter(match["who"] for match in matches)
    known = {part.lower() for name in people for part in (name, name.split()[-1], name.split()[0])}

    def counts(who: str) -> bool:
        if _PARTS.fullmatch(who) or _IN_CAPITALS.fullmatch(who):
            return True
        addressed = who.split(maxsplit=1)[0].rstrip(".").lower() in _FORMS_OF_ADDRESS
        return count[who] > 1 and (who.lower() in known or addressed or is_titled(who))

    found = [match for match in matches if counts(match["who"])]
    several = len({match["who"] for match in found}) > 1
    return (
        found
        if several
        else [match for match in found if _IN_CAPITALS.fullmatch(match["who"]) or _PARTS.fullmatch(match["who"])]
    )


def _label(who: str, people: Sequence[str], answers: str | None) -> tuple[str | None, str | None, str | None]:
    """Tell a person's label ("MR. DE VRIES", "MODELSKA", "AM") from that of a part ("QUESTION (Reuters)", "Q")."""
    if _ANSWERS.fullmatch(who):
        return (answers, None, "interviewee") if answers else (None, who, None)
    first, *more = who.split()
    if first.rstrip(".").lower() in _FORMS_OF_ADDRESS and more:
        return who, None, "as printed"
    low = who.lower()
    for name in people:
        parts = name.lower().split()
        if low == name.lower():
            return name, None, "full name"
        if low in parts:
            return name, None, "surname" if low == parts[-1] else "short form"
        if len(who) > 1 and who.rstrip(".") == "".join(part[0] for part in name.split()):
            return name, None, "acronym"
    return None, who, None


def _opening(text: str, body: Sequence[Span]) -> str:
    """Give what stands before the first line that is a question, of the article."""
    first = body[0].start if body else 0
    for match in re.finditer(r"^[^\n]*\?[ \t]*$", text[first:], re.MULTILINE):
        return text[first : first + match.start()]
    return ""


def _interviewee(before: str, places: Sequence[tuple[int, int]]) -> str | None:
    """Give the one person whom the words before the first question introduce, or who is said to be interviewed."""
    told = {match["name"] for match in _INTRODUCED.finditer(before)}
    people = introduced(before, places)
    asked = [name for name in people if any(name in one or one.endswith(name.split()[-1]) for one in told)]
    return asked[0] if len(asked) == 1 else people[0] if len(people) == 1 else None


def _is_interview(text: str, body: Sequence[Span], labels: Sequence[re.Match[str]]) -> bool:
    """Tell an interview: it has questions with labels, or says in its first lines that it is one."""
    if any(_ASKS.match(match["who"]) for match in labels):
        return True
    return not labels and _INTERVIEW.search(_opening(text, body)) is not None


def _unlabelled(text: str, body: Sequence[Span], labels: Sequence[re.Match[str]], answers: str) -> Iterator[Turn]:
    """Give the answers to questions that are paragraphs of their own; without labels at least two of them."""
    starts = {match.start() for match in labels}
    found = []
    for first, last in body:
        lines = list(_HOLDING.finditer(text, first, last))
        for question, answer in pairwise(lines):
            free = question.start() not in starts and answer.start() not in starts
            if free and _is_asked(question[0].strip(), answer[0].strip()):
                start = answer.start() + len(answer[0]) - len(answer[0].lstrip())
                found.append((Span(start, answer.start() + len(answer[0].rstrip())), Span(*question.span())))
    if labels or len(found) > 1:
        for answered, asked in found:
            yield Turn(answered, answered, asked, answers, None, "interviewee")


def _further(text: str, body: Sequence[Span], turns: Sequence[Turn]) -> Iterator[Turn]:
    """Give the paragraphs that go on with what a label or a question opened, each as a turn of the same speaker.

    After the last turn an article may go on in its author's words, so there only what speaks of itself belongs to it.
    """
    opened = {text.rfind("\n", 0, turn.content.start) + 1: turn for turn in turns}
    asked = {turn.cue.start for turn in turns if turn.who == turn.content}
    last, current = max(opened), None
    for line in (line for first, end in body for line in _HOLDING.finditer(text, first, end)):
        start = text.rfind("\n", 0, line.start() + 1) + 1
        said = line[0].strip()
        if start in opened or line.start() in asked:
            current = opened.get(start)
        elif current and not _ASIDE.fullmatch(said):
            current = current if _goes_on(said, current, after_last=start > last) else None
            if current:
                begin = line.start() + len(line[0]) - len(line[0].lstrip())
                yield current._replace(content=Span(begin, begin + len(said)), further=True)


def _goes_on(said: str, turn: Turn, *, after_last: bool) -> bool:
    """Tell whether a paragraph is more of a turn: no heading, no other's label, not of the speaker as of a third, no word of the editor's."""
    label = _LABELLED.match(said)
    if not _SENTENCE.search(said) or _OF_EDITORS.search(said):
        return False
    if label and all(word[0].isupper() for word in re.findall(r"\w+", label["who"])):
        return False
    own = _FIRST_PERSON.search(said) is not None
    named = (
        turn.name is not None and re.search(rf"\b{re.escape(turn.name.split()[-1])}\b", said, re.IGNORECASE) is not None
    )
    return own or not (named or after_last)


def _is_asked(asked: str, said: str) -> bool:
    """Tell a question to somebody and what that person answers."""
    fits = (
        asked.endswith("?") and not said.endswith("?") and len(asked) <= _LONGEST_QUESTION and asked[0] not in _QUOTED
    )
    return fits and bool(_ADDRESSES.search(asked) or _FIRST_PERSON.search(said))
