"""The example's data files as bodies; nothing is added on the way but what the data says of itself."""

import importlib.resources
import tomllib
from collections.abc import Iterable, Mapping
from importlib.resources.abc import Traversable
from typing import Any

from vestige.entries import (
    BLANK_KEYS,
    Actor,
    DateWindow,
    Designation,
    Identifier,
    Location,
    Name,
    Policy,
    Site,
    Translation,
)
from vestige.entries.kinds import Figure

LANGUAGE = "en"
"""The language of the abstracts."""


def places() -> dict[str, dict[str, Any]]:
    """Give the data of every place by its key, in alphabetical order."""
    files = [file for file in _folder().joinpath("places").iterdir() if file.name.endswith(".toml")]
    return {file.name.removesuffix(".toml"): _read(file) for file in sorted(files, key=lambda file: file.name)}


def actors() -> list[tuple[Actor, tuple[str, ...]]]:
    """Give the actors, each with the names under which places print it."""
    return [
        (
            Actor(names=_names(data["names"]), type=data["type"], description=data.get("description")),
            tuple(data["called"]),
        )
        for data in _read(_folder().joinpath("actors.toml"))["actor"]
    ]


def appeals() -> dict[str, Any]:
    """Give the appeals that others made, and what was answered."""
    return _read(_folder().joinpath("appeals.toml"))


def acts() -> dict[str, list[dict[str, Any]]]:
    """Give the calls, visits and dialogues of others, with their actors, sources and statements: all files together, by kind."""
    files = [file for file in _folder().joinpath("acts").iterdir() if file.name.endswith(".toml")]
    read = [_read(file) for file in sorted(files, key=lambda file: file.name)]
    return {
        kind: [item for part in read for item in part.get(kind, ())]
        for kind in {kind for part in read for kind in part}
    }


def figures(items: Iterable[Mapping[str, Any]]) -> tuple[Figure, ...]:
    """Give the numbers of a statement."""
    return tuple(Figure(**item) for item in items)


def originals() -> list[dict[str, Any]]:
    """Give the notes that the authors of the example wrote, each with the statements that stand in it."""
    notes: list[dict[str, Any]] = _read(_folder().joinpath("originals.toml"))["note"]
    return notes


def policy() -> Policy:
    """Give the rules of the example record. Origin and key stand for those that are made with the record."""
    data = _read(_folder().joinpath("policy.toml"))
    return Policy(
        name=data["name"],
        origin="example",
        keys=BLANK_KEYS,
        description=one_line(data["description"]),
        languages=tuple(data["languages"]),
        balance=one_line(data["balance"]),
        limits=one_line(data["limits"]),
        licence=data["licence"],
        imprint=data["imprint"],
        language=data["language"],
        translations=tuple(
            Translation(language=language, field=field, text=text)
            for field in ("name", "description")
            for language, text in data[f"{field}_in"].items()
        ),
    )


def site(data: Mapping[str, Any]) -> Site:
    """Give the site of a place."""
    return Site(
        names=_names(data["names"]),
        location=Location(latitude=data["latitude"], longitude=data["longitude"]),
        type=data["type"],
        countries=tuple(data.get("countries", ())),
        address=data.get("address"),
        description=data["description"],
        language="en",
        designations=tuple(data.get("designations", ())),
        designated=tuple(Designation(**one) for one in data.get("designated", ())),
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in data.get("identifiers", ())),
    )


def window(data: Mapping[str, Any]) -> DateWindow | None:
    """Give the date window under ``on``, ``between`` or ``before``; None when there is none."""
    if "on" in data:
        return DateWindow(when="on", start=data["on"])
    if "between" in data:
        start, end = data["between"]
        return DateWindow(when="between", start=start, end=end)
    return DateWindow(when="before", end=data["before"]) if "before" in data else None


def one_line(text: str) -> str:
    """Give a text without the line breaks that the data file has for its own readers."""
    return " ".join(text.split())


def _names(pairs: list[list[str]]) -> tuple[Name, ...]:
    return tuple(Name(text=text, language=language) for text, language in pairs)


def _read(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _folder() -> Traversable:
    return importlib.resources.files("vestige.example")
