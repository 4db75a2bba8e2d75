"""Makes bodies.json: bodies with the rule that each breaks by its form, if any, which every reader of a record must answer alike.

    python tests/vectors/make_bodies.py

What a body breaks stands beside it by hand, as docs/format.md says, not computed by the code that is tested. ``reads`` says who must see it:
``every`` reader, or ``schemas`` alone, those who hold the schemas of docs/format/ and ask what fields must agree in.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HASH, LEFT_OUT = "ab" * 32, object()


def public(seed: int) -> bytes:
    """Give the 32 bytes of a public key of a fixed seed."""
    return (
        Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
        .public_key()
        .public_bytes(Encoding.Raw, PublicFormat.Raw)
    )


def text(raw: bytes) -> str:
    """Give bytes in base64."""
    return base64.b64encode(raw).decode()


def vkey(name: str = "w.example", algorithm: int = 4, raw: bytes | None = None) -> str:
    """Give a verifier key."""
    data = bytes([algorithm]) + (public(3) if raw is None else raw)
    key_id = hashlib.sha256(name.encode() + b"\n" + data).hexdigest()[:8]
    return f"{name}+{key_id}+{text(data)}"


LOG, KEEPER = (
    {"handle": role, "public": text(public(seed)), "role": role} for seed, role in enumerate(("log", "keeper"), 1)
)
POLICY = {"keys": [LOG, KEEPER], "name": "Vectors", "origin": "example.org/vectors"}
SITE = {"names": [{"text": "Tower"}]}


def dump(value: object) -> str:
    """Write canonical JSON of texts, lists and plain numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def with_fields(base: dict[str, Any], **fields: Any) -> str:
    """Give a body with some fields others, or left out."""
    return dump({name: value for name, value in {**base, **fields}.items() if value is not LEFT_OUT})


