"""The colour of a record on its pages: dark enough for light paper, and lightened until it can be read on dark (WCAG 2.2, 1.4.3)."""

LEAST_CONTRAST = 4.5
"""The least contrast of text to its ground, WCAG 2.2 level AA."""
_LIGHT, _DARK = ("#fbfaf6", "#ffffff"), ("#15171a", "#1c1f23")
"""Paper and surface of the pages in both schemes, as in ``frame.css``."""


def contrast_on_paper(colour: str) -> float:
    """Give the contrast of a colour ``#rrggbb`` to the light paper: from 1, which cannot be seen, to 21."""
    return min(_contrast(colour, ground) for ground in _LIGHT)


def readable_on_paper(colour: str) -> str:
    """Give the colour itself, or the nearest darker one of it that can be read on light paper."""
    return _mixed_until(colour, "#000000", _LIGHT)


def readable_on_dark(colour: str) -> str:
    """Give the colour itself, or the nearest lighter one of it that can be read on dark paper."""
    return _mixed_until(colour, "#ffffff", _DARK)


def colour_styles(colour: str) -> bytes:
    """Give the style sheet that draws links and marks in a colour."""
    light, dark = readable_on_paper(colour), readable_on_dark(colour)
    return (
        f":root {{ --accent: {light}; }}\n@media (prefers-color-scheme: dark) {{ :root {{ --accent: {dark}; }} }}\n"
    ).encode()


def _mixed_until(colour: str, other: str, grounds: tuple[str, ...]) -> str:
    """Mix in another colour by hundredths until the contrast is enough."""
    mixed = colour
    for part in range(101):
        mixed = _mixed(colour, other, part / 100)
        if min(_contrast(mixed, ground) for ground in grounds) >= LEAST_CONTRAST:
            break
    return mixed


def _mixed(colour: str, other: str, part: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in pairs)


def _contrast(one: str, other: str) -> float:
    brighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    """Give the relative luminance of sRGB, from 0 to 1 (WCAG 2.2, definition)."""
    linear = [_linear(part / 255) for part in _parts(colour)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _linear(value: float) -> float:
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))
