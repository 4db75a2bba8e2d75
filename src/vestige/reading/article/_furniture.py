"""Lines of page furniture that say what they are: heads of other sections, notes and buttons, captions."""

import re
from typing import Final, NamedTuple

from vestige.reading.text._languages import words_of_all

# Furniture is known by phrases anywhere in a line, which a search for plain text finds many times faster than one pattern for all.
NOTES = (
    "all rights reserved", "cookie", "privacy policy", "terms of use", "terms of service", "newsletter", "sign up", "subscribe", "click here",
    "facebook pixel", "©", "advertisement", "follow us", "share this", "share on", "share via", "related news", "related stories",
    "related articles", "download our app", "download the app", "your email", "javascript", "enable notifications", "most read",
    "most popular", "leave a reply", "leave a comment", "post a comment", "powered by",
)  # fmt: skip
NOTE_PARTS = ("login", "log in", "copyright ", "read more", "read also", "more in", "more from", "more on")
"""What a line must hold for ``NOTE`` to be tried."""
NOTE = re.compile(r"log ?in\b|copyright \d|read (?:more|also)\b|more (?:in|from|on)\b.{0,20}$")
NOTE_START = re.compile(r"https?://\S+$|\d{4}-\d\d-\d\dt[\d:+.z-]+$|related\b|click (?:to|here)\b")
REPLIES = "feed for comments"
REPLY_START = re.compile(r"\d+ (?:comments|replies|responses)\b|permalink\b|reply$")
CAPTIONS = ("image credit", "getty images", "ap photo", "photo by")
CAPTION = re.compile(r"\((?:image|photo|pic|picture|credit)s?\b")
CAPTION_START = re.compile(r"(?:image|photo|picture|credit|above)s?\b ?(?::|\d+ of)")

CLOSING_START = ("all rights reserved", "copyright", "©", "leave a reply", "leave a comment", "post a comment")
LONGEST_CLOSING = 100
"""Lines of so many characters or more close no page."""


class Phrases(NamedTuple):
    """Phrases by which furniture is known, wherever in a line they stand."""

    notes: tuple[str, ...]
    note_parts: tuple[str, ...]
    captions: tuple[str, ...]
    replies: tuple[str, ...]


ALL: Final = Phrases(NOTES, NOTE_PARTS, CAPTIONS, (REPLIES,))


def held(lines: str) -> Phrases:
    """Give the phrases that stand in some of these lines, so that each line is searched for no others."""
    return Phrases(*[tuple([phrase for phrase in phrases if phrase in lines]) for phrases in ALL])


def plain(line: str) -> str:
    """Give a line in the form in which it is compared: in small letters, with single blanks, without marks around it."""
    return " ".join(line.lower().split()).strip(" :»›>|•·-–—")


def kind_of_plain(low: str, phrases: Phrases) -> str:
    """Tell furniture by its plain form, by these phrases among others."""
    bare = low.strip("[]() ")
    if bare in words_of_all("section"):
        return "section"
    if bare in words_of_all("button"):
        return "note"
    if any(map(low.__contains__, phrases.replies)) or REPLY_START.match(bare):
        return "section"
    if NOTE_START.match(low) or any(map(low.__contains__, phrases.notes)):
        return "note"
    if any(map(low.__contains__, phrases.note_parts)) and NOTE.search(low):
        return "note"
    captioned = CAPTION_START.match(low) or any(map(low.__contains__, phrases.captions)) or CAPTION.search(low)
    return "caption" if captioned else ""


def closes_page(line: str) -> bool:
    """Tell a line that stands at the foot of a page, or opens its comments ("Privacy Policy", "Leave a reply")."""
    low = " ".join(line[:LONGEST_CLOSING].lower().split()).strip(" :»›>|•·-–—#*")
    return low in words_of_all("closing") or (len(line) < LONGEST_CLOSING and low.startswith(CLOSING_START))