def policies() -> dict[str, tuple[str, bool]]:
    """Give policies by name, each with whether it is one."""

    def key(**fields: Any) -> str:
        return with_fields(
            POLICY, keys=[LOG, {name: v for name, v in {**KEEPER, **fields}.items() if v is not LEFT_OUT}]
        )

    def of(**fields: Any) -> str:
        return with_fields(POLICY, **fields)

    witness = {"vkey": vkey()}
    translation = {"field": "name", "language": "az", "text": "V"}
    long = "\u0561" * 2_000
    return {
        "the least": (of(), True),
        "all of it": (
            of(balance="b", colour="#00ff7f", contact="c", description="d", imprint="i", language="en", languages=["en", "az-Latn"], licence="l", limits="x",
               logo=HASH, parties=["actor:abcdefghijklmnop"], quorum=1, translations=[translation, {**translation, "language": "fr"}], region=["AM", "AZ"], required_assessors=20, sensitive_cell_degrees=1, witnesses=[{**witness, "url": "https://w.example/"}]),
            True,
        ),
        "nothing where nothing may be": (of(balance=None, contact=None, description=None, imprint=None, licence=None, limits=None), True),
        "defaults that are written": (of(quorum=0, region=[], languages=["en"], required_assessors=2, sensitive_cell_degrees=0.1), True),
        "a name of two thousand letters": (of(name=long), True),
        "a name of two thousand letters beyond the basic plane": (of(name="\U0001d11e" * 2_000), True),
        "a longer name": (of(name=long + "x"), False),
        "no name": (of(name=LEFT_OUT), False),
        "an empty name": (of(name=""), False),
        "a number for a name": (of(name=5), False),
        "null for a name": (of(name=None), False),
        "an unknown field": (of(zzz=1), False),
        "a field of every object": (of(constructor=1), False),
        "a longer description": (of(description="x" * 100_001), False),
        "a contact of 2,001 letters": (of(contact="x" * 2_001), False),
        "400 translations": (of(translations=[{**translation, "language": f"az-{number:03d}x"} for number in range(400)]), True),
        "401 translations": (of(translations=[{**translation, "language": f"az-{number:03d}x"} for number in range(401)]), False),
        "an empty description": (of(description=""), False),
        "a description of another type": (of(description=["d"]), False),
        "no assessors": (of(required_assessors=0), False),
        "21 assessors": (of(required_assessors=21), False),
        "half an assessor": (of(required_assessors=1.5), False),
        "true for a number": (of(required_assessors=True), False),
        "a text for a number": (of(quorum="1"), False),
        "another grid": (of(sensitive_cell_degrees=0.2), False),
        "no languages": (of(languages=[]), False),
        "null for languages": (of(languages=None), False),
        "an odd language": (of(languages=["english"]), False),
        "a text for languages": (of(languages="en"), False),
        "a region in small letters": (of(region=["am"]), False),
        "a party that is no id": (of(parties=["actor:short"]), False),
        "an origin with a capital host": (of(origin="Example.org"), False),
        "an origin with a port": (of(origin="example.org:80"), False),
        "an origin of 100 letters": (of(origin="a" * 100), True),
        "an origin of 101 letters": (of(origin="a" * 101), False),
        "an origin with a line feed at its end": (of(origin="example.org\n"), False),
        "a colour in capitals": (of(colour="#00FF7F"), False),
        "a colour by name": (of(colour="red"), False),
        "a logo that is no hash": (of(logo="logo.png"), False),
        "a language that is none": (of(language="english"), False),
        "null for language, logo and colour": (of(language=None, logo=None, colour=None), True),
        "a translation of a key": (of(translations=[{**translation, "field": "keys"}]), False),
        "two translations in one language": (of(translations=[translation, {**translation, "language": "AZ"}]), False),
        "a blank translation": (of(translations=[{**translation, "text": " \u00a0\x1f"}]), False),
        "a translation without a language": (of(translations=[{"field": "name", "text": "V"}]), False),
        "null for translations": (of(translations=None), False),
        "a quorum of nobody": (of(quorum=1), False),
        "a quorum below nothing": (of(quorum=-1), False),
        "no keys": (of(keys=[]), False),
        "an object for keys": (of(keys={}), False),
        "no keeper": (of(keys=[LOG]), False),
        "no log key": (of(keys=[KEEPER]), False),
        "a retired keeper only": (key(retired=True), False),
        "a keeper in force, said": (key(retired=False), True),
        "a text for retired": (key(retired="no"), False),
        "null for retired": (key(retired=None), False),
        "a person": (key(person="anna"), True),
        "null for a person": (key(person=None), True),
        "a real name for a person": (key(person="Anna Example"), False),
        "a handle of 41 letters": (key(handle="a" * 41), False),
        "no handle": (key(handle=LEFT_OUT), False),
        "an unknown role": (key(role="owner"), False),
        "a list for a role": (key(role=["keeper"]), False),
        "an unknown field of a key": (key(name="Anna"), False),
        "a field of every object in a key": (key(constructor=1), False),
        "the same key twice": (of(keys=[LOG, KEEPER, {**KEEPER, "handle": "again"}]), False),
        "the same handle twice": (of(keys=[LOG, KEEPER, {**KEEPER, "public": text(public(9))}]), False),
        "a key of 31 bytes": (key(public=text(bytes(31))), False),
        "a key without padding": (key(public=text(public(2)).rstrip("=")), False),
        "the identity point": (key(public=text(bytes([1]) + bytes(31))), False),
        "the identity point in another spelling": (key(public=text(b"\xee" + b"\xff" * 30 + b"\x7f")), False),
        "a witness": (of(witnesses=[witness]), True),
        "a witness with a mistyped id": (of(witnesses=[{"vkey": vkey().replace("+", "+0", 1)[:-1]}]), False),
        "a witness with the id of another": (of(witnesses=[{"vkey": vkey()[:10] + "00000000" + vkey()[18:]}]), False),
        "a log key as a witness": (of(witnesses=[{"vkey": vkey(algorithm=1)}]), False),
        "a witness nobody can be": (of(witnesses=[{"vkey": vkey(raw=bytes(32))}]), False),
        "a witness with a space in its name": (of(witnesses=[{"vkey": vkey("w example")}]), False),
        "a witness with a no-break space in its name": (of(witnesses=[{"vkey": vkey("w\u00a0example")}]), False),
        "a witness with a mark of byte order": (of(witnesses=[{"vkey": vkey("\ufeffw.example")}]), False),
        "a witness with a control character": (of(witnesses=[{"vkey": vkey("w\x1fexample")}]), False),
        "a witness with another control character": (of(witnesses=[{"vkey": vkey("w\x01example")}]), False),
        "a witness with a control character of C1": (of(witnesses=[{"vkey": vkey("w\x9bexample")}]), False),
        "a witness with a name of 200 letters": (of(witnesses=[{"vkey": vkey("\U0001d11e" * 200)}]), True),
        "a witness with a longer name": (of(witnesses=[{"vkey": vkey("w" * 201)}]), False),
        "a witness at another scheme": (of(witnesses=[{**witness, "url": "ftp://w.example/"}]), False),
        "a witness at null": (of(witnesses=[{**witness, "url": None}]), True),
        "a witness without a key": (of(witnesses=[{"url": "https://w.example/"}]), False),
        "a text for a witness": (of(witnesses=[vkey()]), False),
        "an unknown field of a witness": (of(witnesses=[{**witness, "name": "W"}]), False),
    }  # fmt: skip


