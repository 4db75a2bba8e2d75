"""A field of a body in the language of a reader: what was given in it, else the field as it stands."""

from collections.abc import Iterable

from vestige.entries._values import Name, Translation
from vestige.entries.kinds._body import Body


def require_translations(fields: tuple[str, ...], translations: Iterable[Translation]) -> None:
    """Raise ValueError for a translation of a field that cannot have one, and for a second in one language."""
    seen = set()
    for one in translations:
        if one.field not in fields:
            raise ValueError(f"expected a translation of {', '.join(fields)}, got one of {one.field!r}")
        key = (one.field, one.language.lower())
        if key in seen:
            raise ValueError(f"expected {one.field} once in {one.language}, got it twice")
        seen.add(key)


def said_in(body: Body, field: str, *languages: str) -> Name | None:
    """Give the text of a field in the first of the languages in which it was given, else as the field stands; None where it is empty.

    Languages are compared by their first part (BCP 47): ``pt`` finds ``pt-BR``. The result's language is None where nobody said which it is.
    """
    own = getattr(body, field)
    language = None if field in body.BY_KEEPER else getattr(body, "language", None)
    given = [Name(text=own, language=language)] if own else []
    given += [
        Name(text=one.text, language=one.language) for one in getattr(body, "translations", ()) if one.field == field
    ]
    for wanted in languages:
        for text in given:
            if text.language and _first(text.language) == _first(wanted):
                return text
    return given[0] if given else None


def _first(tag: str) -> str:
    return tag.partition("-")[0].lower()
