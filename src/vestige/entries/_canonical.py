"""Canonical JSON by RFC 8785 (JCS): one value, one sequence of bytes, so that a hash means the value.

Almost every value is text, whole numbers and plain decimals, for which msgspec's sorted encoding gives the very bytes of the RFC,
thirty times faster; the rest (large or tiny floats, keys beyond ASCII) goes to the reference implementation. A property test
compares the two.
"""

from typing import Any

import msgspec
import rfc8785

from vestige.entries._errors import InvalidBodyError

_encoder = msgspec.json.Encoder(order="sorted")
_LARGEST_INTEGER = 2**53 - 1


def canonical_json(value: Any) -> bytes:
    """Give the RFC 8785 bytes of a JSON value made of dict, list, str, int, float, bool and None.

    Raises InvalidBodyError for what RFC 8785 cannot express: NaN, integers beyond 2**53 - 1, lone surrogates.
    """
    try:
        return _encoder.encode(value) if _is_plain(value) else rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, UnicodeEncodeError) as error:
        raise InvalidBodyError(
            f"expected a value that canonical JSON can hold, got one that it cannot: {error}"
        ) from error


def _is_plain(value: Any) -> bool:
    """Whether msgspec's sorted encoding of this value is canonical."""
    kind: type[object] = type(value)
    if kind is str or value is None or kind is bool:
        return True
    if kind is dict:
        return all(map(str.isascii, value)) and all(map(_is_plain, value.values()))
    if kind is list or kind is tuple:
        return all(map(_is_plain, value))
    if kind is int:
        return bool(-_LARGEST_INTEGER <= value <= _LARGEST_INTEGER)
    return kind is float and _is_short(value)


def _is_short(value: float) -> bool:
    """Whether a float is written the same by both: no exponent, no trailing ``.0``."""
    return 1e-5 < abs(value) < 1e15 and not value.is_integer()
