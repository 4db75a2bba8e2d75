"""Makes notes.json, checkpoints.json, envelopes.json and points.json: cases that every reader of a record must answer alike.

    python tests/vectors/make_forms.py

The answers are what the specifications ask (C2SP signed-note, tlog-checkpoint; docs/format.md), written beside each case by hand, not computed by the
code that is tested. Keys are made of fixed seeds, so that the files come out the same each time.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

HERE = Path(__file__).parent
ORIGIN = "example.org/vectors"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x05" * 32)
RAW = KEY.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
PRIME = 2**255 - 19

PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
BY_PETER = (
    "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)
BY_ENOCH = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
EM_SPACE, NO_BREAK, DELETE = "a\u2003b", "a\u00a0b", "a\x7fb"
SPEC_KEY = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
SPEC_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)


def _named(name: str) -> str:
    return BY_PETER.replace("PeterNeumann", name)


def notes() -> list[dict[str, Any]]:
    """Give notes of the specification, of Go's `note_test`, and odd ones, each with the keys that are known and whether it opens."""
    spoilt = BY_ENOCH[:60] + "ABCD" + BY_ENOCH[60:]
    cases: list[tuple[str, str, list[str], bool]] = [
        ("the specification's example", SPEC_NOTE, [SPEC_KEY], True),
        ("one known, one unknown", f"{TEXT}\n{BY_PETER}{BY_ENOCH}", [PETER], True),
        ("both known", f"{TEXT}\n{BY_PETER}{BY_ENOCH}", [PETER, ENOCH], True),
        ("none known", f"{TEXT}\n{BY_PETER}{BY_ENOCH}", [], False),
        ("a hundred lines", f"{TEXT}\n{BY_PETER * 100}", [PETER], True),
        ("a hundred and one lines", f"{TEXT}\n{BY_PETER * 101}", [PETER], False),
        ("a known key's line too long", f"{TEXT}\n{BY_PETER[:60]}ABCD{BY_PETER[60:]}", [PETER], False),
        ("doubled lines, a spoilt one of an unknown key", f"{TEXT}\n{BY_PETER * 2}{BY_ENOCH * 2}{spoilt}", [PETER], True),
        ("a known good line, then a known bad one", f"{TEXT}\n{BY_PETER}{spoilt}", [PETER, ENOCH], False),
        ("a known bad line, then a known good one", f"{TEXT}\n{spoilt}{BY_PETER}", [PETER, ENOCH], False),
        ("the text altered", f"{TEXT.replace('answer', 'Answer')}\n{BY_PETER}", [PETER], False),
        ("no signatures", TEXT, [PETER], False),
        ("an empty line but no signature", f"{TEXT}\n", [PETER], False),
        ("no last line feed", f"{TEXT}\n{BY_PETER[:-1]}", [PETER], False),
        ("a control character", f"\x01{TEXT}\n{BY_PETER}", [PETER], False),
        ("a tab in the text", f"{TEXT}a\tb\n\n{BY_PETER}", [PETER], False),
        ("line ends of another system", f"{TEXT}\n{BY_PETER}".replace("\n", "\r\n"), [PETER], False),
        ("a name with a space", f"{TEXT}\n{BY_PETER}{_named('Bad Name')}", [PETER], False),
        ("a name with a plus", f"{TEXT}\n{BY_PETER}{_named('a+b')}", [PETER], False),
        ("a name with an em space", f"{TEXT}\n{BY_PETER}{_named(EM_SPACE)}", [PETER], False),
        ("a name with a no-break space", f"{TEXT}\n{BY_PETER}{_named(NO_BREAK)}", [PETER], False),
        ("a name with a delete character", f"{TEXT}\n{BY_PETER}{_named(DELETE)}", [PETER], True),
        ("a line that is none", f"{TEXT}\n{BY_PETER}Unexpected line.\n", [PETER], False),
        ("under another name", f"{TEXT}\n{_named('CarmenSandiego')}", [PETER], False),
        ("another key id", f"{TEXT}\n{BY_PETER.replace('x08g', 'xxxx')}", [PETER], False),
        ("a key id and nothing else", f"{TEXT}\n{BY_PETER}— EnochRoot rwz+eA==\n", [PETER], False),
        ("base64 with unused bits", f"{TEXT}\n{BY_PETER}— EnochRoot rwz+eB==\n", [PETER], False),
        ("a long line of another algorithm", f"{TEXT}\n{BY_PETER}— w.example {base64.b64encode(bytes(2432)).decode()}\n", [PETER], True),
    ]  # fmt: skip
    return [{"name": name, "note": note, "keys": keys, "opens": opens} for name, note, keys, opens in cases]


