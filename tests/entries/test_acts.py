"""What the kinds of act refuse, and the signatures of outsiders inside them."""

import base64

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import (
    Assessment,
    Assessor,
    DateWindow,
    Figure,
    InvalidBodyError,
    Name,
    Signed,
    Source,
    Speaker,
    Statement,
    decode_body,
    encode_body,
    inner_message,
    links_of,
    sign_inner,
    words_of,
)
from vestige.entries.acts import (
    Call,
    Clearance,
    Conditions,
    Draw,
    Endorsement,
    Evidence,
    Funding,
    Gathering,
    Invitation,
    Invited,
    Planned,
    Reach,
    Seen,
    Visit,
    Wording,
    movement_in,
)

ID = "abcdefghijklmnop"
HASH = "ab" * 32
KEY = Ed25519PrivateKey.from_private_bytes(b"sample key of these tests only!!")
DOMAIN = Evidence(what="dns", observed="2026-11-02T10:00:00Z", detail="_vestige-call.example.org TXT v1 abc")
HEARD = Evidence(what="heard", observed="2026-11-02T10:00:00Z")


def call(**changes):
    fields = {
        "titles": (Name(text="A sample call"),),
        "promoter": f"actor:{ID}",
        "asks": "that maps of mines be given",
        "opens": "2026-11-01",
        "texts": (Wording(language="en", file=HASH), Wording(language="fr", file="cd" * 32, binding=False)),
        "modes": ("bodies",),
        "paid_by": (Funding(by="not disclosed"),),
    }
    return Call(**{**fields, **changes})


def endorsement(**changes):
    fields = {
        "call": f"call:{ID}",
        "wording": call().wording(),
        "by": Speaker(organisation="A sample body"),
        "capacity": "body",
        "signed_on": "2026-11-02",
        "evidence": (DOMAIN,),
        "status": "confirmed",
    }
    return Endorsement(**{**fields, **changes})


def visit(**changes):
    fields = {
        "titles": (Name(text="A sample visit"),),
        "hosts": (f"actor:{ID}",),
        "purpose": "To see what stands.",
        "window": DateWindow(when="between", start="2026-10-01", end="2026-10-03"),
        "funding": (Funding(by="not disclosed", covers="travel"),),
        "embargo": "2026-10-10",
    }
    return Visit(**{**fields, **changes})


@pytest.mark.parametrize("make", [call, endorsement, visit])
def test_an_act_is_read_back_as_it_was_written(make):
    body = make()
    assert decode_body(body.KIND, encode_body(body)) == body


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"texts": ()}, "at least one text that binds"),
        ({"modes": ()}, "a way of joining"),
        ({"paid_by": ()}, "who pays"),
        ({"modes": ("counted",)}, "keep_until"),
        ({"closes": "2026-10-01"}, "starts before it ends"),
        ({"texts": (Wording(language="en", file=HASH),) * 2}, "'en' twice"),
        ({"conducted": "elsewhere"}, "the sources"),
    ],
)
def test_a_call_that_leaves_out_what_a_reader_must_know_is_refused(changes, says):
    with pytest.raises(ValueError, match=says):
        call(**changes)


def test_another_wording_is_another_hash_and_a_translation_that_does_not_bind_is_not():
    assert call().wording() != call(texts=(Wording(language="en", file="ef" * 32),)).wording()
    assert call().wording() == call(texts=(Wording(language="en", file=HASH),)).wording()


def test_an_endorsement_that_was_only_heard_stays_a_candidate():
    with pytest.raises(ValueError, match="stays a candidate"):
        endorsement(evidence=(HEARD,))
    assert endorsement(evidence=(HEARD,), status="candidate").status == "candidate"


def test_a_retraction_says_when_and_keeps_the_endorsers_signature():
    own = Evidence(what="key", observed="2026-11-02T10:00:00Z")
    unsigned = endorsement()
    signed = decode_signed(unsigned, evidence=(own,))
    later = msgspec.structs.replace(signed, status="retracted", retracted_on="2026-11-09")
    assert later.signed == signed.signed
    with pytest.raises(ValueError, match="retracted_on"):
        endorsement(status="retracted")


def decode_signed(unsigned, **changes):
    """Sign a body as an endorser does: the signature first, since a body that says 'key' must hold one."""
    public = base64.b64encode(KEY.public_key().public_bytes_raw()).decode()
    signature = Signed(key=public, sig=base64.b64encode(KEY.sign(inner_message(unsigned))).decode())
    return msgspec.structs.replace(unsigned, signed=signature, **changes)


@pytest.mark.parametrize("field", ["wording", "signed_on", "reservation", "capacity"])
def test_what_an_endorser_signed_cannot_be_altered(field):
    signed = decode_signed(endorsement(), evidence=(Evidence(what="key", observed="2026-11-02T10:00:00Z"),))
    other = {"wording": HASH, "signed_on": "2026-11-03", "reservation": "with doubts", "capacity": "person"}[field]
    with pytest.raises(ValueError, match="does not fit"):
        msgspec.structs.replace(signed, **{field: other})