def canonical() -> dict[str, tuple[str, str | None]]:
    """Give bodies of sites and of an unknown kind by name, each with the rule that it breaks."""
    place = '{"location":{"latitude":%s,"longitude":1},"names":[{"text":"Tower"}]}'
    return {
        "a site": (dump(SITE), None),
        "a site with a place": (place % "43.3373", None),
        "a small number": (place % "0.000001", None),
        "a smaller number": (place % "1e-7", None),
        "a small number with an exponent too soon": (place % "1e-6", "body"),
        "a fraction of nothing": (place % "1.0", "body"),
        "a number below nothing": (place % "-0", "body"),
        "a fraction below nothing": (place % "-0.0", "body"),
        "a number with a needless digit": (place % "0.10", "body"),
        "a number with a capital exponent": (place % "1E-7", "body"),
        "a number that is none": (place % "NaN", "body"),
        "white space": ('{"names": [{"text":"Tower"}]}', "body"),
        "a line feed at its end": (dump(SITE) + "\n", "body"),
        "a mark of byte order": ("\ufeff" + dump(SITE), "body"),
        "another order": ('{"names":[{"text":"Tower"}],"address":"a"}', "body"),
        "a field twice": ('{"address":"a","address":"a","names":[{"text":"Tower"}]}', "body"),
        "an escaped letter": ('{"names":[{"text":"\\u0054ower"}]}', "body"),
        "an escaped slash": ('{"names":[{"text":"a\\/b"}]}', "body"),
        "an escape in capitals": ('{"names":[{"text":"\\u001F"}]}', "body"),
        "half of a pair": ('{"names":[{"text":"\\ud834"}]}', "body"),
        "half of a pair in a name of a field": ('{"\\ud834":1,"names":[{"text":"Tower"}]}', "body"),
        "a whole pair, escaped": ('{"names":[{"text":"\\ud834\\udd1e"}]}', "body"),
        "a control character": (dump({"names": [{"text": "a\x1b[2J\x00\x07\x0b\x7fb"}]}), None),
        "a control character of C1": (dump({"names": [{"text": "a\x9b2J\x85\x80b"}]}), None),
        "a control of direction": (dump({"names": [{"text": "a\u202eb\u2066c\u2069"}]}), None),
        "a control character as it is": ('{"names":[{"text":"a\x1bb"}]}', "body"),
        "a tab as it is": ('{"names":[{"text":"a\tb"}]}', "body"),
        "a control character that is escaped needlessly": ('{"names":[{"text":"a\\u007fb"}]}', "body"),
        "a short escape written long": ('{"names":[{"text":"a\\u000ab"}]}', "body"),
        "a control character in a name of a field": ('{"names":[{"text":"Tower"}],"\\u001b":1}', "body"),
        "a whole number that not every reader reads alike": (place % str(2**53), "body"),
        "the same below nothing": (place % str(-(2**53)), "body"),
        "a number with so many digits that it has an exponent": (place % "1e+21", "fields"),
        "a list": ("[]", "body"),
        "a text": ('"Tower"', "body"),
        "nothing": ("", "body"),
        "null": ("null", "body"),
        "not closed": ('{"names":[{"text":"Tower"}]', "body"),
        "nested deep": ('{"names":' + "[" * 5_000 + "]" * 5_000 + "}", "body"),
        "no field that it must have": ("{}", "fields"),
        "a field that it has not": (with_fields(SITE, foo=1), "fields"),
        "a field of every object": (with_fields(SITE, constructor=1), "fields"),
    }  # fmt: skip


def ending() -> dict[str, tuple[str, str, str | None]]:
    """Give withdrawals, openings and entries of other kinds by name: kind, body, rule."""
    salt = text(bytes(range(32)))
    return {
        "a withdrawal": ("withdrawal", dump({"entry": HASH, "reason": "r"}), None),
        "a withdrawal of no hash": ("withdrawal", dump({"entry": "ab", "reason": "r"}), "fields"),
        "a withdrawal of a hash in capitals": ("withdrawal", dump({"entry": HASH.upper(), "reason": "r"}), "fields"),
        "a withdrawal without a reason": ("withdrawal", dump({"entry": HASH}), "fields"),
        "a withdrawal with an empty reason": ("withdrawal", dump({"entry": HASH, "reason": ""}), "fields"),
        "a withdrawal with a number for a reason": ("withdrawal", dump({"entry": HASH, "reason": 5}), "fields"),
        "a withdrawal of more": ("withdrawal", dump({"also": HASH, "entry": HASH, "reason": "r"}), "fields"),
        "a withdrawal with a control character in its reason": ("withdrawal", dump({"entry": HASH, "reason": "a\x1b[2J\x9bb"}), None),
        "an opening": ("opening", dump({"entry": HASH, "salt": salt}), None),
        "an opening with a short salt": ("opening", dump({"entry": HASH, "salt": salt[:40]}), "fields"),
        "an opening with spare bits": ("opening", dump({"entry": HASH, "salt": salt[:-2] + "9="}), "fields"),
        "an opening without a salt": ("opening", dump({"entry": HASH}), "fields"),
        "an opening of more": ("opening", dump({"body": {}, "entry": HASH, "salt": salt}), "fields"),
        "a kind of tomorrow": ("zzz", dump({"anything": [1, None, {"a": "b"}]}), None),
        "a kind of tomorrow, nested a hundred deep": ("zzz", '{"a":' + "[" * 99 + "]" * 99 + "}", None),
        "a kind of tomorrow, nested deeper": ("zzz", '{"a":' + "[" * 100 + "]" * 100 + "}", "body"),
        "a kind of tomorrow, nested deeper in one place": ("zzz", '{"a":[1,{"b":' + "[" * 98 + "]" * 98 + "}]}", "body"),
        "a kind of tomorrow with a large number": ("zzz", '{"a":9007199254740992}', "body"),
        "a kind of tomorrow with a larger one": ("zzz", '{"a":1e+21}', None),
        "a kind of tomorrow, not canonical": ("zzz", '{"a": 1}', "body"),
        "a kind of tomorrow, no object": ("zzz", "[1]", "body"),
        "a kind named as a field of every object": ("constructor", "{}", None),
        "a statement of nothing": ("statement", "{}", "fields"),
        "an assessment with a field of another kind": ("assessment", dump({"names": []}), "fields"),
    }  # fmt: skip


