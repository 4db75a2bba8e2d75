"""The policy in force at a place of the ledger: which keys may sign what, and which person stands behind each."""

from collections.abc import Iterable

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vestige.entries import Key, Policy, fingerprint, load_public_key
from vestige.ledger import LedgerError, Verifier, parse_vkey


class ListedKey(msgspec.Struct, frozen=True, gc=False):
    """A key of the policy in force, ready to verify with."""

    public: Ed25519PublicKey
    role: str
    person: str
    retired: bool


class PolicyInForce:
    """Follows the policies of a ledger in order. ``policy`` is None until the first was taken.

    ``entry`` is the hash of its entry, ``ever`` the log keys of all policies so far, the retired ones too.
    """

    def __init__(self, policy: Policy | None = None, entry: str = "") -> None:
        self.policy: Policy | None = None
        self.entry = entry
        self.ever: list[Verifier] = []
        self._keys: dict[str, ListedKey] = {}
        self._ever: dict[str, tuple[str, bool]] = {}
        if policy is not None:
            self.take(policy, entry)

    def take(self, policy: Policy, entry: str) -> None:
        """Put a policy in force from the next entry on."""
        self._keys = keys_of(policy)
        self._ever = self._ever | {name: (key.person, key.role == "log") for name, key in self._keys.items()}
        self.policy, self.entry = policy, entry
        logs = [key.public for key in self._keys.values() if key.role == "log"]
        known = {str(verifier) for verifier in self.ever}
        self.ever = self.ever + [one for one in (Verifier(policy.origin, key) for key in logs) if str(one) not in known]

    def key_of(self, signer: str) -> ListedKey | None:
        """Give a key by its fingerprint; None when the policy in force does not list it."""
        return self._keys.get(signer)

    def refuses(self, policy: Policy) -> str | None:
        """Say why a policy cannot follow those before, if it cannot: another origin, or a key that would change hands."""
        if self.policy is not None and policy.origin != self.policy.origin:
            return f"expected the origin to stay {self.policy.origin}, got {policy.origin}"
        for name, key in keys_of(policy).items():
            person, is_log = self._ever.get(name, (key.person, key.role == "log"))
            if key.person != person:
                return f"the key {name[:16]}… stays with {person}, and cannot become that of {key.person}"
            if is_log != (key.role == "log"):
                return f"the key {name[:16]}… cannot be a log key and a person's"
        return None

    @property
    def origin(self) -> str:
        """The origin of the record, which every signature of an entry covers."""
        return self.policy.origin if self.policy else ""

    @property
    def verifiers(self) -> list[Verifier]:
        """The log keys, which alone may sign checkpoints and manifests."""
        return log_verifiers(self.policy) if self.policy else []


def keys_of(policy: Policy) -> dict[str, ListedKey]:
    """Give the keys of a policy by their fingerprints, the retired ones too."""
    return {
        fingerprint(public): _listed(key, public) for key in policy.keys for public in [load_public_key(key.public)]
    }


def _listed(key: Key, public: Ed25519PublicKey) -> ListedKey:
    return ListedKey(public, key.role, key.holder, key.retired)


def log_verifiers(policy: Policy) -> list[Verifier]:
    """Give the log keys of a policy that are not retired."""
    logs = [key for key in policy.keys if key.role == "log" and not key.retired]
    return [Verifier(policy.origin, load_public_key(key.public)) for key in logs]


def lacking(policy: Policy, cosigned: Iterable[str]) -> str | None:
    """Say what the quorum of a policy lacks, given the verifier keys that have cosigned; None where it is met."""
    have = len({witness.vkey for witness in policy.witnesses}.intersection(cosigned))
    return (
        f"{have} of the {policy.quorum} witnesses that the policy asks for have cosigned this checkpoint"
        if have < policy.quorum
        else None
    )


def witness_verifiers(policy: Policy) -> list[Verifier]:
    """Give the witnesses of a policy whose verifier keys can be read."""
    found = []
    for witness in policy.witnesses:
        try:
            found.append(parse_vkey(witness.vkey))
        except LedgerError:
            continue
    return found
