"""Makes ledgers.json: small ledgers with the rule that each entry breaks, if any, which every reader of a record must answer alike.

    python tests/vectors/make_ledgers.py

What an entry breaks stands beside it by hand, as docs/format.md ("Void entries") says, not computed by the code that is tested.
"""

import base64
import hashlib
import json
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

ORIGIN = "example.org/vectors"
OK: tuple[str, str] | None = None


def key(seed: int) -> Ed25519PrivateKey:
    """Give a key of a fixed seed."""
    return Ed25519PrivateKey.from_private_bytes(bytes([seed]) * 32)


def raw(private: Ed25519PrivateKey) -> bytes:
    """Give the 32 bytes of the public key."""
    return private.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def dump(value: object) -> bytes:
    """Write canonical JSON of texts, lists and whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


KEYS = {
    name: key(seed)
    for seed, name in enumerate(
        ("log", "keeper", "second", "reviewer", "anna", "phone", "boris", "stranger", "later"), 1
    )
}
ROLES = {
    "log": "log",
    "keeper": "keeper",
    "second": "keeper",
    "reviewer": "reviewer",
    "anna": "contributor",
    "phone": "contributor",
    "boris": "contributor",
}


def policy(
    *, retired: tuple[str, ...] = (), more: dict[str, str] | None = None, origin: str = ORIGIN, **people: str
) -> dict[str, Any]:
    """Give a policy body: Anna has two keys; ``people`` says whose a key is."""
    people = {"phone": "anna", **people}
    keys = [
        {"public": base64.b64encode(raw(KEYS[name])).decode(), "handle": name, "role": role}
        | ({"person": people[name]} if name in people else {})
        | ({"retired": True} if name in retired else {})
        for name, role in {**ROLES, **(more or {})}.items()
    ]
    return {"name": "Vectors", "origin": origin, "keys": keys}


class Ledger:
    """A ledger that is written entry by entry; each begins a thing unless told otherwise."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.entries: list[dict[str, Any]] = []
        self.hashes: list[str] = []
        self.abouts: list[str] = []
        self.salts: list[bytes] = []

    def add(self, kind: str, by: str, void: tuple[str, str] | None = OK, *, body: Any = None, **fields: Any) -> Self:
        """Add an entry. ``void`` is the finding and the rule; without ``body`` a reader is given none."""
        data = body if isinstance(body, bytes) else dump(body or {"number": len(self.entries)})
        salt = hashlib.sha256(f"{self.name} {len(self.entries)}".encode()).digest()
        commitment = hashlib.sha256(salt + data).hexdigest()
        signer, origin = KEYS[fields.pop("signer", by)], fields.pop("origin", ORIGIN)
        own = base64.b32encode(bytes.fromhex(commitment[:20])).decode().lower()
        envelope = {
            "vestige": 1, "kind": kind, "about": f"{kind}:{own}", "made": "2026-01-31T12:00:00Z", "by": hashlib.sha256(raw(KEYS[by])).hexdigest(),
            "replaces": None, "cites": [], "body": commitment, "visibility": "public", **fields,
        }  # fmt: skip
        signature = signer.sign(f"vestige entry v1\n{origin}\n".encode() + dump(envelope))
        return self.leaf(
            dump({**envelope, "sig": base64.b64encode(signature).decode()}),
            void,
            salt,
            None if body is None else data,
            envelope["about"],
        )

    def leaf(
        self,
        leaf: bytes,
        void: tuple[str, str] | None,
        salt: bytes = bytes(32),
        body: bytes | None = None,
        about: str = "",
    ) -> Self:
        """Add the bytes of a leaf."""
        self.entries.append(
            {
                "leaf": base64.b64encode(leaf).decode(),
                "salt": salt.hex(),
                "body": body and body.decode(),
                "void": void and list(void),
            }
        )
        self.hashes.append(hashlib.sha256(b"\0" + leaf).hexdigest())
        self.abouts.append(about)
        self.salts.append(salt)
        return self

    def after(self, number: int) -> dict[str, Any]:
        """Give the fields of a correction of an earlier entry."""
        return {"about": self.abouts[number], "replaces": self.hashes[number]}

    def withdraw(self, number: int, by: str, void: tuple[str, str] | None = OK) -> Self:
        """Withdraw an earlier entry."""
        entry = self.hashes[number]
        return self.add("withdrawal", by, void, body={"entry": entry, "reason": "a vector"}, cites=[entry])

    def open(self, number: int, by: str, void: tuple[str, str] | None = OK, salt: bytes | None = None) -> Self:
        """Open an earlier withheld entry."""
        entry, own = self.hashes[number], self.salts[number]
        return self.add(
            "opening", by, void, body={"entry": entry, "salt": base64.b64encode(salt or own).decode()}, cites=[entry]
        )


