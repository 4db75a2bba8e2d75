"""Telegram: what its desktop program exports (pages and JSON) and the channel page of t.me. Each message keeps its day and whose words it passes on."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from msgspec.structs import replace

from vestige.capture._text import decode
from vestige.capture.documents._document import Document, DocumentError, Piece, put_together, said
from vestige.reading import is_bounded, parsed, visible_text

_JSON = re.compile(rb'\A\s*\{\s*"(?:name|about|type|id|chats)"\s*:')
_DAY = re.compile(r"(\d{2})\.(\d{2})\.(\d{4}) (\d{2}:\d{2})")
_ID = re.compile(r"(\d+)\Z")


def tells(data: bytes) -> bool:
    """Whether bytes are a page of an export or of a channel."""
    head = data[:200_000]
    return b"tgme_widget_message_text" in head or (b'"message default' in head and b"page_body chat_page" in head)


def tells_json(data: bytes) -> bool:
    """Whether bytes are an export in JSON."""
    return _JSON.match(data[:400]) is not None and b'"messages"' in data[:4000] and b'"type"' in data[:4000]


def read(data: bytes) -> Document:
    """Read the messages of a page."""
    page = decode(data, "text/html").text
    if not is_bounded(page):
        raise DocumentError("the page is nested deeper than any export of Telegram is")
    root = parsed(page)
    pieces = [*_exported(root), *_of_channel(root)]
    name = _first(root, "page_header") if _having(root, "page_header") else None
    title = name or next((tag.get("content") for tag in root.iter("meta") if tag.get("property") == "og:title"), None)
    return replace(put_together(pieces), title=said(title, "the name of the chat or channel"))


def read_json(data: bytes) -> Document:
    """Read the messages of an export in JSON."""
    chat = json.loads(decode(data).text)
    if "messages" not in chat and isinstance(chat.get("chats"), dict):
        raise DocumentError("the export holds several chats", hint="export one chat, and add it alone")
    messages = chat.get("messages")
    if not isinstance(messages, list):
        raise DocumentError("expected a list of messages, found none")
    name = chat.get("name")
    rows = [row for row in messages if isinstance(row, dict) and row.get("type", "message") == "message"]
    found = put_together(_from_json(rows))
    silent = sum(not _said(row).strip() for row in rows)
    remarks = (
        (f"{silent:,} of {len(rows):,} messages hold no words (pictures, films, places) and are not read",)
        if silent
        else ()
    )
    return replace(
        found,
        remarks=found.remarks + remarks,
        title=said(name if isinstance(name, str) else None, "the name of the chat or channel"),
    )


def _from_json(messages: list[dict[str, Any]]) -> Iterator[Piece]:
    for row in messages:
        text, by = _said(row), row.get("forwarded_from") or row.get("saved_from")
        when = str(row.get("date") or "")[:16].replace("T", " ")
        if text.strip():
            yield _piece(text, str(row.get("id", "")), when, str(by) if by else None)


def _said(row: dict[str, Any]) -> str:
    """Give the words of a message, and the question and answers of a poll."""
    poll = row.get("poll")
    asked = (
        [poll.get("question"), *(poll["answers"] if isinstance(poll.get("answers"), list) else ())]
        if isinstance(poll, dict)
        else []
    )
    return "\n".join(filter(None, (_plain(row.get("text")), *map(_plain, asked))))


def _plain(text: Any) -> str:
    """Give the words of a message, whose marked parts are values of their own."""
    parts = text if isinstance(text, list) else [text]
    found = (part.get("text") if isinstance(part, dict) else part for part in parts)
    return "".join(part for part in found if isinstance(part, str))


def _exported(root: etree._Element) -> Iterator[Piece]:
    for message in _having(root, "message"):
        classes = (message.get("class") or "").split()
        if "default" not in classes:
            continue
        when = next((date.get("title") for date in _having(message, "date") if date.get("title")), "")
        day = _DAY.search(when or "")
        stamp = f"{day[3]}-{day[2]}-{day[1]} {day[4]}" if day else ""
        forwards = _having(message, "forwarded")
        by = _own(_having(forwards[0], "from_name")) if forwards else None
        number = _ID.search(message.get("id") or "")
        text = "\n".join(visible_text(text).strip() for text in _having(message, "text"))
        if text:
            yield _piece(text, number[1] if number else "", stamp, by)


def _of_channel(root: etree._Element) -> Iterator[Piece]:
    for message in _having(root, "tgme_widget_message"):
        stamp = next((str(tag.get("datetime")) for tag in message.iter("time") if tag.get("datetime")), "")
        by = _own(_having(message, "tgme_widget_message_forwarded_from_name"))
        number = _ID.search(message.get("data-post") or "")
        texts = [
            text
            for text in _having(message, "tgme_widget_message_text")
            if not _within(text, "tgme_widget_message_reply")
        ]
        text = "\n".join(visible_text(text).strip() for text in texts)
        if text:
            yield _piece(text, number[1] if number else "", stamp[:16].replace("T", " "), by)


def _piece(text: str, number: str, when: str, by: str | None) -> Piece:
    locator = f"message {number}".strip() + (f" of {when}" if when else "")
    return Piece(text=text.strip().replace("\x00", ""), locator=locator, via=(by,) if by else ())


def _having(root: etree._Element, name: str) -> list[Any]:
    """Give the elements of a class, in the order of the page."""
    return [
        element
        for element in root.iter()
        if isinstance(element.tag, str) and name in (element.get("class") or "").split()
    ]


def _within(element: etree._Element, name: str) -> bool:
    return any(name in (parent.get("class") or "").split() for parent in element.iterancestors())


def _own(elements: list[Any]) -> str | None:
    """Give the name in an element, without the date that stands in another one within it."""
    if not elements:
        return None
    texts = [elements[0].text or "", *(child.tail or "" for child in elements[0])]
    own = " ".join("".join(texts).split()) or " ".join("".join(elements[0].itertext()).split())
    return own or None


def _first(root: etree._Element, name: str) -> str | None:
    found = _having(root, name)
    return " ".join("".join(found[0].itertext()).split()) or None if found else None
