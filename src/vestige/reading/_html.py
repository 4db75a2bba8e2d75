"""A web page as text: what a reader would see, and where in it the article stands.

The text of a page is made by one fixed walk over its elements, so that the same bytes always give the same text and every
offset can be checked again. The article is found by trafilatura; its paragraphs are looked up in that text. Scripts and
styles are dropped, nothing is run, nothing is fetched.
"""

import re
from collections.abc import Sequence
from html import unescape

from lxml import etree, html
from msgspec import Struct

from vestige.reading._errors import ReadingError
from vestige.reading._model import Context, Reading, Span
from vestige.reading._page_bounds import is_bounded
from vestige.reading._read import read_body
from vestige.reading._reader import Reader
from vestige.reading.article._body import find_body

BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "button",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "optgroup",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "title",
        "tr",
        "ul",
        "video",
    ]
)
UNSEEN = frozenset(("script", "style", "noscript", "template", "svg", "head", "iframe", "object", "math", "canvas"))
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
SPACE = re.compile(r"\s+")
FEWEST_MATCHED = 0.5
"""Where less of the extracted article is found again in the text, the text's own lines are scored instead."""
FEWEST_LETTERS = 20
LOOKED_AHEAD = 200_000
LARGEST = 20_000_000
"""The largest page that is taken, in characters or bytes."""


class Printed(Struct, frozen=True, kw_only=True):
    """What a page says of itself, and where: shown to a person, never taken as fact."""

    value: str
    found_in: str


class PageReading(Struct, frozen=True, kw_only=True):
    """A page's text with its reading; every offset points into ``text``."""

    text: str
    reading: Reading
    title: Printed | None = None
    author: Printed | None = None
    date: Printed | None = None
    body_by: str = ""
    """What found the article: trafilatura, or the scoring of lines."""


class PageText(Struct, frozen=True, kw_only=True):
    """The text of a page as a reader sees it, where its article stands in it, and what it says of itself."""

    text: str
    body: tuple[Span, ...]
    title: Printed | None = None
    author: Printed | None = None
    date: Printed | None = None
    body_by: str = "line scores"


def read_page(page: str | bytes, *, context: Context | None = None, readers: Sequence[Reader] = ()) -> PageReading:
    """Read an HTML page. Raises ``ReadingError`` where it is too large or holds no element at all."""
    shown = page_text(page)
    return PageReading(
        text=shown.text,
        reading=read_body(shown.text, shown.body, context=context, readers=readers),
        title=shown.title,
        author=shown.author,
        date=shown.date,
        body_by=shown.body_by,
    )


def page_text(page: str | bytes) -> PageText:
    """Give the text of an HTML page and its article, unread. Raises ``ReadingError`` as `read_page` does."""
    if len(page) > LARGEST:
        raise ReadingError(
            f"a page of at most {LARGEST} bytes was expected, this one has {len(page)}", hint="save its article as text"
        )
    whole = page if isinstance(page, str) else page.decode(encoding_of(page), "replace")
    if not is_bounded(whole):  # nested deeper, or of more elements, than any page for people is: no library is shown it
        text = flat_text(whole)
        return PageText(text=text, body=find_body(text))
    tree = parsed(page)
    text = visible_text(tree)
    if len(text) < FEWEST_LETTERS:
        text = flat_text(whole)
    extracted = extract(tree)
    body, body_by = locate(text, extracted.get("text") or "")
    return PageText(
        text=text,
        body=body,
        title=printed(extracted.get("title"), "the page's title or heading"),
        author=printed(extracted.get("author"), "the page's metadata or byline"),
        date=printed(extracted.get("date"), "the page's metadata or text"),
        body_by=body_by,
    )


def parsed(page: str | bytes) -> html.HtmlElement:
    """Parse a page; bytes are decoded by their declaration, then as UTF-8, as browsers do."""
    parser = html.HTMLParser(
        huge_tree=True,
        remove_comments=True,
        remove_pis=True,
        encoding=None if isinstance(page, str) else encoding_of(page),
    )
    try:
        source = page.encode("utf-8", "surrogatepass").decode("utf-8", "replace") if isinstance(page, str) else page
        tree = html.document_fromstring(source, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ReadingError(
            f"an HTML page was expected: {error}", hint="is the file empty, or of another kind?"
        ) from error
    return tree


def encoding_of(page: bytes) -> str:
    """Give the encoding that a page declares, or UTF-8."""
    declared = re.search(rb"charset=[\"']?([\w-]{2,30})", page[:4096])
    name = declared.group(1).decode("ascii") if declared else "utf-8"
    try:
        page[:0].decode(name)
    except LookupError:
        return "utf-8"
    return name


def visible_text(tree: html.HtmlElement) -> str:
    """Give the text of a page, one line a block; without recursion, so that depth does not matter."""
    pieces: list[str] = []
    stack: list[tuple[html.HtmlElement, bool]] = [(tree, True)]
    while stack:
        element, entering = stack.pop()
        seen = isinstance(element.tag, str) and element.tag not in UNSEEN
        block = seen and element.tag in BLOCKS
        if not entering:
            pieces.append("\n" if block else "")
            pieces.append(SPACE.sub(" ", element.tail or ""))
        elif not seen:
            pieces.append(SPACE.sub(" ", element.tail or ""))
        else:
            pieces += ["\n" if block else "", SPACE.sub(" ", element.text or "")]
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line) + "\n"


def flat_text(page: str) -> str:
    """Give the text of a page nested too deeply for the parser: every tag is a line's end."""
    pieces: list[str] = []
    at = 0
    hidden = ""
    for tag in TAG.finditer(page):
        if not hidden:
            pieces.append(SPACE.sub(" ", unescape(page[at : tag.start()])).strip())
        name = tag.group(2).lower()
        if hidden and tag.group(1) and name == hidden:
            hidden = ""
        elif not hidden and not tag.group(1) and name in UNSEEN:
            hidden = name
        at = tag.end()
    pieces.append("" if hidden else SPACE.sub(" ", unescape(page[at:])).strip())
    return "\n".join(piece for piece in pieces if piece) + "\n"


def extract(tree: html.HtmlElement) -> dict[str, str | None]:
    """Give trafilatura's article, title, author and date; empty where it fails."""
    import trafilatura  # here, since loading it costs more than reading many plain texts

    try:
        found = trafilatura.bare_extraction(tree, include_comments=False, include_tables=True, with_metadata=True)
    except (ValueError, TypeError, AttributeError, RecursionError, etree.LxmlError):
        return {}
    if found is None:
        return {}
    return {name: getattr(found, name, None) for name in ("text", "title", "author", "date")}


def printed(value: str | None, found_in: str) -> Printed | None:
    """Wrap what the page says of itself."""
    return Printed(value=value, found_in=found_in) if value else None


def locate(text: str, article: str) -> tuple[tuple[Span, ...], str]:
    """Find the lines of an extracted article in the text of its page."""
    found: list[Span] = []
    at = matched = total = 0
    for line in article.splitlines():
        wanted = SPACE.sub(" ", line).strip(" -")
        total += len(wanted)
        where = text.find(wanted, at, at + LOOKED_AHEAD) if wanted else -1
        if where < 0:
            continue
        matched += len(wanted)
        at = where + len(wanted)
        if found and not text[found[-1].end : where].strip():
            found[-1] = Span(found[-1].start, at)
        else:
            found.append(Span(where, at))
    if total and matched >= FEWEST_MATCHED * total:
        return tuple(found), "trafilatura"
    return find_body(text), "line scores"
