"""Makes src/ledger/schemas.ts: the JSON Schemas of docs/format/ in few bytes, for the check in the browser.

    python web/make_schemas.py

Each schema stands once in a list, and others name it by its place there. The pages of a record carry the list, so every byte of it counts:

    ?                 true or false                        'LEAST MOST       a text of so many characters
    iLEAST MOST       a whole number                       ~PATTERN          a text that fits from its first to its last character
    fLEAST MOST       a number                             =ONE|TWO          one of these texts
    >LEAST MOST       a number above the least             #1|2              one of these numbers
    [PLACE LEAST MOST a list                               *PLACE PLACE      an object of free names: schema of names, of values
    {FIELDS}RULE      an object: ``name:place`` a field, ``!`` after the name where it must be there, ``?`` where it may be null; and the name
                      of the rule in agreement.ts that the fields keep together, if any
"""

import json
import re
from pathlib import Path
from typing import Any

from vestige.entries import KINDS
from vestige.entries._values import Value
from vestige.entries.acts._values import MOVEMENTS

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "web/src/ledger/schemas.ts"

_SPACE = r"\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What Python takes for white space; JavaScript's own class is another."""
_ASKED_ELSEWHERE = {"Effect", "Disturbance", "Key", "Witness", "Policy"}
"""Types whose own rules stand in the schema as terms, or in policy.ts."""


class Table:
    """The schemas so far, each once."""

    def __init__(self) -> None:
        self.rows: dict[str, int] = {}
        self._with_rules = {one.__name__ for one in _types(Value) if "__post_init__" in vars(one)} - _ASKED_ELSEWHERE

    def place(self, schema: dict[str, Any], definitions: dict[str, Any]) -> int:
        """Give the place of a schema, entering it where it is new."""
        name = schema.get("$ref", "").rpartition("/")[2]
        row = self._row({**definitions.get(name, {}), **schema}, name, definitions)
        return self.rows.setdefault(row, len(self.rows))

    def _row(self, schema: dict[str, Any], name: str, definitions: dict[str, Any]) -> str:
        rest = {
            keyword: held
            for keyword, held in schema.items()
            if keyword not in {"title", "description", "default", "$ref"}
        }
        kind = rest.pop("type")
        if kind == "object" and "properties" in rest:
            row = self._object(rest, name, definitions)
        elif kind == "object":
            names = self.place({"type": "string", **rest.pop("propertyNames")}, definitions)
            row = f"*{names} {self.place(rest.pop('additionalProperties'), definitions)}"
        elif kind == "array":
            row = f"[{self.place(rest.pop('items'), definitions)} {rest.pop('minItems', '')} {rest.pop('maxItems', '')}".rstrip()
        elif kind == "string":
            row = _text(rest)
        elif kind == "boolean":
            row = "?"
        else:
            row = _number(kind, rest)
        assert not rest, f"expected keywords that the check knows, got {rest} of {name or kind}"
        return row

    def _object(self, rest: dict[str, Any], name: str, definitions: dict[str, Any]) -> str:
        required, fields = rest.pop("required"), []
        assert rest.pop("additionalProperties") is False, name
        for field, held in sorted(rest.pop("properties").items()):
            either = held.get("anyOf", [held])
            assert len(either) == 1 or (len(either) == 2 and either[1] == {"type": "null"}), either
            signs = ("!" if field in required else "") + "?" * (len(either) - 1)
            fields.append(f"{field}{signs}:{self.place(either[0], definitions)}")
        return "{" + " ".join(fields) + "}" + (name if name in self._with_rules else "")


def _text(rest: dict[str, Any]) -> str:
    """Write the schema of a text; lengths beside a pattern or terms are asked by it already, but for the greatest."""
    terms = rest.pop("enum", None)
    pattern, least, most = rest.pop("pattern", None), rest.pop("minLength", ""), rest.pop("maxLength", "")
    if terms is not None:
        assert not any("|" in term for term in terms), terms
        return "=" + "|".join(terms)
    if pattern is None:
        return f"'{least} {most}"
    whole = pattern.removeprefix("^").removesuffix(r"\Z")
    assert pattern == rf"^{whole}\Z" and not least, pattern
    if re.fullmatch(r"\([\w -]+(\|[\w -]+)*\)", whole):
        return "=" + whole[1:-1]
    return "~" + (f"(?!.{{{most + 1}}})" if most else "") + whole.replace(r"\s", _SPACE)


def _number(kind: str, rest: dict[str, Any]) -> str:
    if terms := rest.pop("enum", None):
        return "#" + "|".join(map(str, terms))
    above = rest.pop("exclusiveMinimum", None)
    least, most = rest.pop("minimum", ""), rest.pop("maximum", "")
    if above is not None:
        assert kind == "number" and least == "", rest
        return f">{above} {most}"
    return f"{'i' if kind == 'integer' else 'f'}{least} {most}"


def _types(base: type) -> set[type]:
    return {base, *(found for one in base.__subclasses__() for found in _types(one))}


def made() -> str:
    """Give the file."""
    table = Table()
    kinds = {}
    for kind in sorted(KINDS):
        schema = json.loads((ROOT / f"docs/format/{kind}.json").read_text("utf-8"))
        kinds[kind] = table.place({"$ref": schema["$ref"]}, schema["$defs"])
    rows = "".join(f"  {json.dumps(row, ensure_ascii=False)},\n" for row in table.rows)
    places = "".join(f"  {kind}: {place},\n" for kind, place in kinds.items())
    movements = "".join(f"  {json.dumps(pattern, ensure_ascii=False)},\n" for _, pattern in MOVEMENTS)
    translated = "".join(
        f'  {kind}: "{" ".join(body.TRANSLATED)}",\n'
        for kind, body in sorted(KINDS.items())
        if getattr(body, "TRANSLATED", ())
    )
    marked = "".join(
        f'  {kind}: "{" ".join(body.MARKED_BY_KEEPER)}",\n'
        for kind, body in sorted(KINDS.items())
        if getattr(body, "MARKED_BY_KEEPER", ())
    )
    return f"""/** The schemas of docs/format/ in few bytes, made by web/make_schemas.py; tests/web/test_island_sources.py holds them together. */

/** The place of the schema of each kind. */
export const KINDS: Readonly<Record<string, number>> = {{
{places}}};

/** The fields of each kind that may be given in other languages. */
export const TRANSLATED: Readonly<Record<string, string>> = {{
{translated}}};

/** The fields of each kind that the keeper marks, and an outsider does not sign. */
export const MARKED: Readonly<Record<string, string>> = {{
{marked}}};

/** What would tell a time of day, lodging, vehicle, route or exact place of a visit: patterns of Python. */
export const MOVEMENTS: readonly string[] = [
{movements}];

/** A schema at each place; the script says how they are written. */
export const SCHEMAS: readonly string[] = [
{rows}];
"""


if __name__ == "__main__":
    TARGET.write_text(made(), "utf-8")
