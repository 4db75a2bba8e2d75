"""Columns that grow: a value, or a row of values, for each text of a collection, in one array."""

from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_FIRST = 64


class Column:
    """An array that makes room for twice as many rows when it is full; new rows are zeros."""

    def __init__(self, kind: DTypeLike, *shape: int) -> None:
        self._rows: NDArray[Any] = np.zeros((_FIRST, *shape), kind)

    def reach(self, count: int) -> None:
        """Make room for so many rows."""
        if count > len(self._rows):
            more = np.zeros(
                (max(count, 2 * len(self._rows)) - len(self._rows), *self._rows.shape[1:]), self._rows.dtype
            )
            self._rows = np.concatenate([self._rows, more])

    @property
    def rows(self) -> NDArray[Any]:
        """The array itself, for reading and writing; it may be another one after `reach`."""
        return self._rows
