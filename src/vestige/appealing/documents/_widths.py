"""How wide the columns of a table are."""

from collections.abc import Sequence

from vestige.appealing._composed import Run


def column_widths(rows: Sequence[Sequence[Run]]) -> list[float]:
    """Give the widths of the columns as shares: the root of their mean length, so that long ones get more but not all."""
    columns = range(max((len(row) for row in rows), default=0))
    lengths = [[len(row[column].text) for row in rows if column < len(row)] for column in columns]
    return [round(max(2.2, min(9.0, (sum(each) / len(each)) ** 0.5)), 2) for each in lengths]