def signed(kind: str, body: dict[str, Any], marked: tuple[str, ...] = (), seed: int = 7) -> dict[str, Any]:
    """Sign a body as an outsider does, but for the fields that the keeper marks."""
    key = Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)
    bare = dump({name: value for name, value in body.items() if name not in marked})
    return {**body, "signed": {"key": text(public(seed)), "sig": text(key.sign(f"vestige/1 {kind}\n{bare}".encode()))}}


def thing(kind: str, letter: str = "a") -> str:
    """Give the id of a thing."""
    return f"{kind}:{letter * 16}"


WINDOW = {"start": "2022-03", "when": "on"}
HEARD = {"observed": "2026-11-02T10:00:00Z", "what": "heard"}
PAGE = {**HEARD, "source": thing("source"), "what": "page"}
FILE = {"file": HASH, "media_type": "text/csv", "name": "t.csv"}
CELL = {"name": "AM", "number": 30}
DRAW = {"auditor": {"name": "Auditor"}, "call": thing("call"), "committed": HASH, "size": 20}
GOOD: dict[str, dict[str, Any]] = {
    "actor": {"names": [{"text": "Council"}], "type": "organisation"},
    "appeal": {"addressees": [{"name": "Office"}], "form": "letter", "origin": "recorded", "source": thing("source"), "title": "Appeal"},
    "assessment": {"assessor": {"name": "Assessor"}, "condition": "Poor", "site": thing("site"), "window": WINDOW},
    "audit": {"asked": 3, "auditor": {"name": "Auditor"}, "bad_at_most": 0.5, "bad_at_worst": 1, "bounced": 0, "call": thing("call"), "draw": HASH, "drawn": HASH,
              "method": "m", "no": 1, "nonce": HASH, "silent": 0, "tally": HASH, "yes": 2},
    "call": {"asks": "a", "modes": ["bodies"], "opens": "2026-11-01", "paid_by": [{"by": "not disclosed"}], "promoter": thing("actor"),
             "texts": [{"file": HASH, "language": "en"}], "titles": [{"text": "Call"}]},
    "dispatch": {"appeal": thing("appeal"), "means": "post", "to": "Desk", "when": "2026-11-02"},
    "draw": DRAW,
    "endorsement": {"by": {"organisation": "Body"}, "call": thing("call"), "capacity": "body", "evidence": [PAGE], "signed_on": "2026-11-02",
                    "status": "confirmed", "wording": HASH},
    "gathering": {"level": "event", "names": [{"text": "Forum"}], "sources": [thing("source")]},
    "invitation": {"category": "media", "channel": "mail", "invitee": {"name": "Guest"}, "visit": thing("visit")},
    "observation": {"abstained": "too few", "after": {"start": "2023", "when": "on"}, "before": WINDOW, "method": "m", "site": thing("site"), "software": "s"},
    "participation": {"gathering": thing("gathering"), "part": "spoke", "source": thing("source"), "who": {"name": "Guest"}},
    "reach": {"least": 20, "left_out": {}, "lists": [], "logs": [{"days": 30, "format": "caddy", "lines": 9}], "method": "m", "month": "2026-10", "views": 50, "views_low": 40},
    "reply": {"appeal": thing("appeal"), "received": "2026-11-20", "sender": "Office", "type": "question"},
    "site": {"names": [{"text": "Tower"}]},
    "source": {"file": HASH, "title": "Gazette"},
    "statement": {"content": "It was hit", "manner": "direct", "source": thing("source"), "speaker": {"name": "Speaker"}, "status": "confirmed"},
    "study": {"limits": "l", "method": "m", "question": "q", "result": "r", "software": "s", "title": "t"},
    "tally": {"call": thing("call"), "closed": "2026-11-03", "count": 60, "method": "m", "number": 1, "sheet": HASH, "total": 60, "wording": HASH},
    "undertaking": {"bound": [thing("actor")], "statement": thing("statement"), "what": "w"},
    "visit": {"embargo": "2026-12-01", "funding": [{"by": "host"}], "hosts": [thing("actor")], "purpose": "p", "titles": [{"text": "Visit"}],
              "window": {"end": "2026-11-05", "start": "2026-11-03", "when": "between"}},
}  # fmt: skip
"""The least body of each kind."""


