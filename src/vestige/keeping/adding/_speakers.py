"""Whether a speaker stands in the text as entered: what is not printed there is the keeper's, and says so."""

import re
import unicodedata

import msgspec

from vestige.entries import Speaker, Statement

_ARABIC = re.compile("[\u0600-\u06ff]")
_BEFORE_ARABIC = "[\u0648\u0641\u0628\u0644\u0643]?(?:\u0627\u0644|\u0644)?"
"""And, then, in, to, as; and the article: written as one with the word."""
_INFLECTED = re.compile("[\u0400-\u058f\u0600-\u06ff\u10a0-\u10ff]")
"""Cyrillic, Armenian, Arabic and Georgian letters."""
_LONG_ENOUGH = 4
_FIELDS = ("name", "role", "organisation")


def speakers_checked(body: Statement, text: str) -> Statement:
    """Mark what of the speakers of a statement is not printed in its text; case, line breaks and forms of letters aside."""
    printed = _plain(text)
    return msgspec.structs.replace(
        body,
        speaker=_checked(body.speaker, printed),
        reported_via=tuple(_checked(one, printed) for one in body.reported_via),
    )


def _checked(speaker: Speaker, printed: str) -> Speaker:
    given = tuple(field for field in _FIELDS if (words := getattr(speaker, field)) and not _stands(words, printed))
    return msgspec.structs.replace(speaker, not_printed=given)


def _stands(words: str, printed: str) -> bool:
    """Whether words stand in a text as words of their own: with an ending where their script is one of inflected languages, an article before Arabic."""
    plain = _plain(words)
    before = rf"(?<!\w)(?:{_BEFORE_ARABIC})?" if _ARABIC.match(plain) else r"(?<!\w)"
    ending = r"\w{0,3}" if len(plain) >= _LONG_ENOUGH and _INFLECTED.search(plain[-1]) else ""
    return re.search(f"{before}{re.escape(plain)}{ending}(?!\\w)", printed) is not None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
