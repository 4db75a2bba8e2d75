"""The discrepancies of a check, taken down as they are found: of a file, of an entry, and what was missing and turns out to be altered."""

import msgspec

from vestige.record.verify._report import Discrepancy


class DiscrepancyLog:
    """What a check takes down as it goes; ``notes`` are remarks that are no discrepancies; ``cosigned`` says what a quorum lacks."""

    def __init__(self) -> None:
        self.discrepancies: list[Discrepancy] = []
        self.notes: list[str] = []
        self.unchecked: list[Discrepancy] = []
        self.cosigned: str | None = None
        self.contradiction: str | None = None

    def found(self, kind: str, file: str, message: str, *, expected: str | None = None, got: str | None = None) -> None:
        """Take down a discrepancy."""
        self.discrepancies.append(Discrepancy(kind, file, message, expected=expected, got=got))

    def may_be_missing(self, file: str, entry: str) -> None:
        """Take down what an entry of an unknown kind names and nobody here can tell to be whole."""
        why = "an entry of a kind that this version does not know names it, and it is not here"
        self.unchecked.append(Discrepancy("missing", file, why, entry))

    def altered(self, file: str, got: str) -> bool:
        """Say that the first entry that misses its body in a file has it there, but altered; False when no entry misses one."""
        for position, missing in enumerate(self.discrepancies):
            if missing.kind == "missing" and missing.file == file and missing.entry:
                message = "not the body that was committed to"
                self.discrepancies[position] = msgspec.structs.replace(
                    missing, kind="modified", message=message, got=got
                )
                return True
        return False

    def of_entry(
        self,
        kind: str,
        file: str,
        message: str,
        index: int,
        name: str,
        expected: str | None = None,
        got: str | None = None,
        rule: str | None = None,
    ) -> None:
        """Take down a discrepancy of an entry."""
        self.discrepancies.append(Discrepancy(kind, file, message, name, index, expected, got, rule))
