"""Limits a field: one entry, one row or one number from outside costs no reader more than a page."""

import json

import pytest

from vestige.capture import read_register
from vestige.entries import (
    LONGEST_TEXT,
    MOST_NAMES,
    Identifier,
    InvalidBodyError,
    Name,
    Site,
    Speaker,
    Statement,
    decode_body,
    encode_body,
)
from vestige.keeping.typed import schemas

DIGITS = "9" * 5000


def statement(content):
    return Statement(
        source="source:aaaaaaaaaaaaaaaa",
        content=content,
        manner="direct",
        speaker=Speaker(name="A"),
        status="confirmed",
    )


TOO_MUCH = [
    (statement("a" * (LONGEST_TEXT + 1)), "statement.content"),
    (Site(names=tuple(Name(text=str(n)) for n in range(MOST_NAMES + 1))), "site.names"),
    (
        Site(names=(Name(text="A"),), identifiers=(Identifier(scheme="a", value="1"),) * (MOST_NAMES + 1)),
        "site.identif",
    ),
    (Site(names=(Name(text="A" * 2001),)), "site.names[0].text"),
]


@pytest.mark.parametrize(("body", "where"), TOO_MUCH, ids=[where for _, where in TOO_MUCH])
def test_a_field_beyond_its_limit_is_refused_by_name(body, where):
    with pytest.raises(InvalidBodyError) as refused:
        encode_body(body)
    assert str(refused.value).find(where) >= 0 or (refused.value.where or "").startswith(where)
    assert len(str(refused.value)) < 1000


def test_what_reaches_its_limit_is_entered():
    body = statement("a" * LONGEST_TEXT)
    assert decode_body("statement", encode_body(body)) == body


@pytest.mark.parametrize("number", [str(2**53), DIGITS])
def test_a_whole_number_beyond_every_reader_is_refused(number):
    with pytest.raises(InvalidBodyError):
        decode_body("source", b'{"title":"A","form":"reference","size":%s}' % number.encode())


def test_lists_that_no_type_bounds_end_with_the_body():
    with pytest.raises(InvalidBodyError, match="at most 4,000,000 bytes"):
        decode_body("study", b'{"citations":[' + b",".join([b'"' + b"x" * 2000 + b'"'] * 2100) + b"]}")


def unbounded(schema, path=""):
    """Give the texts and numbers of a JSON Schema that have no upper bound."""
    if isinstance(schema, dict):
        if schema.get("type") == "string" and not schema.keys() & {"maxLength", "pattern", "enum", "const"}:
            yield path
        if schema.get("type") == "integer" and not schema.keys() & {"maximum", "exclusiveMaximum"}:
            yield path
    parts = schema.items() if isinstance(schema, dict) else enumerate(schema) if isinstance(schema, list) else ()
    for name, part in parts:
        yield from unbounded(part, f"{path}/{name}")


@pytest.mark.parametrize("kind", schemas())
def test_every_text_and_whole_number_has_a_limit_in_the_format(kind):
    assert list(unbounded(schemas()[kind])) == []


GOOD = {"id": "1", "name": "Mill", "lat": 43.1, "lon": 17.1, "country": "BA", "type": "", "description": ""}
PLACES = list(GOOD)


@pytest.mark.parametrize("lines", [False, True], ids=["list", "lines"])
@pytest.mark.parametrize("field", PLACES)
def test_a_number_of_5000_digits_costs_its_row_and_not_the_import(field, lines):
    rows = [json.dumps(row) for row in (GOOD, {**GOOD, "id": "2", "name": "Hall", field: "HERE"}, {**GOOD, "id": "3"})]
    text = "\n".join(rows) if lines else "[\n" + ",\n".join(rows) + "\n]"
    mapping = {field: field for field in PLACES}
    read = read_register(text.replace('"HERE"', DIGITS).encode(), mapping=mapping, register="hostile")
    assert read.rows == 3
    assert {item.line for item in read.sites} >= ({1, 3} if lines else {2, 4})
    assert len(read.sites) + read.merged + len(read.refused) == 3
    assert all(len(row.reason) < 1000 for row in read.refused)


def test_a_place_of_5000_digits_in_geojson_costs_its_feature():
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "id": name},
            "geometry": {"type": "Point", "coordinates": [x, 43]},
        }
        for name, x in (("A", 17), ("B", "HERE"))
    ]
    rows = ",\n".join(map(json.dumps, features)).replace('"HERE"', DIGITS)
    text = f'{{"type": "FeatureCollection", "features": [\n{rows}\n]}}'
    read = read_register(text.encode(), mapping={"name": "name", "id": "id"}, register="hostile")
    assert [item.site.names[0].text for item in read.sites] == ["A"]
    assert [row.line for row in read.refused] == [3]


def test_rows_that_would_give_a_site_more_names_than_it_can_hold_are_named():
    rows = "".join(f"1,Name {number},43,17\n" for number in range(MOST_NAMES + 3))
    read = read_register(("id,name,lat,lon\n" + rows).encode(), mapping={f: f for f in ("id", "name", "lat", "lon")})
    assert len(read.sites[0].site.names) == MOST_NAMES
    encode_body(read.sites[0].site)
    assert len(read.conflicts) == 3
