"""Makes receipts.json: receipts with what does not fit in each, which Python and the checker in the browser must answer alike.

    python tests/vectors/make_receipts.py

What is wrong stands beside each by hand. The receipt is composed here from RFC 9162, C2SP tlog-proof and docs/format.md, not by the code that is tested.
"""

import base64
import hashlib
import json
from pathlib import Path

from make_ledgers import dump, key, raw

ORIGIN = "example.org/receipts"
SALT = bytes(range(32))
BODY = {"names": [{"language": "hy", "text": "Վայր “one”"}], "note": "a\nb"}
LOG, OTHER = key(1), key(2)


def b64(data: bytes) -> str:
    """Write base64."""
    return base64.b64encode(data).decode()


def hashed(*parts: bytes) -> bytes:
    """Give the SHA-256 of parts."""
    return hashlib.sha256(b"".join(parts)).digest()


def vkey(private: object, kind: bytes = b"\x01") -> str:
    """Give the verifier key."""
    public = raw(private)  # type: ignore[arg-type]
    number = hashed(ORIGIN.encode(), b"\n", kind, public)[:4].hex()
    return f"{ORIGIN}+{number}+{b64(kind + public)}"


ENTRY = {
    "about": "site:abcdefghijklmnop", "body": hashed(SALT, dump(BODY)).hex(), "by": "ab" * 32, "cites": [], "kind": "site",
    "made": "2026-01-31T12:00:00Z", "replaces": None, "sig": b64(bytes(64)), "vestige": 1, "visibility": "public",
}  # fmt: skip
LEAVES = [hashed(b"\0", leaf) for leaf in (b"0", dump(ENTRY), b"2")]
LEFT = hashed(b"\1", LEAVES[0], LEAVES[1])
ROOT = hashed(b"\1", LEFT, LEAVES[2])
TEXT = f"{ORIGIN}\n3\n{b64(ROOT)}\n"


def note(private: object) -> str:
    """Sign the checkpoint."""
    line = hashed(ORIGIN.encode(), b"\n\x01", raw(private))[:4] + private.sign(TEXT.encode())  # type: ignore[attr-defined,arg-type]
    return f"{TEXT}\n— {ORIGIN} {b64(line)}\n"


def receipt(
    extra: bytes, *, index: str = "1", proof: tuple[str, ...] = (b64(LEAVES[0]), b64(LEAVES[2])), signer: object = LOG
) -> str:
    """Put a receipt together."""
    return "\n".join(["c2sp.org/tlog-proof@v1", f"extra {b64(extra)}", f"index {index}", *proof, "", note(signer)])


def extra(*, salt: str | None = SALT.hex(), body: object = BODY, entry: object = ENTRY) -> dict[str, object]:
    """Give the extra data."""
    return {"entry": entry, **({"salt": salt, "body": body} if salt else {})}


GOOD = dump(extra())
PRETTY = json.dumps(extra(), indent=1, ensure_ascii=True).encode()
LOOSE = b64(LEAVES[0])[:-2] + chr(ord(b64(LEAVES[0])[-2]) + 1) + "="
CASES = [
    ("sound", receipt(GOOD), vkey(LOG), []),
    ("no key is given", receipt(GOOD), None, ["key"]),
    ("another key is given", receipt(GOOD), vkey(OTHER), ["unsigned"]),
    ("signed by another key", receipt(GOOD, signer=OTHER), vkey(LOG), ["unsigned"]),
    ("the JSON in another spelling", receipt(PRETTY), vkey(LOG), []),
    ("the salt in base64", receipt(dump(extra(salt=b64(SALT)))), vkey(LOG), []),
    ("without its body", receipt(dump(extra(salt=None))), vkey(LOG), []),
    ("another body", receipt(dump(extra(body={"note": "another"}))), vkey(LOG), ["body"]),
    ("another salt", receipt(dump(extra(salt="00" * 32))), vkey(LOG), ["body"]),
    ("another time of signing", receipt(dump(extra(entry=ENTRY | {"made": "2026-01-31T12:00:01Z"}))), vkey(LOG), ["proof"]),
    ("another place", receipt(GOOD, index="0"), vkey(LOG), ["proof"]),
    ("a place beyond the log", receipt(GOOD, index="3"), vkey(LOG), ["proof"]),
    ("a proof that is too short", receipt(GOOD, proof=(b64(LEAVES[0]),)), vkey(LOG), ["proof"]),
    ("a proof that is too long", receipt(GOOD, proof=(b64(LEAVES[0]), b64(LEAVES[2]), b64(LEAVES[2]))), vkey(LOG), ["proof"]),
    ("a proof of another tree", receipt(GOOD, proof=(b64(LEAVES[2]), b64(LEAVES[0]))), vkey(LOG), ["proof"]),
    ("nothing", "", vkey(LOG), None),
    ("a text", "hello\n", vkey(LOG), None),
    ("an index in another spelling", receipt(GOOD, index="01"), vkey(LOG), None),
    ("an index with an underscore", receipt(GOOD, index="1_0"), vkey(LOG), None),
    ("extra data that is no JSON", receipt(b"hello"), vkey(LOG), None),
    ("an entry that is none", receipt(dump(extra(entry={"vestige": 1}))), vkey(LOG), None),
    ("base64 with bits that say nothing", receipt(GOOD, proof=(LOOSE, b64(LEAVES[2]))), vkey(LOG), None),
    ("line ends that were changed", receipt(GOOD).replace("\n", "\r\n"), vkey(LOG), None),
    ("no checkpoint", receipt(GOOD).partition("\n\n")[0] + "\n", vkey(LOG), None),
    ("65 hashes", receipt(GOOD, proof=(b64(LEAVES[0]),) * 65), vkey(LOG), None),
]  # fmt: skip

if __name__ == "__main__":
    receipts = [{"name": name, "receipt": text, "key": vkey_, "found": found} for name, text, vkey_, found in CASES]
    Path(__file__).with_name("receipts.json").write_text(json.dumps({"receipts": receipts}, indent=1) + "\n", "utf-8")
