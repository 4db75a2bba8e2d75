"""A reader of records written from docs/format.md alone: it imports nothing of the project. It judges entries, and checks a published folder.

A client in another language does the same; what it must do beyond a reader of any signed log stands in docs/format.md.
"""

import base64
import datetime as dt
import hashlib
import json
import re

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FIELDS = {"vestige", "kind", "about", "made", "by", "replaces", "cites", "body", "visibility", "sig"}
HASH = re.compile(r"[0-9a-f]{64}")
CONTRIBUTED = {"site", "actor", "source", "statement", "assessment", "observation", "withdrawal"}
OWN = {"assessment", "endorsement", "observation"}
SMALL = {0, 1, 2**255 - 20} | {
    int.from_bytes(bytes.fromhex(y), "little") & (2**255 - 1)
    for y in ("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a")
}  # fmt: skip


def canonical(value):
    """RFC 8785 for what occurs in an envelope and in these bodies: no numbers but whole ones."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def from_base64(text, size):
    try:
        data = base64.b64decode(text, validate=True)
    except (ValueError, TypeError):
        return None
    return data if len(data) == size and base64.b64encode(data).decode() == text else None


def sound(raw):
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    return y < 2**255 - 19 and y not in SMALL


def fits(raw, signature, message):
    try:
        Ed25519PublicKey.from_public_bytes(raw).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def no_double(pairs):
    if len({name for name, _ in pairs}) != len(pairs):
        raise ValueError("a name twice")
    return dict(pairs)


def envelope_of(leaf):
    """The envelope of a leaf, or nothing."""
    try:
        e = json.loads(leaf, object_pairs_hook=no_double)
        dt.datetime.strptime(e["made"], "%Y-%m-%dT%H:%M:%SZ")  # noqa: DTZ007 - only whether it exists is asked
        good = (
            set(e) == FIELDS
            and type(e["vestige"]) is int
            and e["vestige"] == 1
            and re.fullmatch("[a-z]{1,20}", e["kind"])
            and re.fullmatch(e["kind"] + ":[a-z2-7]{16}", e["about"])
            and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", e["made"], re.ASCII)
            and HASH.fullmatch(e["by"])
            and (e["replaces"] is None or HASH.fullmatch(e["replaces"]))
            and isinstance(e["cites"], list)
            and len(e["cites"]) <= 800
            and all(HASH.fullmatch(cited) for cited in e["cites"])
            and HASH.fullmatch(e["body"])
            and e["visibility"] in {"public", "withheld"}
            and from_base64(e["sig"], 64)
            and len(leaf) <= 65_535
            and canonical(e) == leaf
        )
    except (ValueError, KeyError, TypeError):
        return None
    return e if good else None


def policy_of(body):
    """The keys by fingerprint, and the origin, of a policy's body; nothing when it is none."""
    try:
        origin, keys, handles = body["origin"], {}, set()
        for key in body["keys"]:
            raw = from_base64(key["public"], 32)
            name = hashlib.sha256(raw).hexdigest()
            if not sound(raw) or name in keys or key["handle"] in handles:
                return None
            handles.add(key["handle"])
            keys[name] = (raw, key["role"], key.get("person") or key["handle"], key.get("retired", False))
    except (KeyError, TypeError):
        return None
    live = {role for _, role, _, retired in keys.values() if not retired}
    named = isinstance(origin, str) and len(origin) <= 100 and re.fullmatch(r"[a-z0-9.-]+(/[A-Za-z0-9._-]+)*", origin)
    return (keys, origin) if named and {"log", "keeper"} <= live else None


