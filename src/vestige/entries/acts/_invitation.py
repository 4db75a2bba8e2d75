"""An invitation to a visit, and what the person invited answered. Withheld: a name is shown by consent alone."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Hash, Line, Name, ThingId
from vestige.entries.acts._values import Day, Evidence, own_side, require_days
from vestige.entries.acts._visit import Category
from vestige.entries.kinds import Body, Speaker


class Invitation(Body, frozen=True, kw_only=True):
    """Who was invited, how, and what came back.

    ``declined`` and ``accepted`` need the invitee's own words; without them a guest who did not come is ``absent``. A third party's "refused"
    is a statement of that party and has no place here. ``pending`` is an answer that did not come from the person who was asked.
    ``calendar`` is the UID of the calendar file that went with it.
    """

    KIND = "invitation"
    visit: ThingId
    invitee: Speaker
    category: Category
    channel: Annotated[str, Meta(pattern=r"^(note|letter|mail|oral)\Z")]
    sent: Day | None = None
    file: Hash | None = None
    calendar: Line | None = None
    answer: Annotated[
        str, Meta(pattern=r"^(none|pending|accepted|declined|absent|withdrawn by host|access refused)\Z")
    ] = "none"
    answered: Day | None = None
    evidence: tuple[Evidence, ...] = ()
    consent: Annotated[str, Meta(pattern=r"^(none|name|name and words)\Z")] = "none"

    def __post_init__(self) -> None:
        require_days(self.sent, self.answered, "an exchange")
        if self.answer in {"accepted", "declined"} and not own_side(self.evidence):
            raise ValueError(
                f"expected the invitee's own words as evidence of {self.answer!r}, got none: otherwise it is 'absent' or 'pending'"
            )
        if self.consent != "none" and not own_side(self.evidence):
            raise ValueError(f"expected evidence from the invitee of consent to {self.consent!r}, got none")

    def named(self) -> tuple[Name, ...]:
        """Give nothing: whom it names is shown by consent alone."""
        return ()

    def words(self) -> Iterable[str | None]:
        """Give nothing: nobody invited is found by search."""
        return ()

    def links(self) -> Iterable[str | None]:
        """Give its visit and, with consent, the invitee."""
        return (self.visit, self.invitee.actor if self.consent != "none" else None)

    def held(self) -> Iterable[str | None]:
        """Give what was sent and the files of its evidence."""
        return (self.file, *(one.file for one in self.evidence))

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
