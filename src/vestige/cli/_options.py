"""The options that most commands share: which record, which key, and whether to print for people or for programs."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from vestige.keeping.finding import record_folder
from vestige.record import Record


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class InRecord:
    """Where a command works, read from the command line."""

    record: Path | None = None
    """The folder of the record; without it the one that this folder lies in."""

    json: Annotated[bool, Parameter(negative=())] = False
    """Print the result as JSON."""

    @property
    def folder(self) -> Path:
        """The folder of the record. Raises InputError when there is none."""
        return record_folder(self.record)

    def read(self, *, withheld: bool = False) -> Record:
        """Open the record as the public may see it, or as its keeper does."""
        return Record.open(self.folder, withheld=withheld)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class InWhole(InRecord):
    """Where a command reads that may look among what is withheld, too."""

    withheld: bool = False
    """Look among what is withheld from the public, too."""

    def look(self) -> Record:
        """Open the record as was asked."""
        return self.read(withheld=self.withheld)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class ToRecord(InRecord):
    """Where a command enters something, and with which key."""

    key: Path | None = None
    """The private key to sign with."""

    def open(self) -> Record:
        """Open the keeper's view of the record."""
        return Record.open(self.folder, key=self.key, withheld=True)


READ = InRecord()
"""What a command that reads works in when nothing is given."""

WHOLE = InWhole()
"""What a command that may look among what is withheld works in when nothing is given."""

WRITE = ToRecord()
"""What a command that writes works in when nothing is given."""