def checkpoints() -> list[dict[str, Any]]:
    """Give texts of checkpoints and whether each is one."""
    root = base64.b64encode(bytes(range(32))).decode()
    good = [
        ("plain", f"{ORIGIN}\n12\n{root}\n"),
        ("empty ledger", f"{ORIGIN}\n0\n{root}\n"),
        ("an extension line", f"{ORIGIN}\n12\n{root}\nmore\n"),
        ("the largest size", f"{ORIGIN}\n{2**53 - 1}\n{root}\n"),
        ("the longest origin", f"{'a' * 100}\n12\n{root}\n"),
    ]
    bad = [
        ("size with a zero before it", f"{ORIGIN}\n012\n{root}\n"), ("negative size", f"{ORIGIN}\n-1\n{root}\n"), ("size as a power", f"{ORIGIN}\n1e3\n{root}\n"),
        ("size too large", f"{ORIGIN}\n{2**53}\n{root}\n"), ("size of twenty digits", f"{ORIGIN}\n99999999999999999999\n{root}\n"),
        ("size in other digits", f"{ORIGIN}\n١٢\n{root}\n"), ("a space before the size", f"{ORIGIN}\n 12\n{root}\n"), ("no root", f"{ORIGIN}\n12\n"),
        ("a root of 31 bytes", f"{ORIGIN}\n12\n{base64.b64encode(bytes(31)).decode()}\n"), ("a root with unused bits", f"{ORIGIN}\n12\n{root[:-2]}9=\n"),
        ("an empty extension line", f"{ORIGIN}\n12\n{root}\n\nmore\n"), ("no origin", f"\n12\n{root}\n"), ("an origin too long", f"{'a' * 101}\n12\n{root}\n"),
        ("capitals in the host", f"Example.org\n12\n{root}\n"), ("a slash at the end", f"example.org/\n12\n{root}\n"), ("a space in the origin", f"a b\n12\n{root}\n"),
        ("a look-alike letter", f"ex\u0430mple.org\n12\n{root}\n"), ("a scheme", f"https://example.org\n12\n{root}\n"), ("an em dash", f"—\n12\n{root}\n"),
        ("a byte order mark", f"\ufeff{ORIGIN}\n12\n{root}\n"),
    ]  # fmt: skip
    return [
        {"name": name, "text": text, "parses": parses}
        for cases, parses in ((good, True), (bad, False))
        for name, text in cases
    ]


BASE: dict[str, Any] = {
    "vestige": 1,
    "kind": "site",
    "about": "site:abcdefghijklmnop",
    "made": "2026-01-31T12:00:00Z",
    "by": hashlib.sha256(RAW).hexdigest(),
    "replaces": None,
    "cites": ["ab" * 32],
    "body": "cd" * 32,
    "visibility": "public",
}


def dump(value: dict[str, Any]) -> bytes:
    """Write canonical JSON of what has no numbers but whole ones and 0.1."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def sign(value: dict[str, Any], change: Callable[[str], str] = str, origin: str = ORIGIN) -> bytes:
    """Sign an envelope as a record of this origin would; ``change`` spoils the signature's spelling."""
    signature = KEY.sign(f"vestige entry v1\n{origin}\n".encode() + dump(value))
    return dump({**value, "sig": change(base64.b64encode(signature).decode())})


def envelopes() -> Iterator[tuple[str, bytes, str]]:
    """Give a name, a leaf and the answer: ok, signature (which does not fit) or malformed."""
    plain = sign(BASE)
    yield "plain", plain, "ok"
    yield "of another record", sign(BASE, origin="example.org/other"), "signature"
    yield (
        "signed without the origin",
        dump({**BASE, "sig": base64.b64encode(KEY.sign(dump(BASE))).decode()}),
        "signature",
    )
    yield "a field altered", plain.replace(b"2026-01-31", b"2026-01-30"), "signature"
    yield "no scalar below the order", sign(BASE, _with_order_added), "signature"
    yield "correction of another", sign({**BASE, "replaces": "ef" * 32}), "ok"
    yield "withheld", sign({**BASE, "visibility": "withheld"}), "ok"
    for many in (0, 800):
        yield f"{many} cites", sign({**BASE, "cites": ["ab" * 32] * many}), "ok"
    yield from ((name, leaf, "malformed") for name, leaf in _malformed(plain))


def _with_order_added(signature: str) -> str:
    """Give the same signature with the order of the group added to its scalar: another spelling that RFC 8032 forbids."""
    raw = base64.b64decode(signature)
    order = 2**252 + 27742317777372353535851937790883648493
    scalar = int.from_bytes(raw[32:], "little") + order
    return base64.b64encode(raw[:32] + scalar.to_bytes(32, "little")).decode()


