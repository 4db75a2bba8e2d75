"""Lines of code in a text: scripts, styles and data that a crude way of making text of a page has left in."""

import re

MEASURED = 2000
"""So many characters at the start of a line are looked at."""
SIGN, MARK = re.compile(r'[{}=\\]|":|\(\)|/\*|&&'), re.compile(r"[;_]")
"""What hardly stands in running text, and what stands there seldom."""
HOLDS_SIGN = ("{", "=", "\\", '":', "()")
"""Without any of these a text holds no code; to look for them takes less time than the patterns."""
FEWEST_SIGNS, FEWEST, SHARE = 2, 3, 0.035
"""So many signs make code, if they and the marks are so many, and such a share of the characters that are no white space."""


def may_hold_code(text: str) -> bool:
    """Tell whether it is worth while to look for code in the lines of a text."""
    return any(map(text.__contains__, HOLDS_SIGN))


def is_code(line: str) -> bool:
    """Tell a line of code, or of data such as JSON, from one for readers."""
    part = line[:MEASURED]
    signs = len(SIGN.findall(part))
    if signs < FEWEST_SIGNS:
        return False
    return signs + len(MARK.findall(part)) >= max(FEWEST, SHARE * sum(map(len, part.split())))
