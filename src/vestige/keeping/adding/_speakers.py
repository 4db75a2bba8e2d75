"""Whether a speaker stands in the text as entered: what is not printed there is the keeper's, and says so."""

import unicodedata

import msgspec

from vestige.entries import Speaker, Statement

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
    given = tuple(field for field in _FIELDS if (words := getattr(speaker, field)) and _plain(words) not in printed)
    return msgspec.structs.replace(speaker, not_printed=given)


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())
