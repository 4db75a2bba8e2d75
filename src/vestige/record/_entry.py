"""An entry as a reader of the record sees it."""

import functools

import msgspec

from vestige.entries import Body, Envelope, parse_envelope
from vestige.record.rules._void import Void

_NO_ENVELOPE = Envelope(
    vestige=1,
    kind="malformed",
    about="malformed:" + "a" * 16,
    made="1970-01-01T00:00:00Z",
    by="0" * 64,
    replaces=None,
    cites=(),
    body="0" * 64,
    visibility="withheld",
    sig="",
)


class Entry(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One entry: its place in the ledger, its envelope, its body, and what later became of it.

    ``body`` is None when it was withdrawn, and when it is withheld and the record was opened for the public view.
    ``replaced_by`` and ``withdrawn_by`` are hashes of later entries; ``opened`` says that its withheld body became public. ``salt`` goes with the body.
    ``person`` is the handle of whoever signed it. ``void`` says why it does not count; its body is then not read.
    """

    index: int
    hash: str
    leaf: bytes
    body: Body | None = None
    body_json: bytes | None = None
    salt: bytes | None = None
    replaced_by: str | None = None
    withdrawn_by: str | None = None
    opened: bool = False
    person: str = ""
    void: Void | None = None

    @functools.cached_property
    def envelope(self) -> Envelope:
        """The signed envelope; a withheld one about nothing where the leaf holds none."""
        return _NO_ENVELOPE if self.void is not None and self.void.rule == "envelope" else parse_envelope(self.leaf)

    @property
    def is_public(self) -> bool:
        """Whether its body may be shown: it was entered as public, or opened since."""
        return self.envelope.visibility == "public" or self.opened

    @property
    def kind(self) -> str:
        """The kind of the thing that it is about."""
        return self.envelope.kind

    @property
    def about(self) -> str:
        """The id of the thing that it is about."""
        return self.envelope.about

    @property
    def stands(self) -> bool:
        """Whether it counts, and no later entry replaced or withdrew it."""
        return self.replaced_by is None and self.withdrawn_by is None and self.void is None


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """What an author gets for a draft: its place in the ledger, its hash, and the id of the thing."""

    index: int
    entry: str
    kind: str
    about: str
    made: str
