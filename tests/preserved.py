"""Where the folder store keeps a file, for tests that spoil it behind the record's back."""


def place_of(record, name, *, withheld=False):
    """Give the path of a preserved file of a record."""
    return record.path / "archive" / "files" / ("withheld" if withheld else "public") / name[:2] / name
