"""The kinds of entry by name, and bodies to and from canonical JSON, strictly."""

import contextlib
import re
from typing import Any

import msgspec

from vestige.entries import acts, kinds
from vestige.entries._canonical import canonical_json
from vestige.entries._controls import require_plain
from vestige.entries._errors import InvalidBodyError
from vestige.entries._inner import require_short
from vestige.entries.kinds import Body
from vestige.errors import NOT_JSON

KINDS: dict[str, type[Body]] = {body.KIND: body for body in (*kinds.ALL, *acts.ALL)}
"""The body of each kind, by the kind's name."""

LARGEST_BODY = 4_000_000
"""Bytes of the largest body: lists that no type bounds by themselves end here."""

_decoders = {name: msgspec.json.Decoder(body) for name, body in KINDS.items()}
_PATH = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.([A-Za-z_]\w*)|\[(\d+|\.\.\.)\]")


def kind_of(body: Body) -> str:
    """Give the kind's name of a body."""
    return body.KIND


def encode_body(body: Body) -> bytes:
    """Give the canonical JSON of a body, after checking it as strictly as if it came from outside, and for control characters.

    Raises InvalidBodyError that names the field, what was expected and what came.
    """
    try:
        data = canonical_json(body)
    except UnicodeEncodeError as error:
        raise InvalidBodyError(f"expected Unicode text, got a lone surrogate: {error}", where=kind_of(body)) from error
    decode_body(kind_of(body), data)
    require_plain(kind_of(body), data)
    return data


def decode_body(kind: str, data: bytes) -> Body:
    """Read a body of a kind from JSON.

    Raises InvalidBodyError that names the field, what was expected and what came.
    """
    decoder = _decoders.get(kind)
    if decoder is None:
        raise InvalidBodyError(f"expected a kind among {', '.join(KINDS)}, got {kind!r}")
    if len(data) > LARGEST_BODY:
        raise InvalidBodyError(
            f"expected a body of at most {LARGEST_BODY:,} bytes, got {len(data):,}",
            where=kind,
            hint="what is longer is a source: preserve it as a file",
        )
    try:
        body = decoder.decode(data)
        require_short(body, data)
    except msgspec.ValidationError as error:
        raise _explained(kind, data, error) from error
    except NOT_JSON as error:
        raise InvalidBodyError(f"expected a JSON object, got something else: {error}", where=kind) from error
    except ValueError as error:
        raise InvalidBodyError(str(error), where=kind) from error
    return body


def _explained(kind: str, data: bytes, error: msgspec.ValidationError) -> InvalidBodyError:
    """Turn msgspec's message into ours: which field, what was expected, what came."""
    text = str(error)
    match = _PATH.search(text)
    path = match["path"] if match else ""
    message = text[: match.start()] if match else text
    message = message[:1].lower() + message[1:]
    if " got " not in message and path and "[...]" not in path:
        with contextlib.suppress(*NOT_JSON):  # what comes after the field may be anything
            message += f", got {_shortened(_follow(msgspec.json.decode(data), path))}"
    return InvalidBodyError(message, where=f"{kind}{path}")


def _follow(value: Any, path: str) -> Any:
    for name, index in _STEP.findall(path):
        try:
            value = value[name] if name else value[int(index)]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def _shortened(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "..."
