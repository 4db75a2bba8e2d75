import base64

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.entries import (
    BLANK_KEYS,
    Assessment,
    Assessor,
    DateWindow,
    Disturbance,
    Effect,
    InvalidBodyError,
    InvalidEnvelopeError,
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
    load_public_key,
)

SITE = "site:aaaaaaaaaaaaaaaa"
ON = DateWindow(when="on", start="2020-11")
HELD = tuple(
    msgspec.structs.replace(
        key, public=base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    )
    for key in BLANK_KEYS
)
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
    for missing in ("keeper", "log"):
        keys = tuple(key for key in BLANK_KEYS if key.role != missing)
        with pytest.raises(ValueError, match=missing):
            Policy(name="A", origin="a", keys=keys)


LOW_ORDER = [
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "0000000000000000000000000000000000000000000000000000000000000080",
    "0000000000000000000000000000000000000000000000000000000000000000",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
    "0100000000000000000000000000000000000000000000000000000000000080",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
]
"""The encodings of points of small order, as the survey of Chalkias, Garillot and Nikolaenko (Taming the many EdDSAs) lists them."""


@pytest.mark.parametrize("encoding", LOW_ORDER)
def test_a_key_that_nobody_holds_is_refused_wherever_it_stands(encoding):
    public = base64.b64encode(bytes.fromhex(encoding)).decode()
    with pytest.raises(InvalidEnvelopeError, match=r"canonical|anybody signs"):
        load_public_key(public)
    policy = encode_body(Policy(name="A", origin="a", keys=HELD)).replace(HELD[0].public.encode(), public.encode())
    with pytest.raises(InvalidBodyError, match=r"canonical|anybody signs"):
        decode_body("policy", policy)


def test_a_key_stands_once_and_a_handle_is_no_real_name():
    with pytest.raises(ValueError, match="key once"):
        Policy(name="A", origin="a", keys=(HELD[0], HELD[1], msgspec.structs.replace(HELD[1], handle="other")))
    with pytest.raises(ValueError, match="handle once"):
        Policy(name="A", origin="a", keys=(HELD[0], msgspec.structs.replace(HELD[1], handle=HELD[0].handle)))
    for handle in ("Anna Berg", "anna berg", "-anna", "a" * 41, ""):
        bad = msgspec.structs.replace(HELD[1], handle=handle)
        with pytest.raises(InvalidBodyError, match="handle"):
            encode_body(Policy(name="A", origin="a", keys=(HELD[0], bad)))


@pytest.mark.parametrize(
    "origin", ["a\x1b[31mRED", "a\x00b", "ex\u0430mple.org", "EXAMPLE.org", "a b", "a+b", "a//b", "/a", "a/", "a" * 101]
)
def test_an_origin_is_plain(origin):
    with pytest.raises(InvalidBodyError, match="origin"):
        encode_body(Policy(name="A", origin=origin, keys=HELD))
