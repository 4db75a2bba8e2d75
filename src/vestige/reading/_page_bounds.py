"""How deep and how large a page may be before a library is shown it.

Nested tables cost the extraction of articles the third power of their depth: 14 kB of them held it for a minute. Depth and number of
elements are counted in one walk over the tags, before anything is parsed.
"""

import re

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*+)[^<>]*+>")
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
_OPEN_ENDED = frozenset(
    ["p", "li", "dt", "dd", "option", "optgroup", "tr", "td", "th", "thead", "tbody", "tfoot", "colgroup", "rt", "rp"]
)
"""Elements whose end tag may be left out (HTML, 13.1.2.4): unended ones are brothers, so they do not count as depth."""
DEPTH = 256
"""libxml2 and browsers stop near here too."""
ELEMENTS = 400_000


def is_bounded(page: str) -> bool:
    """Tell whether a page is nested at most `DEPTH` deep and has at most `ELEMENTS` tags; takes time linear in its length."""
    depth = 0
    for count, tag in enumerate(_TAG.finditer(page), 1):
        name = tag[2].lower()
        if name not in _VOID and name not in _OPEN_ENDED:
            depth = max(0, depth - 1) if tag[1] else depth + 1
        if depth > DEPTH or count > ELEMENTS:
            return False
    return True
