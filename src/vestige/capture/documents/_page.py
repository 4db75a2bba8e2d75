"""Pages of the web as they were saved; what holds nearly no words is told: a log-in wall, a shell of scripts."""

import re
from html import unescape

from msgspec.structs import replace

from vestige.capture.documents._document import Document, page_document, said

_FEWEST_WORDS = 60
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{1,2000})</title>", re.IGNORECASE)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)
_LOG_IN = re.compile(
    r"""type\s*=\s*["']?password|\b(?:log|sign)[ -]?in (?:to|or)\b|\bmust log in\b|увійдіть|войдите|se connecter|connectez-vous"""
    r"""|iniciar? sesión|anmelden, um|giriş yap|daxil olun|մուտք գործ|تسجيل الدخول""",
    re.IGNORECASE,
)
_WALL = re.compile(
    r"enable javascript|javascript is (?:not available|disabled)|verify you are (?:a )?human|are you a robot",
    re.IGNORECASE,
)


def is_page(text: str, media_type: str | None) -> bool:
    """Whether a text is a web page, by what is said of it or by how it begins."""
    return "html" in (media_type or "") or text[:2000].lstrip("\ufeff \t\r\n").lower().startswith(
        ("<!doctype html", "<html")
    )


def read_text(page: str) -> Document:
    """Read a page whose letters are known."""
    found = page_document(page)
    title = found.title
    if title is None and (printed := _TITLE.search(page[:200_000])):
        title = said(unescape(printed[1]), "the page's <title>")
    return replace(found, title=title, remarks=remarks_on(page, found.text))


def remarks_on(page: str, text: str) -> tuple[str, ...]:
    """Say of a page that holds nearly no words what it seems to be."""
    words = len(text.split())
    if words >= _FEWEST_WORDS:
        return ()
    few = f"the page holds nearly no text ({words} words)"
    if _LOG_IN.search(page[:500_000]):
        return (f"{few}; it asks to log in: what you saw may not be in it",)
    if _SCRIPT.search(page) or _WALL.search(page):
        return (f"{few}; scripts would write it: save it from a browser that shows it (MHTML, WACZ or PDF)",)
    return (few,)
