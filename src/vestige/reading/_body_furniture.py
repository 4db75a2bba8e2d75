"""Lines of page furniture that say what they are: heads of other sections, notes and buttons, captions."""

import re

from vestige.reading._lexicon import words_of

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


def kind_of(line: str) -> str:
    """Tell furniture that says what it is: ``section`` ("Related News"), ``note`` ("Sign up for …"), ``caption``; else empty."""
    low = " ".join(line.lower().split()).strip(" :»›>|•·-–—")
    bare = low.strip("[]() ")
    if bare in words_of("all", "section"):
        return "section"
    if bare in words_of("all", "button"):
        return "note"
    if REPLIES in low or REPLY_START.match(bare):
        return "section"
    if NOTE_START.match(low) or any(map(low.__contains__, NOTES)):
        return "note"
    if any(map(low.__contains__, NOTE_PARTS)) and NOTE.search(low):
        return "note"
    captioned = CAPTION_START.match(low) or any(map(low.__contains__, CAPTIONS)) or CAPTION.search(low)
    return "caption" if captioned else ""


def closes_page(line: str) -> bool:
    """Tell a line that stands at the foot of a page, or opens its comments ("Privacy Policy", "Leave a reply")."""
    low = " ".join(line[:LONGEST_CLOSING].lower().split()).strip(" :»›>|•·-–—#*")
    return low in words_of("all", "closing") or (len(line) < LONGEST_CLOSING and low.startswith(CLOSING_START))
