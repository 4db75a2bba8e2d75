"""The balance of a record: whose sites, whose sources, which languages. Pure: from counts to tables."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import msgspec

from vestige.publishing.data._agreement import TITLE, Agreement, figures
from vestige.publishing.kinds._data_file import Column, flat_file
from vestige.publishing.kinds._rows import csv_rows
from vestige.publishing.words._language import Language

MOST_ROWS = 20
"""Rows of a table that the page shows; the data file holds all."""
FILE = flat_file(
    "balance.csv",
    "One row per count of the balance",
    Column("table", "What is counted, and by what"),
    Column("value", "Country (ISO 3166-1), language (BCP 47), name as entered or measure; empty when not stated"),
    Column(
        "number",
        "How many have this value; one with several countries counts in each; of a measure its figure",
        "number",
    ),
    Column("whole", "How many there are in all; of a measure the windows that several persons judged", "integer"),
    Column("low", "Of a measure the lower end of its 95 % interval; else empty", "number"),
    Column("high", "Of a measure the upper end of its 95 % interval; else empty", "number"),
)
"""The data file of all tables."""


class Tally(msgspec.Struct, frozen=True):
    """One table of the balance: its title, what is counted, the counts with the largest first, and how many there are in all."""

    title: str
    column: str
    rows: tuple[tuple[str, int], ...]
    whole: int


def tally(title: str, column: str, counts: Mapping[str, int], whole: int) -> Tally:
    """Put counts into a table."""
    rows = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Tally(title, column, tuple(rows), whole)


def shown(table: Tally, words: Language) -> dict[str, Any]:
    """Give a table as a template shows it to one reader: its first rows, and how many rows there are in all."""
    names: dict[str, Callable[[str], Any]] = {
        "Country": words.country,
        "Language": words.tongue,
        "Answer": lambda key: words.term(key, "answer"),
    }
    name = names.get(table.column, str)
    rows = [(name(key) if key else words.text("Not stated"), count) for key, count in table.rows[:MOST_ROWS]]
    rows.sort(key=lambda row: (-row[1], words.sort_key(row[0])))
    return {
        "title": words.text(table.title),
        "column": words.text(table.column),
        "rows": rows,
        "whole": table.whole,
        "total": len(table.rows),
    }


def balance_csv(tables: Sequence[Tally], agreed: Agreement) -> bytes:
    """Give every row of every table, and every measure of agreement, as CSV; an empty ``value`` is what was not stated."""
    counts = [(table.title, key, count, table.whole, "", "") for table in tables for key, count in table.rows]
    measures = [
        (
            TITLE,
            name,
            one.value,
            agreed.windows,
            "" if one.low is None else one.low,
            "" if one.high is None else one.high,
        )
        for name, one in figures(agreed)
    ]
    return FILE.head + csv_rows([*counts, *measures])


def balance_json(tables: Sequence[Tally], agreed: Agreement) -> bytes:
    """Give the rows of every table by its title, and agreement under `TITLE`."""
    whole: dict[str, Any] = {table.title: table.rows for table in tables}
    return msgspec.json.encode(whole | {TITLE: agreed}) + b"\n"
