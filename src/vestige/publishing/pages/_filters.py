"""What templates call to show a value: pure functions from a value to text, free of any language."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from markupsafe import Markup, escape

from vestige.entries import Location, Source
from vestige.publishing.views._marks import CONDITIONS
from vestige.publishing.views._partials import EntryLine
from vestige.publishing.views._views import Counts

_UNSAFE_IN_SCRIPT = {
    ord("<"): "\\u003c",
    ord(">"): "\\u003e",
    ord("&"): "\\u0026",
    0x2028: "\\u2028",
    0x2029: "\\u2029",
}
_MAY_BE_UNSAFE = re.compile(f"[{''.join(map(chr, _UNSAFE_IN_SCRIPT))}]")
_OF_WINDOWS = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|\Z)", re.IGNORECASE)
"""Names that Windows gives to devices, with any ending."""
_UNSAFE_IN_NAME = re.compile(r"[^\w.() -]|^\.+")


def script_json(value: Any) -> Markup:
    """Give JSON that may stand inside a script element: nothing in it can end the element or open a comment."""
    text = msgspec.json.encode(value).decode()
    if _MAY_BE_UNSAFE.search(text):
        text = text.translate(_UNSAFE_IN_SCRIPT)
    return Markup(text)  # noqa: S704 - that is what it is for


def isolated(text: str) -> Markup:
    """Set a text of unknown direction apart from the message that it stands in."""
    return Markup(f"<bdi>{escape(text)}</bdi>")  # noqa: S704 - the text is escaped


def collapsed(lines: Iterable[EntryLine]) -> list[tuple[EntryLine, int]]:
    """Give the lines of entries in their order, those that would read alike once, each with how many it stands for."""
    found: dict[tuple[str, str], list[EntryLine]] = {}
    for line in lines:
        found.setdefault((line.entry.kind, line.page or line.entry.about), []).append(line)
    return [(alike[0], len(alike)) for alike in found.values()]


def coordinates(location: Location) -> str:
    """Write a location in degrees, only as finely as it is known."""
    digits = 2 if location.cell_degrees else 5
    latitude, longitude = round(location.latitude, digits), round(location.longitude, digits)
    return f"{abs(latitude):g}° {'N' if latitude >= 0 else 'S'}, {abs(longitude):g}° {'E' if longitude >= 0 else 'W'}"


def download_name(source: Source) -> str:
    """Give the name under which a browser saves a preserved file: the entered one without anything that could harm."""
    name = _UNSAFE_IN_NAME.sub("_", (source.file_name or "").replace("\\", "/").rpartition("/")[2]).rstrip(". ")
    if _OF_WINDOWS.match(name):
        name = f"_{name}"
    return name or f"{(source.file or 'file')[:16]}.bin"


def values_in(conditions: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """Give the hashes of the assessments of a finding, whatever condition they give."""
    return tuple(name for names in conditions.values() for name in names)


def worst_first(conditions: Iterable[str]) -> list[str]:
    """Give conditions in the order in which a page tells them: the worst first, what is not known last."""
    return sorted(conditions, key=lambda condition: (condition == "Unknown", -CONDITIONS.index(condition)))


def web_address(address: str) -> bool:
    """Whether an address may become a link: the web only, never a script."""
    return address.startswith(("https://", "http://"))


def shares(counts: Counts) -> Sequence[tuple[str, str, str]]:
    """Give the parts of the bar of findings: state, start and width in per cent."""
    parts, start = [], 0.0
    for state in ("agreed", "contested", "single", "none"):
        width = 100 * counts[state] / counts["sites"] if counts["sites"] else 0.0
        parts.append((state, f"{start:.3f}", f"{width:.3f}"))
        start += width
    return parts
