"""An entry as a reader of the record sees it."""

import functools

import msgspec

from vestige.entries import Body, Envelope, parse_envelope


class Entry(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """One entry: its place in the ledger, its envelope, its body, and what later became of it.

    ``body`` is None when it was withdrawn, and when it is withheld and the record was opened for the public view.
    ``replaced_by`` and ``withdrawn_by`` are hashes of later entries. ``salt`` goes with the body.
    """

    index: int
    hash: str
    leaf: bytes
    body: Body | None = None
    body_json: bytes | None = None
    salt: bytes | None = None
    replaced_by: str | None = None
    withdrawn_by: str | None = None

    @functools.cached_property
    def envelope(self) -> Envelope:
        """The signed envelope."""
        return parse_envelope(self.leaf)

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
        """Whether no later entry replaced or withdrew it."""
        return self.replaced_by is None and self.withdrawn_by is None


class Receipt(msgspec.Struct, frozen=True, gc=False):
    """What an author gets for a draft: its place in the ledger, its hash, and the id of the thing."""

    index: int
    entry: str
    kind: str
    about: str
    made: str
