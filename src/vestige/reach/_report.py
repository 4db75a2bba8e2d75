"""One month's counts as an entry: one-way tables whose cells hold at least k views, and everything that was left out."""

from collections.abc import Iterable, Mapping
from typing import Any

from vestige.entries.acts import Cell, Geography, LeftOut, Logs, Reach
from vestige.reach._count import Counter
from vestige.reach._robots import lists_used

METHOD = "COUNTER 5.1: 200 and 304, repeats within 30 seconds once, robots by name and by conduct left out; the keeper's count"
MOST_CELLS = 200


def reach_of(
    month: str,
    counter: Counter,
    logs: Iterable[Logs],
    *,
    least: int = 20,
    database: Geography | None = None,
    counted: str | None = None,
    missing: str | None = None,
) -> Reach:
    """Make the entry of a month from a counter that was closed. ``counted`` is the SHA-256 of the published site's manifest."""
    fields: dict[str, Any] = {}
    for name, numbers in counter.tables.items():
        fields[name], fields[f"{name}_other"] = table_of(numbers, least)
    return Reach(
        month=month,
        logs=tuple(logs),
        method=METHOD,
        lists=lists_used(),
        left_out=LeftOut(
            **{name: number for name, number in counter.left_out.items() if name in LeftOut.__struct_fields__}
        ),
        views=counter.views,
        views_low=counter.views_low,
        least=least,
        counted=counted,
        database=database,
        machines=tuple(Cell(name=name, number=number) for name, number in sorted(counter.machines.items())),
        missing=missing,
        **fields,
    )


def table_of(numbers: Mapping[str, int], least: int) -> tuple[tuple[Cell, ...], int]:
    """Give the cells of at least ``least`` views, most first, and the rest, which is 0 or at least that, too.

    Where the rest alone would be smaller, the smallest cell goes into it; where there is no cell, everything is rest or nothing is told.
    """
    order = sorted((item for item in numbers.items() if item[1] >= least), key=lambda item: (-item[1], item[0]))[
        :MOST_CELLS
    ]
    rest = sum(numbers.values()) - sum(number for _, number in order)
    while 0 < rest < least and order:
        rest += order.pop()[1]
    cells = tuple(Cell(name=name, number=number) for name, number in order)
    return cells, rest if rest >= least else 0