def _malformed(plain: bytes) -> Iterator[tuple[str, bytes]]:
    odd = (5, "", [], {}, "x" * 300, "é", True, ["a"], {"a": 2}, 0.1, "a\u2028b", "\u007f", "😀", "\\u0041")
    for field in ("kind", "about", "made", "by", "replaces", "cites", "body", "visibility"):
        for value in (*odd, *([None] if field != "replaces" else [])):
            if (field, value) != ("cites", []):
                yield f"{field} is {json.dumps(value)[:20]}", sign({**BASE, field: value})
    changes: dict[str, Any] = {
        "vestige": 2, "kind": "actor", "about": "actor:abcdefghijklmnop", "visibility": "secret", "cites": ["AB" * 32], "zzz": 1, "__proto__": 1,
    }  # fmt: skip
    for field, value in changes.items():
        yield f"{field} is {value}", sign({**BASE, field: value})
    yield "vestige as true", sign({**BASE, "vestige": True})
    yield "vestige as text", sign({**BASE, "vestige": "1"})
    yield "801 cites", sign({**BASE, "cites": ["ab" * 32] * 801})
    for made in (
        "2026-01-31t12:00:00z", "2026-01-31T12:00:00.5Z", "2026-01-31T12:00:00Z\n", "2026-99-99T99:99:99Z", "2026-02-30T12:00:00Z", "2025-02-29T12:00:00Z",
        "2026-01-31T24:00:00Z", "2026-01-31T12:00:60Z", "0000-01-01T00:00:00Z", "2026-01-31T12:00:00+00:00",
    ):  # fmt: skip
        yield f"made {made!r}", sign({**BASE, "made": made})
    yield "a field missing", sign({name: value for name, value in BASE.items() if name != "made"})
    yield "a space", plain.replace(b'":', b'": ', 1)
    yield "a field twice", plain[:-1] + b',"vestige":1}'
    yield "a line feed at the end", plain + b"\n"
    yield "a byte order mark", b"\xef\xbb\xbf" + plain
    yield "an escaped letter", plain.replace(b"site", b"\\u0073ite", 1)
    yield "an escaped slash", plain.replace(b"/", b"\\/", 1) if b"/" in plain else plain + b" "
    yield "another order", b'{"vestige":1,' + plain[1:].replace(b',"vestige":1', b"")
    yield "bytes that are no UTF-8", plain[:-2] + b"\xff" + plain[-2:]
    yield "version as a power", plain.replace(b'"vestige":1', b'"vestige":1e0')
    yield "version with a fraction", plain.replace(b'"vestige":1', b'"vestige":1.0')
    yield "no JSON", b"hello"
    yield "a list", b"[]"
    yield "nothing", b""
    for name, change in (
        ("no padding", lambda text: text.rstrip("=")), ("unused bits", lambda text: text[:85] + chr(ord(text[85]) + 1) + "=="),
        ("letters for URLs", lambda text: "-" + text[1:]), ("short", lambda text: text[:40]), ("a space", lambda text: text + " "),
        ("one byte more", lambda text: base64.b64encode(base64.b64decode(text) + b"x").decode()),
    ):  # fmt: skip
        yield f"signature with {name}", sign(BASE, change)


def points() -> list[dict[str, Any]]:
    """Give encodings of Ed25519 keys and whether somebody can hold each: the fourteen of low order, other spellings, and sound ones."""
    eight = int.from_bytes(bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little")
    low = [0, 1, PRIME - 1, eight, PRIME - eight, PRIME, PRIME + 1]
    refused = [height | sign << 255 for height in low for sign in (0, 1)]
    refused += [PRIME + 2, PRIME + 18, 2**255 - 1, 2**256 - 1]
    sound = [
        RAW,
        *(
            Ed25519PrivateKey.from_private_bytes(bytes([n]) * 32)
            .public_key()
            .public_bytes(Encoding.Raw, PublicFormat.Raw)
            for n in range(8)
        ),
    ]
    return [{"key": value.to_bytes(32, "little").hex(), "sound": False} for value in refused] + [
        {"key": raw.hex(), "sound": True} for raw in sound
    ]


def write(name: str, value: object) -> None:
    """Write a file of vectors."""
    (HERE / name).write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", "utf-8")


if __name__ == "__main__":
    write("notes.json", {"notes": notes()})
    write("checkpoints.json", {"checkpoints": checkpoints()})
    found = [
        {"name": name, "leaf": base64.b64encode(leaf).decode(), "answer": answer} for name, leaf, answer in envelopes()
    ]
    write("envelopes.json", {"origin": ORIGIN, "key": base64.b64encode(RAW).decode(), "envelopes": found})
    write("points.json", {"points": points()})
