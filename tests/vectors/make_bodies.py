"""Makes bodies.json: bodies with the rule that each breaks by its form, if any, which every reader of a record must answer alike.

    python tests/vectors/make_bodies.py

What a body breaks stands beside it by hand, as docs/format.md says, not computed by the code that is tested. Of kinds other than policy, withdrawal
and opening only what every reader asks is here: canonical JSON, and the names of the fields.
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
        "a kind of tomorrow, not canonical": ("zzz", '{"a": 1}', "body"),
        "a kind of tomorrow, no object": ("zzz", "[1]", "body"),
        "a kind named as a field of every object": ("constructor", "{}", None),
        "a statement of nothing": ("statement", "{}", "fields"),
        "an assessment with a field of another kind": ("assessment", dump({"names": []}), "fields"),
    }  # fmt: skip


def main() -> None:
    """Write the file beside this one."""
    bodies = [
        *({"name": f"policy: {name}", "kind": "policy", "body": body, "rule": None if good else "fields"} for name, (body, good) in policies().items()),
        *({"name": f"site: {name}", "kind": "site", "body": body, "rule": rule} for name, (body, rule) in canonical().items()),
        *({"name": name, "kind": kind, "body": body, "rule": rule} for name, (kind, body, rule) in ending().items()),
    ]  # fmt: skip
    lines = ",\n".join(json.dumps(body) for body in bodies)
    Path(__file__).with_name("bodies.json").write_text(f'{{"bodies": [\n{lines}\n]}}\n', "utf-8")


if __name__ == "__main__":
    main()
