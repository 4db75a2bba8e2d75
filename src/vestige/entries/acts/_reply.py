"""What came back to an appeal."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._values import Line, Name, Text, ThingId, Translations
from vestige.entries.kinds import Body, require_translations

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", description="ISO 8601: YYYY-MM-DD")]
Answer = Annotated[
    str,
    Meta(
        pattern=r"^(acknowledgement|question|extension|decision|referral|refusal|inadmissible|comment)\Z",
        description="what kind of reply; silence is none of them",
    ),
]


class Reply(Body, frozen=True, kw_only=True):
    """A reply to an appeal: from whom, when it came, of which kind, and the source that holds or tells of it.

    What a reply says are `Statement`s of that source. ``outcome`` is given by a decision or refusal; ``due`` is the day that an extension or
    a question sets. Silence is no reply and is never entered as one.
    """

    KIND = "reply"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("note",)
    appeal: ThingId
    sender: Line
    received: Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z")]
    type: Answer
    actor: ThingId | None = None
    outcome: Annotated[str, Meta(pattern=r"^(granted|partly|deferred|refused|none)\Z")] = "none"
    source: ThingId | None = None
    due: Day | None = None
    statements: tuple[ThingId, ...] = ()
    reference: Line | None = None
    note: Text | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)
        if self.type == "extension" and self.due is None:
            raise ValueError("expected the day that an extension sets in due, got none")

    def named(self) -> tuple[Name, ...]:
        """Give nothing: it has no name of its own."""
        return ()

    def words(self) -> Iterable[str | None]:
        """Give its sender, reference and note."""
        return (self.sender, self.reference, self.note)

    def links(self) -> Iterable[str | None]:
        """Give the appeal, the source, the actor and what it says."""
        return (self.appeal, self.source, self.actor, *self.statements)

    def held(self) -> Iterable[str | None]:
        """Give nothing: its source holds the letter."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