class Judge:
    """Judges the entries of a ledger in order: a finding with its rule, or nothing where an entry counts."""

    def __init__(self):
        self.keys, self.origin, self.in_force = None, "", ""
        self.ever, self.counting, self.begun = {}, {}, {}
        self.replaced, self.withdrawn, self.opened, self.leaves = set(), set(), set(), set()
        self.salts, self.index = {}, 0

    def judge(self, leaf, salt, body):
        """``salt`` (bytes) and ``body`` (canonical JSON) are None where the reader has none."""
        index, self.index = self.index, self.index + 1
        name = hashlib.sha256(b"\0" + leaf).hexdigest()
        e = envelope_of(leaf)
        if e is None and self.keys:
            return "malformed", "envelope"
        if index == 0 and (e is None or not self._first(e, body)):
            return "unsigned", "first"
        if not self.keys:
            return "unsigned", "first"
        found = self._of_envelope(e, leaf, name)
        if found:
            return found
        parsed, found = self._of_body(e, salt, body)
        void_by_rule = found is not None and (
            found[1] in {"policy", "withdrawal", "opening"} or e["kind"] in {"policy", "withdrawal", "opening"}
        )
        if not void_by_rule:
            self._remember(e, leaf, name, salt, parsed)
        return found

    def _first(self, e, body):
        """The first entry puts the policy in force by which it is itself judged."""
        own = e["about"] == "policy:" + base64.b32encode(bytes.fromhex(e["body"])[:10]).decode().lower()
        alone = e["replaces"] is None and not e["cites"] and e["visibility"] == "public"
        policy = policy_of(parse(body)) if e["kind"] == "policy" and own and alone and body else None
        key = policy and policy[0].get(e["by"])
        if not key or key[1] != "keeper" or key[3] or not self._signed(e, key[0], policy[1]):
            return False
        self.keys, self.origin = policy
        return True

    @staticmethod
    def _signed(e, raw, origin):
        message = (
            b"vestige entry v1\n" + origin.encode() + b"\n" + canonical({k: v for k, v in e.items() if k != "sig"})
        )
        return fits(raw, base64.b64decode(e["sig"]), message)

    def _of_envelope(self, e, leaf, name):
        raw, role, person, retired = self.keys.get(e["by"], (b"", "", "", True))
        kind, ends = e["kind"], e["kind"] in {"withdrawal", "opening"}
        may = {"log": set(), "contributor": CONTRIBUTED}.get(role)
        if leaf in self.leaves:
            return "malformed", "doubled"
        if retired:
            return "unsigned", "key"
        if not self._signed(e, raw, self.origin):
            return "unsigned", "signature"
        if (may is not None and kind not in may) or (role == "reviewer" and kind in {"policy", "opening"}):
            return "not-allowed", "role"
        if (kind == "policy" or ends) and e["visibility"] == "withheld":
            return "malformed", "visibility"
        own = kind + ":" + base64.b32encode(bytes.fromhex(e["body"])[:10]).decode().lower()
        if e["about"] != own and e["about"] not in self.begun:
            return "malformed", "about"
        if any(cited not in self.counting for cited in e["cites"]) or (ends and len(e["cites"]) != 1):
            return "malformed", "cites"
        before = self.counting.get(e["replaces"])
        spent = self.replaced | self.withdrawn
        if e["replaces"] is not None and (before is None or before["about"] != e["about"] or e["replaces"] in spent):
            return "malformed", "replaces"
        followed = before or self.counting.get(self.begun.get(e["about"]))
        others = followed is not None and followed["person"] != person
        if others and (role == "contributor" or kind in OWN):
            return "not-allowed", "person"
        if kind == "policy" and self.in_force and e["replaces"] != self.in_force:
            return "malformed", "policy"
        return self._of_end(e, role, person) if ends else None

    def _of_end(self, e, role, person):
        cited = e["cites"][0]
        target = self.counting[cited]
        if e["kind"] == "opening":
            spent = target["visibility"] == "public" or cited in self.withdrawn | self.opened
            return ("malformed", "opening") if spent else None
        opens = target["kind"] == "opening" and target["cites"][0] not in self.withdrawn
        if target["kind"] in {"policy", "withdrawal"} or opens:
            return "not-allowed", "withdrawal"
        if cited in self.withdrawn:
            return "malformed", "withdrawal"
        return ("not-allowed", "person") if target["person"] != person and role != "keeper" else None

    def _of_body(self, e, salt, body):
        if body is None:
            return None, None
        parsed, kind = parse(body), e["kind"]
        if parsed is None:
            return None, ("malformed", "body")
        if kind == "policy":
            policy = policy_of(parsed)
            if policy is None:
                return parsed, ("malformed", "fields")
            return parsed, ("not-allowed", "policy") if self.in_force and self._refuses(*policy) else None
        role = self.keys[e["by"]][1]
        if kind == "statement" and role == "contributor" and parsed.get("status") != "candidate":
            return parsed, ("not-allowed", "status")
        if kind in {"withdrawal", "opening"} and parsed.get("entry") != e["cites"][0]:
            return parsed, ("malformed", kind)
        if kind == "opening":
            target = self.salts.get(e["cites"][0])
            if target is not None and from_base64(parsed["salt"], 32) != target:
                return parsed, ("malformed", "opening")
        return parsed, None

    def _refuses(self, keys, origin):
        return origin != self.origin or any(
            name in self.ever and self.ever[name] != (person, role == "log")
            for name, (_, role, person, _) in keys.items()
        )

    def _remember(self, e, leaf, name, salt, parsed):
        self.leaves.add(leaf)
        self.counting[name] = {**e, "person": self.keys[e["by"]][2]}
        self.begun.setdefault(e["about"], name)
        self.salts[name] = salt
        if e["replaces"]:
            self.replaced.add(e["replaces"])
        if e["kind"] == "withdrawal":
            self.withdrawn.add(e["cites"][0])
        if e["kind"] == "opening":
            self.opened.add(e["cites"][0])
        if e["kind"] == "policy":
            self.keys, self.origin = policy_of(parsed)
            self.in_force = name
            self.ever |= {one: (person, role == "log") for one, (_, role, person, _) in self.keys.items()}


