"""Correcting a thing: fields set, added to or emptied, and entered as a correction that replaces what stood."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import inspect as shapes

from vestige.entries import Body, Draft
from vestige.errors import InputError
from vestige.keeping.finding import find_thing
from vestige.keeping.typed._enter import body_of
from vestige.keeping.typed._fields import bare, field_of, item_of, kind_named, names_of, read_scalar, shape_of
from vestige.record import Entry, Receipt, Record

EMPTY = "-"
"""What a person types to empty a field."""
_LISTED = {"name": "names", "caption": "captions"}
"""What a person types for the first of a list of texts, or with a language for that in it."""


class Corrected(NamedTuple):
    """A correction: of what, what it says now, its entry, and the fields that differ. Without an entry, nothing differed."""

    thing: Entry
    body: Body
    receipt: Receipt | None
    changed: tuple[str, ...]


def read_changes(words: Sequence[str]) -> dict[str, list[str]]:
    """Read ``--field value`` and ``--field=value``; a field given several times has several values. Raises InputError."""
    changes: dict[str, list[str]] = {}
    waiting = list(words)
    while waiting:
        name, equals, value = waiting.pop(0).partition("=")
        if not name.startswith("--") or not name[2:] or not (equals or waiting):
            raise InputError(f"expected --field value, got {name}", hint=_hint(name))
        changes.setdefault(name[2:].replace("-", "_"), []).append(value if equals else waiting.pop(0))
    if not changes:
        raise InputError("expected what to correct, got nothing", hint="such as --title 'The right title'")
    return changes


def _hint(word: str) -> str:
    if word.startswith("--"):
        return "vestige show THING names its fields"
    return "put words that belong together in quotation marks; of several values each has the option before it: --languages en --languages fr"


def correct(record: Record, thing: str, changes: dict[str, list[str]]) -> Corrected:
    """Correct a thing, and give what became of it.

    A field within a field is named with a dot (``speaker.role``), ``name`` and ``name.fr`` are the first name and that in a language,
    ``description.fr`` is a text in another language, and a hyphen empties a field. Raises InputError where the thing is not found, or a field is none of its kind's.
    """
    entry = find_thing(record, thing)
    shown = record.index.exact(entry.about) or entry.body  # a sensitive site is corrected by its exact place
    if shown is None:
        raise InputError("expected a thing whose body can be read", where=thing)
    shape = shape_of(kind_named(entry.kind))
    said = set_fields(shape, msgspec.to_builtins(shown), changes)
    body, linker = body_of(record, entry.kind, said, Path(), where=entry.about)
    before, now = msgspec.to_builtins(shown), msgspec.to_builtins(body)
    changed = tuple(name for name in names_of(shape) if now.get(name) != before.get(name))
    if not changed:
        return Corrected(entry, body, None, ())
    record.signing_key()
    linker.preserve(withheld=entry.envelope.visibility == "withheld")
    cites = tuple(dict.fromkeys((*entry.envelope.cites, *linker.cites)))
    draft = Draft(body, about=entry.about, replaces=entry.hash, cites=cites, visibility=entry.envelope.visibility)
    return Corrected(entry, body, record.append(draft)[0], changed)


def set_fields(shape: shapes.Type, data: dict[str, Any], changes: dict[str, list[str]]) -> dict[str, Any]:
    """Give the plain data of a body with fields set as they were typed. Raises InputError for a field that it cannot have."""
    whole = _whole(shape, data)
    for path, values in changes.items():
        _set(shape, whole, _path(shape, whole, path), values, path)
    for listed in (*_LISTED.values(), "translations"):
        if whole.get(listed):
            whole[listed] = [one for one in whole[listed] if one["text"] is not None]
    said: dict[str, Any] = _said(whole)
    return said


def _path(shape: shapes.Type, data: dict[str, Any], path: str) -> list[str | int]:
    """Give the steps to a field; ``name.fr``, ``caption.fr`` and ``description.fr`` lead to its text in a language."""
    first, *rest = path.split(".")
    known, wanted = names_of(shape), rest[0].replace("_", "-") if rest else None
    if first in _LISTED and first not in known and _LISTED[first] in known:
        return _text_in(data, _LISTED[first], {"language": wanted} if wanted else {})
    kind = shape.cls if isinstance(shape, shapes.StructType) else None
    if wanted and not wanted.isdigit() and first in getattr(kind, "TRANSLATED", ()):
        own = data.get("language") == wanted and first not in getattr(kind, "BY_KEEPER", ())
        return [first] if own else _text_in(data, "translations", {"language": wanted, "field": first})
    return [first, *(int(step) if step.isdigit() else step for step in rest)]


def _text_in(data: dict[str, Any], listed: str, marked: dict[str, str]) -> list[str | int]:
    """Give the steps to the first text of a list with these marks, which is added where there is none."""
    texts = data[listed] = [dict(one) for one in data[listed] or ()]
    at = next((n for n, one in enumerate(texts) if marked.items() <= one.items()), len(texts))
    if at == len(texts):
        texts.append({"text": "", **marked})
    return [listed, at, "text"]


def _set(shape: shapes.Type, data: Any, path: list[str | int], values: list[str], where: str) -> None:
    """Set the field at the end of a path."""
    step, *rest = path
    inner = item_of(shape) if isinstance(step, int) else field_of(shape, step)
    if inner is None or (isinstance(step, int) and step >= len(data)):
        known = ", ".join(names_of(shape)) or f"0 to {len(data) - 1}"
        raise InputError(f"expected a field among {known}, got {step!r}", where=f"--{where.replace('_', '-')}")
    if rest:
        if data[step] is None:
            data[step] = [] if item_of(inner) else {}
        data[step] = list(data[step]) if item_of(inner) else data[step]
        _set(
            bare(inner),
            data[step] if not isinstance(data[step], dict) else _whole(inner, data[step]),
            rest,
            values,
            where,
        )
        return
    data[step] = _value(inner, values, where)


def _whole(shape: shapes.Type, data: dict[str, Any]) -> dict[str, Any]:
    """Give a part with every field it may have, so that one can be set."""
    for name in names_of(shape):
        data.setdefault(name, None)
    return data


def _said(value: Any) -> Any:
    """Give what is said, without what is left open."""
    if isinstance(value, dict):
        return {name: _said(one) for name, one in value.items() if one is not None}
    return [_said(one) for one in value] if isinstance(value, list | tuple) else value


def _value(shape: shapes.Type, values: list[str], where: str) -> Any:
    """Read what was typed for one field."""
    item = item_of(shape)
    if item is not None:
        return [] if values == [EMPTY] else [read_scalar(item, one, where) for one in values]
    if len(values) > 1:
        raise InputError(f"expected one value, got {len(values)}", where=f"--{where.replace('_', '-')}")
    return None if values[0] == EMPTY else read_scalar(shape, values[0], where)
