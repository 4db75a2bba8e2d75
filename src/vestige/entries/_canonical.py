"""Canonical JSON by RFC 8785 (JCS): one value, one sequence of bytes, so that a hash means the value.

Almost every value is text, whole numbers and plain decimals, for which msgspec's sorted encoding gives the very bytes of the RFC, many
times faster. Where its bytes might differ (exponents, a trailing ``.0``, large integers, null for NaN, keys beyond ASCII) the reference
implementation decides. A property test compares the two.
"""

import re
from typing import Any

import msgspec
import rfc8785

from vestige.entries._errors import InvalidBodyError

_encoder = msgspec.json.Encoder(order="sorted")
_NUMBER = re.compile(rb"[:\[,]-?(?:\d[\d.]*e|\d+\.0[,}\]]|\d{16})")
"""A number with an exponent, a trailing ``.0`` or many digits, or text that looks like one."""
_TO_ZERO = bytes.maketrans(b"123456789", b"000000000")
_KEY = re.compile(rb'[\x80-\xff](?:[^"\\\x80-\xff]|\\.)*":')
"""The last byte beyond ASCII of a key, up to its colon: such keys may sort otherwise by bytes than by UTF-16 units."""


def canonical_json(value: Any) -> bytes:
    """Give the RFC 8785 bytes of a JSON value made of dict, list, tuple, str, int, float, bool and None, or of msgspec structs.

    Raises InvalidBodyError for what RFC 8785 cannot express: NaN, integers beyond 2**53 - 1, lone surrogates.
    """
    try:
        free = _has_free_keys(type(value))
        data = _encoder.encode(value)
        if not _is_suspect(data, free_keys=free):
            return data
        plain = _without_fractions_of_nothing(msgspec.to_builtins(value))
        data = _encoder.encode(plain)
        return rfc8785.dumps(plain) if _is_suspect(data, free_keys=free) else data
    except (rfc8785.CanonicalizationError, UnicodeEncodeError, OverflowError) as error:
        raise InvalidBodyError(
            f"expected a value that canonical JSON can hold, got one that it cannot: {error}"
        ) from error


def is_written(value: msgspec.Struct, data: bytes) -> bool:
    """Whether these bytes are what we would write of a value, and canonical for sure: a first look at what was read, that nearly always suffices."""
    return _encoder.encode(value) == data and not _is_suspect(data, free_keys=_has_free_keys(type(value)))


def _has_free_keys(kind: type) -> bool:
    """Whether a value of a type can hold names of fields that the type does not give, and so names beyond ASCII."""
    free = _free_keys.get(kind)
    if free is None:
        free = not issubclass(kind, msgspec.Struct) or _names_are_free(msgspec.json.encode(msgspec.json.schema(kind)))
        _free_keys[kind] = free
    return free


_free_keys: dict[type, bool] = {}


def _names_are_free(schema: bytes) -> bool:
    return schema.count(b'"additionalProperties":') > schema.count(b'"additionalProperties":false')


def _without_fractions_of_nothing(value: Any) -> Any:
    """Write each whole number that is a float without its fraction, as the RFC does: nearly always that alone made the bytes suspect."""
    if isinstance(value, float):
        return int(value) if value.is_integer() and abs(value) < 2**53 else value
    if isinstance(value, dict):
        return {name: _without_fractions_of_nothing(held) for name, held in value.items()}
    if isinstance(value, list | tuple):
        return [_without_fractions_of_nothing(held) for held in value]
    return value


def _is_suspect(data: bytes, *, free_keys: bool = True) -> bool:
    """Whether the reference implementation might write these bytes otherwise. It may say so needlessly, never the other way."""
    return (
        data[:1] not in b"{["
        or b"null" in data
        or (_may_hold_a_number(data) and _NUMBER.search(data) is not None)
        or (free_keys and not data.isascii() and _KEY.search(data) is not None)
    )


def _may_hold_a_number(data: bytes) -> bool:
    """Whether the search for suspect numbers could find one: a few looks at all bytes at once, far cheaper than that search."""
    digits = data.translate(_TO_ZERO)
    return b"0e" in digits or b"0000000000000000" in digits or b".0," in data or b".0}" in data or b".0]" in data
