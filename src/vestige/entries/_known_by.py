"""What a person or body is told apart by where no actor says who it is: the name and organisation as a reader sees them."""

import re
import unicodedata

_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]")
"""Characters that no reader sees: two names that differ by them alone are one name twice."""


def known_by(name: str, organisation: str | None) -> str:
    """Give the name and organisation in lower-case letters, in compatibility form (NFKC), with single spaces and nothing unseen."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", f"{name} / {organisation or ''}"))
    return " ".join(seen.lower().split())