@pytest.mark.parametrize(
    "body",
    [
        Source(title="What I saw", form="copy", file=HASH, made_during=f"visit:{ID}"),
        Statement(
            source=f"source:{ID}",
            content="It stands.",
            manner="direct",
            speaker=Speaker(name="A sample guest"),
            status="confirmed",
            made_during=f"visit:{ID}",
        ),
        Assessment(
            site=f"site:{ID}",
            assessor=Assessor(name="A sample guest"),
            window=DateWindow(when="on", start="2026-10-02"),
            condition="Good",
            made_during=f"visit:{ID}",
        ),
    ],
    ids=lambda body: body.KIND,
)
def test_what_a_visitor_saw_carries_the_visit_and_her_own_signature(body):
    signed = sign_inner(body, KEY)
    assert decode_body(body.KIND, encode_body(signed)) == signed
    assert f"visit:{ID}" in links_of(signed)
    data = encode_body(signed).replace(b"sample guest", b"other guest").replace(b"What I saw", b"What he saw")
    with pytest.raises(InvalidBodyError, match="does not fit"):
        decode_body(body.KIND, data)


def test_what_an_auditor_signed_cannot_be_altered():
    draw = sign_inner(Draw(call=f"call:{ID}", auditor=Assessor(name="A sample auditor"), size=300, committed=HASH), KEY)
    with pytest.raises(ValueError, match="does not fit"):
        msgspec.structs.replace(draw, committed="cd" * 32)


@pytest.mark.parametrize(
    "text",
    [
        "We meet at 14:30 by the gate",
        "The group stays at a hotel",
        "Группа живёт в гостинице",
        "հյուրանոցում",
        "الوفد في فندق المدينة",
        "by minibus from the town",
        "flight J2 8012",
        "at 39.7601, 46.7499",
        "The route goes north",
        "Qonaqlar mehmanxana seçdi",
    ],
)
def test_no_text_of_a_visit_may_tell_where_somebody_sleeps_drives_or_stands(text):
    for field in ({"purpose": text}, {"note": text}, {"titles": (Name(text=text),)}):
        with pytest.raises(ValueError, match="expected no route"):
            visit(**field)
    with pytest.raises(ValueError, match="expected no route"):
        visit(seen=(Seen(site=f"site:{ID}", access="part", why=text),))


@pytest.mark.parametrize(
    "text",
    ["To see the mosque and two museums.", "Over 40 diplomats in 2021", "By 1828 it stood", "Культурное наследие"],
)
def test_plain_words_of_a_visit_tell_nothing(text):
    assert movement_in(text) is None


def test_the_fields_of_a_visit_have_no_room_for_movement():
    parts = (Visit, Planned, Seen, Conditions, Clearance, Invited, Invitation)
    fields = {name for part in parts for name in part.__struct_fields__}
    assert not fields & {
        "route",
        "routes",
        "hotel",
        "lodging",
        "vehicle",
        "time",
        "hour",
        "location",
        "latitude",
        "escorts",
    }


def test_refused_is_only_what_somebody_says():
    with pytest.raises(ValueError, match="says so"):
        Seen(site=f"site:{ID}", access="refused")


def test_a_guest_who_said_nothing_neither_declined_nor_accepted():
    fields = {
        "visit": f"visit:{ID}",
        "invitee": Speaker(role="An ambassador", actor=f"actor:{ID}"),
        "category": "diplomat",
        "channel": "note",
    }
    for answer in ("declined", "accepted"):
        with pytest.raises(ValueError, match="own words"):
            Invitation(**fields, answer=answer, evidence=(HEARD,))
    with pytest.raises(ValueError, match="consent"):
        Invitation(**fields, consent="name")
    absent = Invitation(**fields, answer="absent")
    assert words_of(absent) == ""
    assert links_of(absent) == [f"visit:{ID}"]


def test_a_visit_is_embargoed_until_after_its_end():
    with pytest.raises(ValueError, match="embargo"):
        visit(embargo="2026-10-03")
    with pytest.raises(ValueError, match="embargo"):
        visit(embargo=None)


def test_a_session_belongs_to_an_event():
    with pytest.raises(ValueError, match="part_of"):
        Gathering(names=(Name(text="A session"),), level="session", sources=(f"source:{ID}",))


@given(st.integers(1, 19))
def test_no_cell_of_a_reach_is_smaller_than_k(number):
    data = {
        "month": "2026-10",
        "logs": [{"format": "combined", "days": 31, "lines": 100}],
        "method": "COUNTER",
        "lists": [],
        "left_out": {},
        "views": 100,
        "views_low": 60,
        "least": 20,
    }
    for cells in (
        {"languages": [{"name": "en", "number": number}]},
        {"languages": [{"name": "en", "number": 50}], "languages_other": number},
    ):
        with pytest.raises(msgspec.ValidationError, match="at least 20"):
            msgspec.convert({**data, **cells}, Reach)


@pytest.mark.parametrize(
    ("one", "other", "apart"),
    [
        ({"number": 800, "said": "about"}, {"number": 1500, "said": "about"}, True),
        ({"number": 46}, {"number": 40, "said": "at least"}, False),
        ({"number": 46}, {"number": 45}, True),
        ({"number": 120, "said": "at least"}, {"number": 135}, False),
        ({"number": 30, "said": "at most"}, {"number": 40, "said": "at least"}, True),
    ],
)
def test_what_a_number_can_mean(one, other, apart):
    (low, high), (least, most) = (Figure(counts="countries", **each).range() for each in (one, other))
    assert (high < least or most < low) == apart