def of_schemas() -> list[tuple[str, str, dict[str, Any], bool]]:
    """Give changes to the least bodies that the schema of a kind decides on: name, kind, fields, whether it is one of its kind then."""
    long, point = "\u0561" * 2_000, {"latitude": 40.5, "longitude": 46.5}
    scene = {"acquired": "2026-01-02T03:04:05Z", "id": "S1"}
    return [
        ("a number for a text", "site", {"type": 5}, False),
        ("a list for a text", "site", {"type": ["tower"]}, False),
        ("null for a text that may be null", "site", {"type": None}, True),
        ("null for a list", "site", {"countries": None}, False),
        ("null for a text that must be there", "study", {"method": None}, False),
        ("an empty text", "site", {"type": ""}, False),
        ("a line of two thousand letters", "site", {"type": long}, True),
        ("a line of two thousand letters beyond the basic plane", "site", {"type": "\U0001d11e" * 2_000}, True),
        ("a longer line", "site", {"type": long + "x"}, False),
        ("400 designations", "site", {"designations": ["d"] * 400}, True),
        ("401 designations", "site", {"designations": ["d"] * 401}, False),
        ("an object for a list", "site", {"designations": {}}, False),
        ("no names", "site", {"names": []}, False),
        ("a text for an object", "site", {"location": "here"}, False),
        ("a list for an object", "site", {"location": [40.5, 46.5]}, False),
        ("a place", "site", {"location": point}, True),
        ("a latitude of the pole", "site", {"location": {**point, "latitude": 90}}, True),
        ("a latitude beyond it", "site", {"location": {**point, "latitude": 90.5}}, False),
        ("a latitude below the other pole", "site", {"location": {**point, "latitude": -90.5}}, False),
        ("a text for a latitude", "site", {"location": {**point, "latitude": "40.5"}}, False),
        ("true for a latitude", "site", {"location": {**point, "latitude": True}}, False),
        ("a place without its longitude", "site", {"location": {"latitude": 40.5}}, False),
        ("a cell of nothing", "site", {"location": {**point, "cell_degrees": 0}}, False),
        ("a small cell", "site", {"location": {**point, "cell_degrees": 0.1}}, True),
        ("a cell of 11 degrees", "site", {"location": {**point, "cell_degrees": 11}}, False),
        ("an unknown field within", "site", {"location": {**point, "height": 5}}, False),
        ("a field of every object within", "site", {"names": [{"constructor": 1, "text": "Tower"}]}, False),
        ("a field named __proto__", "site", {"__proto__": {}}, False),
        ("a number deep within", "site", {"names": [{"text": "a"}, {"text": 5}]}, False),
        ("a country in small letters", "site", {"countries": ["am"]}, False),
        ("a country with a line feed at its end", "site", {"countries": ["AM\n"]}, False),
        ("a sensitivity that is none", "site", {"sensitivity": "secret"}, False),
        ("a language that is none", "site", {"language": "english"}, False),
        ("a date in other digits", "source", {"published": "\u0662\u0660\u0662\u0660"}, False),
        ("a date in words", "source", {"published": "May"}, False),
        ("an id that is none", "statement", {"source": "source:short"}, False),
        ("a status that is none", "statement", {"status": "true"}, False),
        ("a status that is left out", "statement", {"status": LEFT_OUT}, False),
        ("a hash in capitals", "source", {"file": HASH.upper()}, False),
        ("a size below nothing", "source", {"size": -1}, False),
        ("half a byte", "source", {"size": 1.5}, False),
        ("a size of 2^53 - 1", "source", {"size": 2**53 - 1}, True),
        ("true for a size", "source", {"size": True}, False),
        ("a text for true", "endorsement", {"sample": "yes"}, False),
        ("null for true", "endorsement", {"sample": None}, False),
        ("a number for true", "endorsement", {"sample": 1}, False),
        ("true", "endorsement", {"sample": True}, True),
        ("a moment without seconds", "observation", {"scenes": [{**scene, "acquired": "2026-01-02T03:04Z"}]}, False),
        ("a moment", "observation", {"scenes": [scene]}, True),
        ("parameters", "observation", {"parameters": {"constructor": "", "window": "7"}}, True),
        ("a parameter without a name", "observation", {"parameters": {"": "7"}}, False),
        ("a number for a parameter", "observation", {"parameters": {"window": 7}}, False),
        ("a list of parameters", "observation", {"parameters": ["7"]}, False),
        ("a chance above one", "observation", {"abstained": LEFT_OUT, "p_value": 1.5}, False),
        ("a change of 1,001 decibels", "observation", {"changes": [{"band": "VV", "decibels": 1001}]}, False),
        ("a condition that is no term", "assessment", {"condition": "Bad"}, False),
        ("a condition in small letters", "assessment", {"condition": "poor"}, False),
        ("a trend that is no term", "assessment", {"trend": "up"}, False),
        ("an extent that is no term", "assessment", {"extent": "50%"}, False),
        ("a method that is no term", "assessment", {"method": "look"}, False),
        ("a disturbance in terms", "assessment", {"disturbances": [{"cause_category": "Natural", "cause_type": "Drought", "effects": [{"certainty": "High", "type": "Burning"}]}]}, True),
        ("a cause that is no term", "assessment", {"disturbances": [{"cause_category": "Natural", "cause_type": "War"}]}, False),
        ("an effect that is no term", "assessment", {"disturbances": [{"cause_category": "Natural", "cause_type": "Drought", "effects": [{"type": "Ruin"}]}]}, False),
        ("a certainty that is no term", "assessment", {"disturbances": [{"cause_category": "Natural", "cause_certainty": "sure", "cause_type": "Drought"}]}, False),
        ("a type that is none", "actor", {"type": "ghost"}, False),
        ("a number of signatures beyond all", "tally", {"total": 10_000_000_001}, False),
        ("a draw of nobody", "draw", {"size": 0}, False),
        ("a month of thirteen", "reach", {"month": "2026-13"}, False),
        ("no log", "reach", {"logs": []}, False),
        ("a day without a month", "dispatch", {"when": "2026"}, False),
        ("a part that is none", "participation", {"part": "slept"}, False),
        ("a file of a study without its type", "study", {"files": [{"file": HASH, "name": "t.csv"}]}, False),
        ("a file of a study", "study", {"files": [FILE]}, True),
    ]  # fmt: skip