def parse(body):
    """The JSON object of a canonical body, or nothing. Only bodies without fractions are told to be canonical here."""
    try:
        value = json.loads(body, object_pairs_hook=no_double)
    except ValueError:
        return None
    plain = b"." not in body and b"e" not in re.sub(rb'"[^"]*"', b"", body).replace(b"true", b"").replace(b"false", b"")
    return value if isinstance(value, dict) and (not plain or canonical(value) == body) else None


def root_of(leaves):
    """RFC 6962, 2.1."""
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    split = 1 << (len(leaves) - 1).bit_length() - 1
    return hashlib.sha256(b"\1" + root_of(leaves[:split]) + root_of(leaves[split:])).digest()


def signed_by(note, origin, keys):
    """The text of a note that one of these raw keys has signed under the origin."""
    text, _, lines = note.rpartition(b"\n\n")
    text += b"\n"
    for line in lines.decode().splitlines():
        _, name, encoded = line.split(" ")
        data = base64.b64decode(encoded)
        for raw in keys:
            key_id = hashlib.sha256(origin.encode() + b"\n\1" + raw).digest()[:4]
            if name == origin and data[:4] == key_id and fits(raw, data[4:], text):
                return text
    return None


def leaves_of(ledger, size):
    """The entries of a ledger from its bundles; a partial one may be wider than asked for."""
    leaves = []
    for number in range(-(-size // 256)):
        groups = re.findall("...", f"{number:0{-(-len(str(number)) // 3) * 3}d}")
        path = ledger / "tile/entries" / "/".join(["x" + one for one in groups[:-1]] + groups[-1:])
        if not path.is_file():
            path = path.with_name(path.name + ".p") / str(size % 256)
        data = path.read_bytes()
        while data:
            end = 2 + int.from_bytes(data[:2])
            leaves.append(data[2:end])
            data = data[end:]
    return leaves[:size]


def check(site):
    """Check a published folder, and give what is wrong, each as a word with a path or an entry's place."""
    note = (site / "ledger/checkpoint").read_bytes()
    origin, size, root = note.split(b"\n")[:3]
    leaves = leaves_of(site / "ledger", int(size))
    found = [] if root_of(leaves) == base64.b64decode(root) else [("modified", "ledger/checkpoint")]
    judge = Judge()
    for index, leaf in enumerate(leaves):
        salt, body = body_of(site, envelope_of(leaf), index, found)
        void = judge.judge(leaf, salt, body)
        found += [(void[0], index)] if void else []
    logs = [raw for raw, role, _, retired in (judge.keys or {}).values() if role == "log" and not retired]
    if origin.decode() != judge.origin or signed_by(note, judge.origin, logs) is None:
        found.append(("unsigned", "ledger/checkpoint"))
    manifest = signed_by((site / "manifest").read_bytes(), judge.origin, logs)
    if manifest is None:
        return [*found, ("unsigned", "manifest")]
    for line in manifest.decode().splitlines()[2:]:
        wanted, _, path = line.partition("  ")
        data = (site / path).read_bytes() if (site / path).is_file() else b""
        data = data.rpartition(b"\n\n")[0] + b"\n" if path == "ledger/checkpoint" else data
        if hashlib.sha256(data).hexdigest() != wanted:
            found.append(("modified", path))
    return found


def body_of(site, e, index, found):
    """The salt and the body that are published of an entry, if they are those that it commits to."""
    path = site / "body" / e["body"][:2] / e["body"] if e else None
    if path is None or not path.is_file():
        return None, None
    salt, _, body = path.read_bytes().removesuffix(b"\n").partition(b" ")
    salt = bytes.fromhex(salt.decode())
    if hashlib.sha256(salt + body).hexdigest() == e["body"]:
        return salt, body
    found.append(("modified", index))
    return None, None
