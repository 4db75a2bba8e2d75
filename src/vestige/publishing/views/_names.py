"""What a reader calls the thing that an entry is about."""

from vestige.entries import Name
from vestige.record import Entry


def names_of(entry: Entry) -> tuple[Name, ...]:
    """Give what a reader calls the thing that an entry is about; nothing when its body is not public."""
    return entry.body.named() if entry.body else ()
