"""What governs a record: its policy with the keys that may sign."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._values import CountryCode, Hash, LanguageTag, Line, Origin, Text, ThingId, Translations
from vestige.entries.kinds._governing import Governing
from vestige.entries.kinds._key import Key, Witness
from vestige.entries.kinds._translated import require_translations


class Policy(Governing, frozen=True, kw_only=True):
    """The rules of one record, its first entry; a later policy replaces it from that entry on.

    ``origin`` names the log on its checkpoints. ``required_assessors`` persons must agree for a finding to be *agreed*.
    ``sensitive_cell_degrees`` is the grid of sensitive sites; its values nest, so that a change to a coarser grid tells nothing new.
    ``parties`` are the actors that a table of parties lists for every dialogue, with blanks where no source says anything of them.
    ``language`` is that of the texts here, ``translations`` give them in others. ``logo`` is the SHA-256 of a preserved PNG, ``colour`` what
    links and marks of the published pages are drawn in.
    """

    KIND = "policy"
    TRANSLATED: ClassVar[tuple[str, ...]] = (
        "name",
        "description",
        "balance",
        "limits",
        "contact",
        "imprint",
        "licence",
    )
    name: Line
    origin: Origin
    keys: Annotated[tuple[Key, ...], Meta(min_length=1)]
    description: Text | None = None
    required_assessors: Annotated[int, Meta(ge=1, le=20)] = 2
    sensitive_cell_degrees: Annotated[float, Meta(extra_json_schema={"enum": [0.1, 0.5, 1]})] = 0.1
    languages: Annotated[tuple[LanguageTag, ...], Meta(min_length=1)] = ("en",)
    region: tuple[CountryCode, ...] = ()
    balance: Text | None = None
    limits: Text | None = None
    contact: Line | None = None
    imprint: Text | None = None
    licence: Line | None = None
    language: LanguageTag | None = None
    translations: Translations = ()
    logo: Hash | None = None
    colour: Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}\Z")] | None = None
    parties: tuple[ThingId, ...] = ()
    witnesses: tuple[Witness, ...] = ()
    quorum: Annotated[int, Meta(ge=0, le=100)] = 0
    """How many of the witnesses must have cosigned a checkpoint before it is published."""

    def __post_init__(self) -> None:
        if self.sensitive_cell_degrees not in {0.1, 0.5, 1.0}:
            raise ValueError(f"expected sensitive_cell_degrees 0.1, 0.5 or 1, got {self.sensitive_cell_degrees}")
        require_translations(self.TRANSLATED, self.translations)
        for role in ("keeper", "log"):
            if not any(key.role == role and not key.retired for key in self.keys):
                raise ValueError(f"expected at least one {role} key that is not retired, got none")
        for what, values in (
            ("key", [key.public for key in self.keys if key.public]),
            ("handle", [key.handle for key in self.keys]),
        ):
            if len(set(values)) < len(values):
                raise ValueError(f"expected each {what} once, got one twice")
        if self.quorum > len(self.witnesses):
            raise ValueError(f"expected a quorum of at most the {len(self.witnesses)} witnesses, got {self.quorum}")

    def held(self) -> Iterable[str | None]:
        """Give the logo."""
        return (self.logo,)
