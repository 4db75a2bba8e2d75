"""A draft: what an author wants to enter, before it is salted, signed and given its place in the ledger."""

import msgspec

from vestige.entries.kinds import Body


class Draft(msgspec.Struct, frozen=True, gc=False):
    """A body with what its envelope shall say.

    ``about`` is None for a new thing and the thing's id for a correction or a further entry about it; ``replaces`` is the hash of the
    entry that this one corrects; ``cites`` are the hashes of the entries that it rests on.
    """

    body: Body
    about: str | None = None
    replaces: str | None = None
    cites: tuple[str, ...] = ()
    visibility: str = "public"
