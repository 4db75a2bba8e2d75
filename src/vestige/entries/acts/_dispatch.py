"""That an appeal was sent: by people, never by this software."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._values import Hash, Line, Name, Text, ThingId, Translations
from vestige.entries.kinds import Body, require_translations

Means = Annotated[str, Meta(pattern=r"^(post|email|portal|hand|diplomatic|fax)\Z")]
Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", description="ISO 8601: YYYY-MM-DD")]


class Dispatch(Body, frozen=True, kw_only=True):
    """That an appeal was sent, by people: when, by which means, to which address, and the receipt (preserved), if any."""

    KIND = "dispatch"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("note",)
    appeal: ThingId
    when: Day
    means: Means
    to: Line
    documents: tuple[Hash, ...] = ()
    reference: Line | None = None
    receipt: Hash | None = None
    note: Text | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)

    def named(self) -> tuple[Name, ...]:
        """Give nothing: it has no name of its own."""
        return ()

    def words(self) -> Iterable[str | None]:
        """Give the reference."""
        return (self.reference,)

    def links(self) -> Iterable[str | None]:
        """Give the appeal."""
        return (self.appeal,)

    def held(self) -> Iterable[str | None]:
        """Give the receipt."""
        return (self.receipt,)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
