import msgspec
import pytest

from vestige.entries import (
    Assessment,
    Assessor,
    DateWindow,
    Disturbance,
    Effect,
    InvalidBodyError,
    Key,
    Name,
    Observation,
    Policy,
    Site,
    Source,
    Speaker,
    Statement,
    decode_body,
    encode_body,
    kind_of,
)

SITE = "site:aaaaaaaaaaaaaaaa"
ON = DateWindow(when="on", start="2020-11")
EXAMPLES = [
    Site(names=(Name(text="Mostar", language="bs"),)),
    Source(title="A report", form="reference", published="2005-07"),
    Statement(
        source="source:aaaaaaaaaaaaaaaa",
        content="x",
        manner="direct",
        speaker=Speaker(role="the minister"),
        status="candidate",
    ),
    Observation(site=SITE, method="m", software="s", before=ON, after=ON, p_value=0.5),
    Assessment(site=SITE, assessor=Assessor(name="A"), window=ON, condition="Destroyed"),
]


@pytest.mark.parametrize("body", EXAMPLES, ids=kind_of)
def test_a_body_survives_its_canonical_form(body):
    assert decode_body(kind_of(body), encode_body(body)) == body


BAD = [
    ("site", b'{"names":[]}', ["site.names", "length >= 1"]),
    ("site", b'{"names":[{"text":"  "}]}', ["site.names[0]", "white space"]),
    ("site", b'{"names":[{"text":"A"}],"colour":1}', ["colour"]),
    ("site", b'{"names":[{"text":"A"}],"location":{"latitude":91.0,"longitude":0}}', ["site.location.latitude", "91.0"]),
    ("site", b'{"names":[{"text":"A"}],"countries":["XXX"]}', ["site.countries[0]", "'XXX'"]),
    ("site", b'{"names":[{"text":7}]}', ["site.names[0].text", "expected `str`", "got `int`"]),
    ("source", b'{"title":"A"}', ["SHA-256 of the preserved file"]),
    ("statement", b'{"title":"A"}', ["unknown field", "title"]),
    ("assessment", b"[]", ["expected `object`"]),
    ("assessment", b"\xff", ["assessment"]),
    ("site", b'{"names":[{"text":7}],"more":"\xff', ["expected `str`", "site.names"]),
    ("assessment", b'{"\xff": 1}', ["assessment"]),
    ("assessment", b'{"more": ' + b"[" * 100_000, ["assessment"]),
    ("nothing", b"{}", ["'nothing'"]),
    ("policy", b'{"name":"A","origin":"a b","keys":[]}', ["policy.origin", "'a b'"]),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "said"), BAD)
def test_an_error_names_the_field_what_was_expected_and_what_came(kind, data, said):
    with pytest.raises(InvalidBodyError) as caught:
        decode_body(kind, data)
    for part in said:
        assert part in str(caught.value)


@pytest.mark.parametrize(
    "fields",
    [
        {"when": "on"},
        {"when": "on", "start": "2020", "end": "2021"},
        {"when": "between", "start": "2020"},
        {"when": "between", "start": "2021", "end": "2020"},
        {"when": "before", "start": "2020"},
        {"when": "on", "start": "2020-13"},
        {"when": "on", "start": "2021-02-29"},
        {"when": "since", "start": "2020"},
    ],
)
def test_a_window_that_means_nothing_is_refused(fields):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(fields, DateWindow)


@pytest.mark.parametrize(
    "date", ["", "20", "2020-", "2020-1", "2020-01-99999999999999999999", "²020", "2020-01-01T00", "0000", "-1"]
)
def test_a_window_made_of_what_is_no_date_is_refused(date):
    with pytest.raises(ValueError, match=r"date|month|year|day"):
        DateWindow(when="on", start=date)


def test_a_window_spans_all_days_that_it_can_mean():
    assert [str(day) for day in ON.bounds()] == ["2020-11-01", "2020-11-30"]
    assert str(DateWindow(when="before", end="2020").bounds()[1]) == "2020-12-31"
    assert DateWindow(when="before", end="2020").bounds()[0] is None


def test_terms_are_those_of_the_vocabulary():
    war = Disturbance(
        cause_category="Military/Armed Conflict",
        cause_type="Explosion/Heavy Weaponry",
        effects=(Effect(type="Burning"),),
    )
    encode_body(msgspec.structs.replace(EXAMPLES[4], disturbances=(war,)))
    with pytest.raises(InvalidBodyError, match=r"EAMENA term for condition such as .*Destroyed.*got 'destroyed'"):
        decode_body("assessment", encode_body(EXAMPLES[4]).replace(b'"Destroyed"', b'"destroyed"'))


def test_an_observation_either_has_a_p_value_or_says_why_not():
    with pytest.raises(InvalidBodyError, match="abstained"):
        decode_body("observation", encode_body(EXAMPLES[3]).replace(b'"p_value":0.5,', b""))


def test_a_policy_needs_a_keeper():
    key = "A" * 43 + "="
    with pytest.raises(ValueError, match="keeper"):
        Policy(name="A", origin="a", keys=(Key(public=key, name="K"),))
