"""The policy in force at a place of the ledger, and the keys that may sign under it."""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from vestige.entries import Policy, decode_body, fingerprint, load_public_key
from vestige.ledger import Verifier


class PolicyInForce:
    """Follows the policies of a ledger in order. ``policy`` is None until the first was taken."""

    def __init__(self) -> None:
        self.policy: Policy | None = None
        self.verifiers: list[Verifier] = []
        self._keys: dict[str, tuple[Ed25519PublicKey, bool]] = {}

    def take(self, body: bytes) -> None:
        """Put a policy in force; raises InvalidBodyError or InvalidEnvelopeError when it cannot be read, and leaves the one before."""
        policy = decode_body("policy", body)
        assert isinstance(policy, Policy)  # noqa: S101 - the kind decides the type
        keys = [(load_public_key(key.public), key.retired) for key in policy.keys]
        self.policy = policy
        self._keys = {fingerprint(key): (key, retired) for key, retired in keys}
        self.verifiers = [Verifier(policy.origin, key) for key, retired in keys if not retired]

    def key_of(self, signer: str) -> tuple[Ed25519PublicKey, bool] | None:
        """Give a key by its fingerprint, and whether it was retired; None when the policy does not list it."""
        return self._keys.get(signer)

    def may_rule(self, signer: str) -> bool:
        """Whether a key may change the policy."""
        keys = self.policy.keys if self.policy else ()
        roles = {fingerprint(load_public_key(key.public)): key for key in keys}
        return signer in roles and roles[signer].role == "keeper" and not roles[signer].retired
