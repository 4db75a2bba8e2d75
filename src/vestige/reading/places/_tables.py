"""The tab-separated tables in `data/`."""

from collections.abc import Iterator
from importlib.resources import files


def rows(table: str) -> Iterator[list[str]]:
    """Give the rows of one of the tables, each as its cells."""
    for line in files("vestige.reading").joinpath("data", table).read_text("utf-8").splitlines():
        yield line.split("\t")
