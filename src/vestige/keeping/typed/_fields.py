"""What the fields of a kind are made of, asked of its types: which hold a thing's id, a file or an entry's hash, a number, a list."""

from typing import Any

import msgspec
from msgspec import inspect as shapes

from vestige.entries import KINDS
from vestige.errors import InputError, an

_THING, _HASH = "[a-z]{1,20}:[a-z2-7]", "[0-9a-f]{64}"


def kind_named(kind: str) -> type[Any]:
    """Give the type of a kind that can be entered. Raises InputError for one that is none, or has a command of its own."""
    own = {"policy": "vestige policy set, vestige key", "withdrawal": "vestige withdraw", "opening": "vestige open"}
    if kind in own:
        raise InputError(f"{an(kind)} is not entered from a file", hint=f"use: {own[kind]}")
    if kind not in KINDS:
        raise InputError(f"expected a kind among {', '.join(sorted(KINDS.keys() - own.keys()))}, got {kind!r}")
    return KINDS[kind]


def shape_of(body: type[Any]) -> shapes.StructType:
    """Give the shape of a body."""
    found = shapes.type_info(body)
    assert isinstance(found, shapes.StructType)  # noqa: S101 - every body is a struct
    return found


def bare(shape: shapes.Type) -> shapes.Type:
    """Give the shape itself where it may also be left out."""
    while isinstance(shape, shapes.Metadata):
        shape = shape.type
    if isinstance(shape, shapes.UnionType):
        others = [bare(one) for one in shape.types if not isinstance(one, shapes.NoneType)]
        return others[0] if len(others) == 1 else shape
    return shape


def item_of(shape: shapes.Type) -> shapes.Type | None:
    """Give the shape of the items of a list; None for what is no list."""
    found = bare(shape)
    return bare(found.item_type) if isinstance(found, shapes.VarTupleType | shapes.ListType) else None


def field_of(shape: shapes.Type, name: str) -> shapes.Type | None:
    """Give the shape of a field of a struct; None where it has no such field."""
    found = bare(shape)
    if isinstance(found, shapes.StructType):
        return next((field.type for field in found.fields if field.name == name), None)
    return None


def names_of(shape: shapes.Type) -> list[str]:
    """Give the names of the fields of a struct."""
    found = bare(shape)
    return [field.name for field in found.fields] if isinstance(found, shapes.StructType) else []


def holds_thing(shape: shapes.Type) -> bool:
    """Whether it is a thing's id."""
    return _begins(shape, _THING)


def holds_hash(shape: shapes.Type) -> bool:
    """Whether it is a SHA-256: of an entry, or of a file."""
    return _begins(shape, _HASH)


def _begins(shape: shapes.Type, pattern: str) -> bool:
    found = bare(shape)
    return isinstance(found, shapes.StrType) and pattern in (found.pattern or "")


def read_scalar(shape: shapes.Type, text: str, where: str) -> Any:
    """Read what a person typed for a field: a number, yes or no, JSON for what has parts, else the text itself. Raises InputError."""
    found = bare(shape)
    if isinstance(found, shapes.StrType | shapes.AnyType):
        return text
    try:
        if isinstance(found, shapes.BoolType):
            return {"yes": True, "no": False, "true": True, "false": False}[text.lower()]
        return msgspec.json.decode(text.encode())
    except (KeyError, msgspec.DecodeError) as error:
        what = {"BoolType": "yes or no", "IntType": "a whole number", "FloatType": "a number"}.get(
            type(found).__name__, "JSON, or its fields one by one with a dot"
        )
        raise InputError(f"expected {what}, got {text!r}", where=where) from error
