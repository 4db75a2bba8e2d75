"""What a reader sees of a line in Markdown: a link's words without its address, and no picture."""

import re

LINK = re.compile(r"\[([^\[\]]*)\]\([^()\s]*(?:\([^()\s]*\)[^()\s]*)*(?: +\"[^\"]*\")?\s*\)")
"""A link; its address may hold brackets in pairs, and a title may stand after it."""
PICTURE = re.compile("!" + LINK.pattern)
MOSTLY = 0.7
"""A line with more than this share of its letters in links leads elsewhere."""


def visible(line: str) -> str:
    """Give a line without the addresses of its links and without its pictures."""
    return LINK.sub(r"\1", PICTURE.sub("", line)) if "](" in line else line


def leads_elsewhere(line: str) -> bool:
    """Tell a line that is links for the most part, as menus and lists of other stories are."""
    if "](" not in line:
        return False
    shown = PICTURE.sub("", line)
    linked = sum(len(match.group(1)) for match in LINK.finditer(shown))
    return linked >= MOSTLY * len(LINK.sub(r"\1", shown).strip(" *#>-\n"))
