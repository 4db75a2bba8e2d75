"""What can go wrong with one observation, by kind; the kinds are shown to people and kept with the result."""

from enum import StrEnum

import msgspec

from vestige.errors import EnvironmentFault


class FaultKind(StrEnum):
    """Why an observation is not there. A reading never ends for one of these: each becomes a `Finding`."""

    MISSING = "missing"
    """The server says that there is no such file (404, 410)."""
    UNAVAILABLE = "unavailable"
    """The server failed or was too busy, after all retries (5xx, 429, time-out, broken connection)."""
    EXPIRED = "expired signature"
    """The signed address is past its time and could not be renewed."""
    DENIED = "denied"
    """The server wants other credentials (401, 403)."""
    REFUSED = "refused address"
    """The address leads to a private network or to this machine's own files."""
    TRUNCATED = "truncated"
    """The file or the answer ends before it should."""
    NO_RANGES = "no range requests"
    """The server sends the whole file instead of the part that was asked for."""
    REPLACED = "replaced"
    """The file changed between two requests."""
    UNREADABLE = "unreadable"
    """The file is no TIFF, or cannot be decoded."""
    UNGRIDDED = "no map grid"
    """The file is in radar geometry."""
    OTHER_GRID = "another grid"
    """Projection, resolution or pixel grid differ from the rest of the time line."""
    OUTSIDE = "outside"
    """The window does not lie wholly inside the image."""
    EMPTY = "empty"
    """The window holds no valid pixel."""
    NO_ASSET = "no such band"
    """The scene does not have the band."""
    DOUBLED = "doubled"
    """Another scene of the same pass serves this site."""
    UNIT = "another unit"
    """The values are said to be in a unit that is none of backscatter or reflectance."""
    UNKNOWN = "incomplete metadata"
    """The catalogue does not say what must be known of the scene (time, orbit)."""


class ReadFault(EnvironmentFault):
    """One file or one part of it cannot be had; ``kind`` says why."""

    def __init__(self, kind: FaultKind, message: str, *, where: str | None = None, hint: str | None = None) -> None:
        super().__init__(message, where=where, hint=hint)
        self.kind = kind

    def __reduce__(self) -> tuple[object, ...]:
        """Pickle by fields, so that a fault crosses to another process whole."""
        return _rebuild, (self.kind, self.message, self.where, self.hint)


def _rebuild(kind: FaultKind, message: str, where: str | None, hint: str | None) -> ReadFault:
    return ReadFault(kind, message, where=where, hint=hint)


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One observation that is not there, and why: never a silent gap."""

    kind: FaultKind
    message: str
    scene: str
    band: str = ""
    """Empty where it holds for every band."""
    sites: tuple[str, ...] = ()
    """Sites that miss this observation."""
    href: str = ""
    """Address of the file, unsigned."""
