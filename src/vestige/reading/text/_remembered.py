"""What a pure function gives for the words of the last texts.

Most words of a text were seen in the texts before it. `functools.lru_cache` reorders its list at every hit, which at a thousand
words a text costs more than the answers; here a hit is one look into a dictionary, and everything is forgotten at once when it
becomes too much.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

Key = TypeVar("Key")
Known = TypeVar("Known")
MOST = 1 << 16
"""So many answers are remembered."""
LONGEST = 60
"""Nothing longer, in characters, is remembered: it hardly comes again, and a line without spaces may be megabytes."""


class Kept(dict[Key, Known], Generic[Key, Known]):
    """A dictionary that is emptied when it holds too much."""

    def __init__(self, most: int = MOST) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Key, answer: Known) -> Known:
        """Remember an answer, and give it."""
        if len(self) >= self._most:
            self.clear()
        self[key] = answer
        return answer


class Remembered(Kept[str, Known]):
    """A dictionary that asks a function for what it lacks."""

    def __init__(self, ask: Callable[[str], Known]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, written: str) -> Known:
        answer = self._ask(written)
        return self.keep(written, answer) if len(written) <= LONGEST else answer
