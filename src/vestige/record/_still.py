"""A record held still: for work that asks the same of it again and again while nothing is entered."""

from collections.abc import Iterator, Sequence
from typing import Any

from vestige.ledger import Checkpoint
from vestige.record._entry import Entry
from vestige.record._reader import RecordReader
from vestige.record.index._index import Index


class _Remembering(Index):
    """An index that answers each question once; what it was asked before it answers from memory."""

    def __init__(self, index: Index) -> None:
        self.__dict__.update(index.__dict__)
        self._answers: dict[tuple[str, tuple[Any, ...], bool], tuple[Entry, ...]] = {}

    def _query(self, condition: str, parameters: Sequence[Any], *, void: bool = False) -> Iterator[Entry]:
        question = (condition, tuple(parameters), void)
        if question not in self._answers:
            self._answers[question] = tuple(super()._query(condition, parameters, void=void))
        return iter(self._answers[question])


class _Still(RecordReader):
    """A reader over the state of another, which stays open as long as this one is used."""

    def __init__(self, record: RecordReader) -> None:
        self.__dict__.update(record.__dict__)
        self._remembering = _Remembering(record.index)
        self._stood = record.checkpoint

    @property
    def checkpoint(self) -> Checkpoint:
        """What the ledger committed to when the record was held still."""
        return self._stood

    @property
    def index(self) -> Index:
        """What answers queries, as of the moment at which the record was held still."""
        return self._remembering


def still(record: RecordReader) -> RecordReader:
    """Give a record as it stands now, to ask much of: each question costs once. What is entered later it does not see."""
    return record if isinstance(record, _Still) else _Still(record)