def of_rules() -> list[tuple[str, str, dict[str, Any], bool]]:
    """Give changes to the least bodies by the rule on what fields must agree in, which comes first in the name."""
    own = {
        "checkpoint": "c",
        "documents": [{**FILE, "language": "en"}],
        "draft": HASH,
        "form_file": HASH,
        "origin": "own",
        "source": LEFT_OUT,
    }
    fact = {"role": "fact", "text": "It stands."}
    part = {"field": "f", "heading": "h"}
    say = {"language": "az", "text": "V"}
    span = {"end": 9, "start": 5}
    geography = {"built": "2026", "licence": "CC0", "name": "G"}
    counted = {"keep_until": "2027-01-01", "modes": ["counted"], "sealed_to": [{"key": text(bytes(32)), "name": "K"}]}
    return [
        ("Name: white space", "site", {"names": [{"text": " \u00a0\x1f\u3000"}]}, False),
        ("Name: a space without width", "site", {"names": [{"text": "\u200b"}]}, True),
        ("Translation: white space", "site", {"translations": [{**say, "field": "type", "text": "\u2028"}]}, False),
        *(
            (f"{kind.capitalize()}: a translation of {field}", kind, {"translations": [{**say, "field": field}]}, good)
            for kind, field, good in (
                ("actor", "description", True), ("actor", "names", False), ("site", "type", True), ("site", "names", False), ("study", "limits", True),
                ("study", "software", False), ("assessment", "note", True), ("assessment", "condition", False), ("source", "title", True), ("source", "author", False),
                ("statement", "content", True), ("statement", "cue", False),
                ("source", "note", True), ("appeal", "note", True), ("appeal", "title", False), ("dispatch", "note", True), ("dispatch", "to", False),
                ("reply", "note", True), ("reply", "sender", False),
            )
        ),
        ("Site: two translations in one language", "site", {"translations": [{**say, "field": "type"}, {**say, "field": "type", "language": "AZ"}]}, False),
        ("Site: translations of two fields", "site", {"translations": [{**say, "field": "type"}, {**say, "field": "address"}]}, True),
        ("DateWindow: on a day that is none", "assessment", {"window": {"start": "2021-02-29", "when": "on"}}, False),
        ("DateWindow: on a leap day", "assessment", {"window": {"start": "2020-02-29", "when": "on"}}, True),
        ("DateWindow: in a month that is none", "assessment", {"window": {"start": "2021-13", "when": "on"}}, False),
        ("DateWindow: in the year nought", "assessment", {"window": {"start": "0000", "when": "on"}}, False),
        ("DateWindow: on, with an end", "assessment", {"window": {"end": "2021", "start": "2020", "when": "on"}}, False),
        ("DateWindow: on, without a start", "assessment", {"window": {"when": "on"}}, False),
        ("DateWindow: between, without an end", "assessment", {"window": {"end": None, "start": "2020", "when": "between"}}, False),
        ("DateWindow: before, with a start", "assessment", {"window": {"end": "2021", "start": "2020", "when": "before"}}, False),
        ("DateWindow: before a day that is none", "assessment", {"window": {"end": "2021-04-31", "when": "before"}}, False),
        ("DateWindow: before", "assessment", {"window": {"end": "2021-04-30", "when": "before"}}, True),
        ("DateWindow: ends before it starts", "assessment", {"window": {"end": "2019", "start": "2020", "when": "between"}}, False),
        ("DateWindow: a year to its own May", "assessment", {"window": {"end": "2020-05", "start": "2020", "when": "between"}}, True),
        ("Designation: ends before it starts", "site", {"designated": [{"scheme": "whc", "since": "2000", "until": "1999"}]}, False),
        ("Designation: a day that is none", "site", {"designated": [{"scheme": "whc", "since": "1999-02-30", "until": "2000"}]}, False),
        ("Designation: starts and ends", "site", {"designated": [{"scheme": "whc", "since": "1999-12", "until": "1999"}]}, True),
        ("Speaker: nobody", "statement", {"speaker": {"resolved_by": "r"}}, False),
        ("Speaker: an actor", "statement", {"speaker": {"actor": thing("actor")}}, True),
        ("Span: of nothing", "statement", {"file": HASH, "spans": [{"end": 5, "start": 5}]}, False),
        ("Statement: spans without a file", "statement", {"spans": [span]}, False),
        ("Statement: spans of a file", "statement", {"file": HASH, "spans": [span]}, True),
        ("Statement: progress of no undertaking", "statement", {"acts": [thing("call")], "progress": "kept"}, False),
        ("Statement: progress of an undertaking", "statement", {"acts": [thing("undertaking")], "progress": "kept"}, True),
        ("Source: a copy without a file", "source", {"file": LEFT_OUT}, False),
        ("Source: a reference without a file", "source", {"file": LEFT_OUT, "form": "reference"}, True),
        ("Observation: both answers", "observation", {"p_value": 0.5}, False),
        ("Observation: no answer", "observation", {"abstained": None}, False),
        ("Observation: a test", "observation", {"abstained": LEFT_OUT, "p_value": 0}, True),
        ("Evidence: a page without its source", "endorsement", {"evidence": [{**PAGE, "source": None}]}, False),
        ("Evidence: a record of names without its detail", "endorsement", {"evidence": [{**HEARD, "what": "dns"}]}, False),
        ("Evidence: a record of names", "endorsement", {"evidence": [{**HEARD, "detail": "TXT", "what": "dns"}]}, True),
        ("AppealParagraph: a fact from nothing", "appeal", {"answers": [{**part, "paragraphs": [fact]}]}, False),
        ("AppealParagraph: a fact", "appeal", {"answers": [{**part, "paragraphs": [{**fact, "cites": [HASH], "sentence": "s"}]}]}, True),
        ("Appeal: recorded without a source", "appeal", {"source": LEFT_OUT}, False),
        ("Appeal: an own one", "appeal", own, True),
        ("Appeal: an own one without documents", "appeal", {**own, "documents": []}, False),
        ("Appeal: an own one without a checkpoint", "appeal", {**own, "checkpoint": None}, False),
        ("Reply: an extension without a day", "reply", {"type": "extension"}, False),
        ("Reply: an extension", "reply", {"due": "2026-12-01", "type": "extension"}, True),
        ("Call: closes before it opens", "call", {"closes": "2026-10-31"}, False),
        ("Call: opens on a day that is none", "call", {"opens": "2026-11-31"}, False),
        ("Call: kept until before it opens", "call", {"keep_until": "2026-10-31"}, False),
        ("Call: its collection destroyed before it opens", "call", {"collection_destroyed": "2026-10-31"}, False),
        ("Call: its collection destroyed", "call", {"collection_destroyed": "2027-06-01"}, True),
        ("Call: two texts in one language", "call", {"texts": [{"file": HASH, "language": "en"}] * 2}, False),
        ("Call: no text that binds", "call", {"texts": [{"binding": False, "file": HASH, "language": "en"}]}, False),
        ("Call: a way of joining twice", "call", {"modes": ["bodies", "bodies"]}, False),
        ("Call: no way of joining", "call", {"modes": []}, False),
        ("Call: nobody who pays", "call", {"paid_by": LEFT_OUT}, False),
        ("Call: counted without a seal", "call", {**counted, "sealed_to": []}, False),
        ("Call: counted without an end", "call", {**counted, "keep_until": None}, False),
        ("Call: counted", "call", counted, True),
        ("Call: elsewhere without sources", "call", {"conducted": "elsewhere"}, False),
        ("Call: elsewhere", "call", {"conducted": "elsewhere", "modes": LEFT_OUT, "paid_by": LEFT_OUT, "sources": [thing("source")], "texts": LEFT_OUT}, True),
        ("Endorsement: confirmed by hearsay", "endorsement", {"evidence": [HEARD]}, False),
        ("Endorsement: a candidate by hearsay", "endorsement", {"evidence": [HEARD], "status": LEFT_OUT}, True),
        ("Endorsement: a key without a signature", "endorsement", {"evidence": [{**HEARD, "what": "key"}]}, False),
        ("Endorsement: retracted on no day", "endorsement", {"status": "retracted"}, False),
        ("Endorsement: a day of retracting, and confirmed", "endorsement", {"retracted_on": "2026-11-09"}, False),
        ("Tally: closed on a day that is none", "tally", {"closed": "2026-02-30"}, False),
        ("Tally: a count without a sheet", "tally", {"sheet": None}, False),
        ("Tally: a sheet of nothing", "tally", {"count": 0}, False),
        ("Tally: more than all", "tally", {"total": 59}, False),
        ("Tally: more ended than all", "tally", {"ended": 61}, False),
        ("Tally: a country twice", "tally", {"countries": [CELL, CELL]}, False),
        ("Tally: a domain twice", "tally", {"domains": [CELL, CELL]}, False),
        ("Tally: a country by its name", "tally", {"countries": [{**CELL, "name": "Armenia"}]}, False),
        ("Tally: a country in other capitals", "tally", {"countries": [{**CELL, "name": "\u0531\u0532"}]}, False),
        ("Tally: countries", "tally", {"countries": [CELL, {**CELL, "name": "AZ"}]}, True),
        ("Audit: numbers that do not add up", "audit", {"silent": 1}, False),
        ("Seen: refused as nobody said", "visit", {"seen": [{"access": "refused", "site": thing("site")}]}, False),
        ("Seen: refused as somebody said", "visit", {"seen": [{"access": "refused", "said_by": thing("source"), "site": thing("site")}]}, True),
        ("Visit: without an embargo", "visit", {"embargo": None}, False),
        ("Visit: an embargo that ends with it", "visit", {"embargo": "2026-11-05"}, False),
        ("Visit: elsewhere without sources", "visit", {"conducted": "elsewhere", "embargo": None}, False),
        ("Visit: elsewhere", "visit", {"conducted": "elsewhere", "embargo": None, "sources": [thing("source")]}, True),
        ("Visit: a site planned twice", "visit", {"planned": [{"site": thing("site")}] * 2}, False),
        ("Visit: guests of a kind twice", "visit", {"invited": [{"category": "media"}] * 2}, False),
        *(
            (f"Visit: {words}", "visit", {"purpose": f"They met {words}."}, False)
            for words in ("at 10:30", "at 9 p.m.", "in the hotel", "in the HOTEL", "in \u0433\u043e\u0441\u0442\u0438\u043d\u0438\u0446\u0430",
                          "by a M\u0130N\u0130BUS", "on the route", "at \u0663:4\u0665", "at 40.1234, 46.7890", "at 40\u00b0 30\u2032")
        ),
        ("Visit: words that hold such words", "visit", {"purpose": "hotels\u00e9jour, routes\u0301, \u00e9hotel, 110:305"}, True),
        ("Invitation: answered before it was sent", "invitation", {"answered": "2026-01-01", "sent": "2026-01-02"}, False),
        ("Invitation: sent on a day that is none", "invitation", {"sent": "2026-02-30"}, False),
        ("Invitation: accepted by hearsay", "invitation", {"answer": "accepted", "evidence": [HEARD]}, False),
        ("Invitation: accepted", "invitation", {"answer": "accepted", "evidence": [PAGE]}, True),
        ("Invitation: consent of nobody", "invitation", {"consent": "name"}, False),
        ("Gathering: a series as a part", "gathering", {"level": "series", "part_of": thing("gathering")}, False),
        ("Gathering: a session of nothing", "gathering", {"level": "session"}, False),
        ("Gathering: an outcome twice", "gathering", {"outcomes": [thing("source")] * 2}, False),
        ("Undertaking: due on a day that is none", "undertaking", {"due": "2026-06-31"}, False),
        ("Undertaking: due", "undertaking", {"due": "2026-06"}, True),
        ("Reach: more for sure than at all", "reach", {"views_low": 51}, False),
        ("Reach: countries of no file", "reach", {"countries": [CELL]}, False),
        ("Reach: countries", "reach", {"countries": [CELL], "database": geography}, True),
        ("Reach: a page twice", "reach", {"pages": [CELL, CELL]}, False),
        ("Reach: a cell that is too small", "reach", {"pages": [{**CELL, "number": 19}]}, False),
        ("Reach: a rest that is too small", "reach", {"pages": [CELL], "pages_other": 1}, False),
        ("Reach: a small rest of no cells", "reach", {"pages_other": 1}, True),
    ]  # fmt: skip


