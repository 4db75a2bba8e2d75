"""The words by which entries are found: cut here, once, so that every database answers alike, and kept in a plain table.

Compatibility forms, case, and the dotted and dotless i are one; so are letters with and without the marks of Latin, Greek, Cyrillic,
Arabic and Hebrew. Marks of other scripts are part of their words and stay.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from vestige.archive import BodyPlace
from vestige.entries import Body
from vestige.record.index._file import Database

_MARKED_SCRIPTS = ("LATIN ", "GREEK ", "CYRILLIC ", "ARABIC ", "HEBREW ")
_UNSEEN = re.compile("[\u00ad\u0640\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
"""Characters that no reader sees, and the stroke that only stretches an Arabic word."""
_RUN = re.compile("[0-9a-z\u0080-\U0010ffff]+")
_LONGEST = 64
"""Characters of a word that are kept."""
_MOST_WORDS = 12
"""Words of a question that are looked for; more narrow nothing down."""
_IN_NAME, _IN_TEXT = 0, 2000
"""What places a hit: the whole word of a name, the beginning of one (1000 further down), then words elsewhere."""
_MOST_COUNTED = 900
_FIRST = 500
"""Hits, the best first, that are asked whether they hold the other words too, before all are."""


def fold(text: str) -> str:
    """Fold a text for search, so that spellings which are one to a reader are the same letters."""
    plain = (
        _UNSEEN.sub("", unicodedata.normalize("NFKC", text)).casefold().replace("i\u0307", "i").replace("\u0131", "i")
    )
    if plain.isascii():
        return plain
    kept, dropping = [], False
    for letter in unicodedata.normalize("NFD", plain):
        if not unicodedata.category(letter).startswith("M"):
            dropping = _loses_marks(letter)
        elif dropping:
            continue
        kept.append(letter)
    return unicodedata.normalize("NFC", "".join(kept))


@lru_cache(maxsize=4096)
def _loses_marks(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_MARKED_SCRIPTS)


@lru_cache(maxsize=8192)  # countries, types and terms come again and again
def cut(text: str) -> tuple[str, ...]:
    """Give the words of a text, folded: runs of letters, digits and their marks."""
    folded = fold(text)
    if not folded.isascii():
        folded = "".join([letter if _in_word(letter) else " " for letter in folded])
    return tuple(word[:_LONGEST] for word in _RUN.findall(folded))


@lru_cache(maxsize=4096)
def _in_word(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "LNM"


def rows_of(idx: int, body: Body) -> list[tuple[str, int, int, str]]:
    """Give the rows of the table of words for one body: the word, the entry, how far down it places a hit, and the kind."""
    names = [cut(name.text) for name in body.named()]
    best: dict[str, int] = {}
    weighed = [
        *((words, _IN_NAME) for words in names),
        *((cut(text), _IN_TEXT) for text in body.words() if text),
    ]
    for words, place in weighed:
        weight = place + min(len(words), _MOST_COUNTED)
        for word in words:
            best[word] = min(weight, best.get(word, weight))
    return [(word, idx, weight, body.KIND) for word, weight in best.items()]


def insert_words(database: Database, bodies: Iterable[tuple[int, Body]]) -> None:
    """Take in the words of bodies; sorted, since the table is kept in their order."""
    rows = sorted(row for idx, body in bodies for row in rows_of(idx, body))
    database.executemany("INSERT OR IGNORE INTO word VALUES (?, ?, ?, ?)", rows)


class Question:
    """A search: its words, the rarest first, which is looked through; the others must begin a word of the same entry."""

    def __init__(self, database: Database, text: str, kind: str | None) -> None:
        self._database, self._kind = database, kind
        words = list(dict.fromkeys(cut(text)))[:_MOST_WORDS]
        self.words = sorted(words, key=self._commonness) if len(words) > 1 else words

    def best(self, most: int) -> list[int]:
        """Give the positions of at most so many hits, best first, whether their entries stand or not; some may be named twice."""
        first, *others = self.words
        if others and len(found := self._among_first(most)) == most:
            return found
        query = "".join(
            (
                "SELECT idx FROM word WHERE token >= ? AND token < ?",
                " AND kind = ?" * bool(self._kind),
                " AND EXISTS (SELECT 1 FROM word AS o WHERE o.idx = word.idx AND o.token >= ? AND o.token < ?)"
                * len(others),
                " ORDER BY weight + CASE WHEN token = ? THEN 0 ELSE 1000 END, idx LIMIT ?",
            )
        )
        values = [
            *_range(first),
            *([self._kind] if self._kind else []),
            *(end for word in others for end in _range(word)),
        ]
        return [idx for (idx,) in self._database.execute(query, [*values, first, most])]

    def _among_first(self, most: int) -> list[int]:
        """Give the best hits among the first that hold the rarest word: where all words are common, these do, and a join would ask of all."""
        first, *others = self.words
        query = (
            f"SELECT idx FROM word WHERE token >= ? AND token < ?{' AND kind = ?' * bool(self._kind)}"  # noqa: S608 - ours
            " ORDER BY weight + (token <> ?) * 1000, idx LIMIT ?"
        )
        values = [*_range(first), *([self._kind] if self._kind else []), first, _FIRST]
        ranked = [idx for (idx,) in self._database.execute(query, values)]
        for word in others:
            ranked = self._holding(ranked, word)
        return ranked[:most]

    def _holding(self, entries: Sequence[int], word: str) -> list[int]:
        """Give those of some entries of which a word begins so, in their order."""
        marks = ", ".join("?" * len(entries))
        query = f"SELECT DISTINCT idx FROM word WHERE idx IN ({marks}) AND token >= ? AND token < ?"  # noqa: S608 - ours
        holding = {idx for (idx,) in self._database.execute(query, [*entries, *_range(word)])}
        return [idx for idx in entries if idx in holding]

    def _commonness(self, word: str) -> int:
        counted = "SELECT count(*) FROM (SELECT 1 FROM word WHERE token >= ? AND token < ? LIMIT 5000)"
        return int(self._database.execute(counted, _range(word)).fetchone()[0])


def _range(word: str) -> tuple[str, str]:
    """Give the bounds of the words that begin so."""
    return word, word + "\U0010ffff"


def move_bodies(database: Database, moved: Iterable[tuple[BodyPlace, str]]) -> None:
    """Say where bodies lie after a withdrawal has moved them, by their commitments."""
    rows = [(place.offset, place.length, bytes.fromhex(commitment), place.first) for place, commitment in moved]
    database.executemany("UPDATE entry SET place = ?, length = ? WHERE commitment = ? AND pack = ?", rows)


def forget_words(database: Database, entries: Sequence[int]) -> None:
    """Take the words of entries out, and with them all else that only their bodies told."""
    for table, column in (("word", "idx"), ("link", "idx"), ("identifier", "idx"), ("file", "idx"), ("box", "idx")):
        database.executemany(f"DELETE FROM {table} WHERE {column} = ?", [(idx,) for idx in entries])  # noqa: S608 - ours
    database.executemany(
        "UPDATE entry SET pack = NULL, place = NULL, length = NULL WHERE idx = ?", [(idx,) for idx in entries]
    )
