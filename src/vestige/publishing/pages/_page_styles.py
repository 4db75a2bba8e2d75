"""The styles that stand in a page itself, and the policy that allows them and no others.

A reader's browser can paint the head of a page as soon as the page has come, without waiting for ``vestige.css``, which the page names below its head.
"""

import base64
import hashlib
import importlib.resources
import re

from markupsafe import Markup

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_AROUND_MARKS = re.compile(r"\s*([{};,])\s*")


def _compact(sheet: str) -> str:
    """Leave out what only the readers of a style sheet need."""
    bare = " ".join(_COMMENT.sub("", sheet).split())
    return _AROUND_MARKS.sub(r"\1", bare).replace(";}", "}")


def _digest(text: str) -> str:
    """Give the hash by which a content security policy names a style (CSP level 3, 2.3.1)."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


FRAME_STYLES = Markup(  # noqa: S704 - the package's own file
    _compact(importlib.resources.files("vestige.publishing").joinpath("templates", "frame.css").read_text("utf-8"))
)
"""What the head of a page is painted with."""

CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; script-src 'self'; style-src 'self' '{_digest(FRAME_STYLES)}'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; worker-src 'self' blob:; base-uri 'none'; form-action 'none'"
)
"""Nothing inline but those styles, and nothing from another host."""