def of_outsiders() -> list[tuple[str, str, dict[str, Any], bool]]:
    """Give bodies that an outsider has signed, and what does not fit."""
    kinds = {
        "source": ("note", "origin"),
        "statement": ("status", "note"),
        "assessment": ("language",),
        "draw": (),
        "audit": (),
    }
    good = {kind: signed(kind, GOOD[kind], marked) for kind, marked in kinds.items()}
    by_key = {**GOOD["endorsement"], "evidence": [{**HEARD, "what": "key"}]}
    joined = signed("endorsement", by_key, ("evidence", "status", "retracted_on", "sample"))
    other = signed("draw", DRAW, seed=8)["signed"]
    weak = {**good["draw"]["signed"], "key": text(bytes([1]) + bytes(31))}
    return [
        *((f"{kind.capitalize()}: signed by an outsider", kind, body, True) for kind, body in good.items()),
        *((f"{kind.capitalize()}: marked by the keeper", kind, {**good[kind], marked[0]: value}, True)
          for (kind, marked), value in zip(list(kinds.items())[:3], ("n", "rejected", "en"), strict=True)),
        ("Endorsement: signed by an outsider", "endorsement", joined, True),
        ("Endorsement: signed, and no key among the evidence", "endorsement", {**joined, "evidence": [PAGE]}, False),
        ("Endorsement: signed, and altered", "endorsement", {**joined, "reservation": "r"}, False),
        ("Draw: signed, and altered", "draw", {**good["draw"], "size": 21}, False),
        ("Draw: signed by another", "draw", {**DRAW, "signed": {**other, "key": good["draw"]["signed"]["key"]}}, False),
        ("Draw: signed by a key nobody holds", "draw", {**DRAW, "signed": weak}, False),
        ("Draw: signed with null for a field", "draw", signed("draw", {**DRAW, "auditor": {"actor": None, "name": "Auditor"}}), False),
        ("Source: signed with an empty list", "source", signed("source", {**GOOD["source"], "translations": []}), False),
        ("Audit: signed with a nought that is left out", "audit", signed("audit", {**GOOD["audit"], "duplicates": 0}), False),
        ("Statement: signed as a source", "statement", signed("source", GOOD["statement"]), False),
    ]  # fmt: skip


def main() -> None:
    """Write the file beside this one."""
    least = [(f"the least {kind}", kind, {}, True) for kind in GOOD]
    bodies = [
        *(("every", f"policy: {name}", "policy", body, None if good else "fields") for name, (body, good) in policies().items()),
        *(("every", f"site: {name}", "site", body, rule) for name, (body, rule) in canonical().items()),
        *(("every", name, kind, body, rule) for name, (kind, body, rule) in ending().items()),
        *(("schemas", name, kind, with_fields(GOOD[kind], **fields), None if good else "fields") for name, kind, fields, good in (*least, *of_schemas(), *of_rules(), *of_outsiders())),
    ]  # fmt: skip
    cases = [
        {"name": n, "reads": reads, "kind": kind, "body": body, "rule": rule} for reads, n, kind, body, rule in bodies
    ]
    lines = ",\n".join(json.dumps(case) for case in cases)
    Path(__file__).with_name("bodies.json").write_text(f'{{"bodies": [\n{lines}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main()
