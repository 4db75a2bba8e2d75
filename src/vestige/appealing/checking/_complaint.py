"""What a check has to say: where, of which entry, what is wrong, and what to do."""

from typing import Literal

from vestige.appealing._composed import Composing

Group = Literal["eligibility", "form", "evidence", "honesty", "persons", "place", "law"]


class Complaint(Composing, frozen=True, kw_only=True):
    """One finding of the check. An ``error`` keeps the appeal from being composed; a ``warning`` is printed and left to the person."""

    level: Literal["error", "warning"]
    group: Group
    where: str
    says: str
    do: str
    entry: str | None = None

    def __str__(self) -> str:
        entry = f" [entry {self.entry[:16]}]" if self.entry else ""
        return f"{self.level}: {self.group}: {self.where}: {self.says}{entry}; {self.do}"


def error(group: Group, where: str, says: str, do: str, entry: str | None = None) -> Complaint:
    """Give an error."""
    return Complaint(level="error", group=group, where=where, says=says, do=do, entry=entry)


def warning(group: Group, where: str, says: str, do: str, entry: str | None = None) -> Complaint:
    """Give a warning."""
    return Complaint(level="warning", group=group, where=where, says=says, do=do, entry=entry)