def begun(name: str, **changes: Any) -> Ledger:
    """Begin a ledger with its policy."""
    return Ledger(name).add("policy", "keeper", body=policy(**changes))


def first_entries() -> list[Ledger]:
    """Give ledgers whose first entry is none."""
    first, unruled = ("unsigned", "first"), ("unsigned", "first")
    return [
        Ledger("the first entry is a site").add("site", "keeper", first).add("site", "keeper", unruled),
        Ledger("the first policy by a contributor").add("policy", "anna", first, body=policy()).add("site", "keeper", unruled),
        Ledger("the first policy by a stranger").add("policy", "stranger", first, body=policy()).add("site", "keeper", unruled),
        Ledger("the first policy withheld").add("policy", "keeper", first, body=policy(), visibility="withheld"),
        Ledger("the first policy of no form").add("policy", "keeper", first, body={"name": "Vectors"}).add("site", "keeper", unruled),
        Ledger("the first policy without a log key").add(
            "policy", "keeper", first, body=policy(retired=("log",))
        ),
    ]  # fmt: skip


def signatures() -> list[Ledger]:
    """Give ledgers of entries that nobody who may has signed."""
    doubled = begun("a leaf twice").add("site", "anna")
    doubled.leaf(base64.b64decode(doubled.entries[1]["leaf"]), ("malformed", "doubled"))
    return [
        begun("a stranger").add("site", "stranger", ("unsigned", "key")).add("site", "anna"),
        begun("another key than it says").add("site", "anna", ("unsigned", "signature"), signer="boris"),
        begun("made for another record").add("site", "anna", ("unsigned", "signature"), origin="example.org/other"),
        begun("a retired key", retired=("anna",)).add("site", "anna", ("unsigned", "key")).add("site", "phone"),
        begun("a leaf that is no envelope").leaf(b"hello", ("malformed", "envelope")).add("site", "anna"),
        doubled,
    ]


def roles() -> list[Ledger]:
    """Give ledgers of what each role may sign and replace."""
    role, person = ("not-allowed", "role"), ("not-allowed", "person")
    kinds = begun("what each role may sign")
    for kind in ("site", "actor", "source", "statement", "assessment", "observation"):
        kinds.add(kind, "anna").add(kind, "reviewer").add(kind, "keeper").add(kind, "log", role)
    for kind in ("study", "appeal", "visit", "endorsement", "whatever"):
        kinds.add(kind, "anna", role).add(kind, "reviewer").add(kind, "keeper")
    return [
        kinds,
        (own := begun("own corrections").add("assessment", "anna")).add("assessment", "phone", **own.after(1)),
        (other := begun("another's judgement").add("assessment", "anna"))
        .add("assessment", "boris", person, **other.after(1)).add("assessment", "reviewer", person, **other.after(1))
        .add("assessment", "keeper", person, **other.after(1)).add("assessment", "boris", person, about=other.abouts[1])
        .add("assessment", "anna", **other.after(1)),
        (site := begun("another's site").add("site", "anna"))
        .add("site", "boris", person, **site.after(1)).add("site", "reviewer", **site.after(1)).add("site", "keeper", ("malformed", "replaces"), **site.after(1)),
        (ended := begun("withdrawals").add("source", "anna").add("source", "keeper").add("source", "boris"))
        .withdraw(2, "anna", person).withdraw(1, "phone").withdraw(1, "keeper", ("malformed", "withdrawal")).withdraw(3, "reviewer", person)
        .withdraw(3, "keeper").withdraw(5, "keeper", ("not-allowed", "withdrawal"))
        .add("source", "anna", ("malformed", "replaces"), **ended.after(1)),
    ]  # fmt: skip


