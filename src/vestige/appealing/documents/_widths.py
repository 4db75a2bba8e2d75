"""How wide the columns of a table are."""

from collections.abc import Sequence

from vestige.appealing._composed import Run

_LINE = 100
"""Letters that a table's line holds, about."""
_LONGEST_WORD = 14


def column_widths(rows: Sequence[Sequence[Run]]) -> list[float]:
    """Give the widths of the columns as shares: the longest word of each fits, up to a bound, and long columns share the rest.

    What is longer than the bound, such as a hash, breaks over lines.
    """
    columns = [[row[place].text for row in rows if place < len(row)] for place in range(max(map(len, rows), default=0))]
    least = [
        min(_LONGEST_WORD, max((len(word) for text in column for word in text.split()), default=1)) + 2
        for column in columns
    ]
    weights = [(sum(map(len, column)) / max(1, len(column))) ** 0.5 + 0.1 for column in columns]
    rest = max(0.0, _LINE - sum(least))
    return [round(width + rest * weight / sum(weights), 2) for width, weight in zip(least, weights, strict=True)]
