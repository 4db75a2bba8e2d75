"""`read`: one text in, one reading out. Pure: no file, no network, no clock."""

from collections.abc import Sequence
from hashlib import sha256

from vestige.reading._assemble import READER, possible, statements
from vestige.reading._model import Context, Reading, Span
from vestige.reading._reader import Reader, all_proposed
from vestige.reading._unread import unread_signs
from vestige.reading.article._body import find_body
from vestige.reading.english import _rules as _english
from vestige.reading.grammar._page import Page
from vestige.reading.languages import _rules as _other_languages
from vestige.reading.languages._tagged import tagged
from vestige.reading.layout._attributed import attributed, not_laid_out
from vestige.reading.places._places import places_among
from vestige.reading.text._language import detect_language
from vestige.reading.text._languages import CODES, reading
from vestige.reading.text._pieces import cut
from vestige.reading.text._tokens import tokenize

WHOLE = 0.9
"""From this share on, the language of the text is that of its body."""


def read(text: str, *, context: Context | None = None, readers: Sequence[Reader] = ()) -> Reading:
    """Read one preserved news text; every offset in the reading points into ``text``.

    The text may be a bare article or the text of a whole page, in any language; statements are found in English with all
    rules, in Azerbaijani, Armenian, Russian, Ukrainian, Arabic and French with those for direct speech and plain clauses.
    ``readers`` propose further statements, see ``Reader``.
    """
    language = detect_language(text)
    body = find_body(text, language)
    inside = sum(last - first for first, last in body) > WHOLE * len(text)
    return read_body(text, body, context=context, readers=readers, language=language if inside else None)


def read_body(
    text: str,
    body: tuple[Span, ...],
    *,
    context: Context | None = None,
    readers: Sequence[Reader] = (),
    language: str | None = None,
) -> Reading:
    """Read a text whose article is known to stand at ``body``."""
    language = language or detect_language(" ".join(text[first : min(last, first + 3000)] for first, last in body[:3]))
    stretches = cut(text, body)
    places = places_among(text, stretches, language, context)
    page = Page(tokenize(text, stretches))
    if language == "en":
        _english.find_statements(page)
    elif reading(language):
        _other_languages.find_statements(page, language)
    found = statements(page, places, english=language == "en")
    if language == "en":
        found = attributed(text, body, found, places, READER)
    elif language in CODES and not reading(language):
        found = tuple(tagged(text, body, language, READER))
    found = (*found, *all_proposed(readers, text, body, language))
    return Reading(
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        language=language,
        body=body,
        statements=found,
        possible=unread_signs(page, found, not_laid_out(possible(page, found), found), body, language),
        places=places,
    )
