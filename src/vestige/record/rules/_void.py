"""Why an entry does not count."""

from typing import Final

import msgspec

MALFORMED: Final = "malformed"
NOT_ALLOWED: Final = "not-allowed"
UNSIGNED: Final = "unsigned"

OF_BODIES: Final = frozenset({"body", "fields", "status"})
"""The rules that only the body of an entry can break. Such an entry is skipped, but later entries may still speak of it: not every reader has bodies."""


class Void(msgspec.Struct, frozen=True, gc=False):
    """Why an entry is void: the finding as a report names it, the rule that it breaks, and that in words."""

    finding: str
    rule: str
    message: str

    @property
    def of_body(self) -> bool:
        """Whether its body alone breaks the rule."""
        return self.rule in OF_BODIES