def references() -> list[Ledger]:
    """Give ledgers of entries that speak of what is not there."""
    return [
        begun("an id that is not its own").add("site", "anna", ("malformed", "about"), about="site:abcdefghijklmnop"),
        begun("cites nothing").add("site", "anna", ("malformed", "cites"), cites=["ab" * 32]),
        begun("replaces nothing").add("site", "anna", ("malformed", "replaces"), replaces="ab" * 32),
        (other := begun("replaces another thing").add("site", "anna").add("site", "anna")).add(
            "site", "anna", ("malformed", "replaces"), about=other.abouts[1], replaces=other.hashes[2]
        ),
        (void := begun("speaks of what is void").add("site", "stranger", ("unsigned", "key"))).add(
            "site", "anna", ("malformed", "cites"), cites=[void.hashes[1]]
        ),
        (two := begun("a withdrawal of two").add("site", "anna").add("site", "anna")).add(
            "withdrawal", "anna", ("malformed", "cites"), body={"entry": two.hashes[1], "reason": "a vector"}, cites=two.hashes[1:]
        ),
        (another := begun("a withdrawal that names another").add("site", "anna").add("site", "anna"))
        .add("withdrawal", "anna", ("malformed", "withdrawal"), body={"entry": another.hashes[1], "reason": "a vector"}, cites=another.hashes[2:3])
        .withdraw(2, "anna"),
        (hidden := begun("a withheld withdrawal").add("site", "anna")).add(
            "withdrawal", "anna", ("malformed", "visibility"), cites=hidden.hashes[1:], visibility="withheld"
        ),
        begun("a body that is not canonical").add("whatever", "keeper", ("malformed", "body"), body=b'{"a": 1}').add("site", "keeper"),
    ]  # fmt: skip


def governance() -> list[Ledger]:
    """Give ledgers of policies and openings."""
    role, no_form = ("not-allowed", "role"), ("not-allowed", "policy")
    rotated = begun("a later policy lists a key").add("site", "later", ("unsigned", "key"))
    rotated.add("policy", "keeper", body=policy(more={"later": "contributor"}), **rotated.after(0)).add("site", "later")
    retired = begun("a policy that retires a key cannot be withdrawn")
    retired.add("policy", "keeper", body=policy(retired=("anna",)), **retired.after(0))
    retired.withdraw(1, "phone", ("not-allowed", "withdrawal")).withdraw(
        1, "second", ("not-allowed", "withdrawal")
    ).add("site", "anna", ("unsigned", "key"))
    taken = begun("a contributor makes itself keeper")
    taken.add("policy", "anna", role, body=policy(more={"anna": "keeper"}), **taken.after(0)).add("study", "anna", role)
    moved = begun("a policy of another origin").add("site", "anna")
    moved.add("policy", "keeper", no_form, body=policy(origin="example.org/other"), **moved.after(0)).add(
        "site", "anna"
    )
    hands = begun("a key changes hands")
    hands.add("policy", "keeper", no_form, body=policy(phone="boris"), **hands.after(0))
    sides = begun("a log key becomes a person's")
    sides.add("policy", "keeper", no_form, body=policy(more={"log": "keeper", "later": "log"}), **sides.after(0))
    beside = begun("a policy beside the one in force").add("policy", "keeper", ("malformed", "policy"), body=policy())
    opened = (
        begun("openings")
        .add("whatever", "keeper", body={"place": "kept back"}, visibility="withheld")
        .add("site", "keeper")
    )
    opened.open(1, "anna", role).open(2, "keeper", ("malformed", "opening")).open(
        1, "keeper", ("malformed", "opening"), bytes(32)
    )
    opened.open(1, "keeper").open(1, "second", ("malformed", "opening")).withdraw(
        6, "keeper", ("not-allowed", "withdrawal")
    ).withdraw(1, "keeper")
    opened.withdraw(6, "second")
    return [rotated, retired, taken, moved, hands, sides, beside, opened]


if __name__ == "__main__":
    found = [*first_entries(), *signatures(), *roles(), *references(), *governance()]
    text = json.dumps({"ledgers": [{"name": ledger.name, "entries": ledger.entries} for ledger in found]}, indent=1)
    Path(__file__).with_name("ledgers.json").write_text(text + "\n", "utf-8")
