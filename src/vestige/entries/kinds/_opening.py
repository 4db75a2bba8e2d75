"""The opening of a withheld entry: from then on its body is public."""

from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Hash
from vestige.entries.kinds._governing import Governing


class Opening(Governing, frozen=True, kw_only=True):
    """The salt of one withheld entry, with which anybody can see that its body is what was committed to earlier."""

    KIND = "opening"
    entry: Hash
    salt: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\Z", description="32 bytes, base64")]
