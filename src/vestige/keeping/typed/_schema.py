"""The fields of every kind as JSON Schema (draft 2020-12), written from the types."""

from typing import Any

import msgspec

from vestige.entries import KINDS


def schemas() -> dict[str, dict[str, Any]]:
    """Give the JSON Schema of the body of every kind, by the kind's name.

    It says less than reading checks: what fields must agree in stands in ``docs/format.md``.
    """
    return {kind: _schema(kind, body) for kind, body in KINDS.items()}


def _schema(kind: str, body: type[Any]) -> dict[str, Any]:
    made = msgspec.json.schema(body)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"The body of an entry of the kind {kind}",
        **made,
    }


def schema_files() -> dict[str, bytes]:
    """Give the file of every schema, by its name, as `docs/format/` holds it."""
    return {
        f"{kind}.json": msgspec.json.format(msgspec.json.encode(schema, order="sorted"), indent=1) + b"\n"
        for kind, schema in schemas().items()
    }
