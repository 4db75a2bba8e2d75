"""Arrow arrays from lists, by their buffers: no detour over pandas, whose import costs more than all the arrays of a record."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa


def strings(values: Sequence[str | None]) -> pa.Array:
    """Give an array of texts."""
    return _variable(pa.string(), [None if value is None else value.encode() for value in values])


def binaries(values: Sequence[bytes | None]) -> pa.Array:
    """Give an array of bytes."""
    return _variable(pa.binary(), values)


def numbers(values: Sequence[float | None], kind: pa.DataType) -> pa.Array:
    """Give an array of numbers or of days since 1970 (date32)."""
    width = np.float64 if kind == pa.float64() else np.int32
    data = np.array([0 if value is None else value for value in values], dtype=width)
    return pa.Array.from_buffers(kind, len(values), [_validity(values), pa.py_buffer(data.tobytes())])


def lists(lengths: Sequence[int], items: pa.Array) -> pa.Array:
    """Give an array of lists that share out the items in order."""
    return pa.Array.from_buffers(pa.list_(items.type), len(lengths), [None, _offsets(lengths)], children=[items])


def struct_of(kind: pa.DataType, *fields: pa.Array) -> pa.Array:
    """Give an array of records with these fields."""
    return pa.Array.from_buffers(kind, len(fields[0]), [None], children=list(fields))


def _variable(kind: pa.DataType, values: Sequence[bytes | None]) -> pa.Array:
    data = [value or b"" for value in values]
    buffers = [_validity(values), _offsets(list(map(len, data))), pa.py_buffer(b"".join(data))]
    return pa.Array.from_buffers(kind, len(values), buffers)


def _offsets(lengths: Sequence[int]) -> pa.Buffer:
    offsets = np.zeros(len(lengths) + 1, dtype=np.int32)
    np.cumsum(lengths, out=offsets[1:])
    return pa.py_buffer(offsets.tobytes())


def _validity(values: Sequence[object]) -> pa.Buffer | None:
    """Give the bitmap of the values that are there; None when all are."""
    there = np.array([value is not None for value in values], dtype=bool)
    return None if there.all() else pa.py_buffer(np.packbits(there, bitorder="little").tobytes())
