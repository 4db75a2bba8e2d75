"""What a study is: values only, ready to be written as files, a page, or an entry of a record."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pandas as pd

from vestige.studying.data._tables import Dropped, Source


@dataclass(frozen=True, kw_only=True)
class Table:
    """A tidy table with its title; ``on_page`` shows it in the report (every table is written as CSV and Parquet)."""

    name: str
    title: str
    data: pd.DataFrame
    on_page: bool = False


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A figure as SVG, with the text that stands for it and the numbers that it draws."""

    name: str
    title: str
    alt: str
    svg: str
    data: pd.DataFrame


@dataclass(frozen=True, kw_only=True)
class Study:
    """The result of a study: what was asked, found, and counted, and what it cannot say."""

    name: str
    title: str
    question: str
    findings: tuple[str, ...]
    method: tuple[str, ...]
    denominators: tuple[str, ...]
    limits: tuple[str, ...]
    references: tuple[str, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    dropped: tuple[Dropped, ...]
    options: dict[str, object] = field(default_factory=dict)
    pieces: dict[str, Iterator[pd.DataFrame]] = field(default_factory=dict)
    """Tables too large to hold, by name, that are written piece by piece."""
