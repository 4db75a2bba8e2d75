"""The end of an entry's body, to protect a person or to take back what was entered in error."""

from vestige.entries._values import Hash, Text
from vestige.entries.kinds._governing import Governing


class Withdrawal(Governing, frozen=True, kw_only=True):
    """The end of one entry's body: which entry, and why. Body and salt are deleted; the envelope stays."""

    KIND = "withdrawal"
    entry: Hash
    reason: Text
