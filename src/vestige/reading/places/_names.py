"""How names of places are compared: one key for the spellings that a reader would take for the same name.

A key is the name in lower case (Unicode case folding), without apostrophes, full stops and case dots, with hyphens as spaces
and "st", "mt", "ft" written out. Letters keep their diacritics: "Şuşa" and "Susa" are different names. Since texts drop
diacritics and gazetteers keep them, the gazetteer lists a name under its plain key too.

Keys are made of many names at once, joined by line feeds, because a million names pass through here when the gazetteer is
packed: each step is one pass in C over one string.
"""

import re
import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_DROPPED = "'’‘`ʼʻʹʺ´\"“”.\u0307\u0640\r"
_SPACED = "-‐‑–/\u00a0_\t"
_WRITTEN_OUT = (("st ", "saint "), ("ste ", "sainte "), ("mt ", "mount "), ("ft ", "fort "))
_PLAIN = (
    ("ı", "i"), ("ə", "e"), ("ǝ", "e"), ("ł", "l"), ("ø", "o"), ("đ", "d"), ("ð", "d"), ("æ", "ae"), ("œ", "oe"), ("þ", "th"),
    ("ħ", "h"),
)  # fmt: skip
_ARABIC = (("أ", "ا"), ("إ", "ا"), ("آ", "ا"), ("ى", "ي"), ("ی", "ي"), ("ک", "ك"), ("ة", "ه"))
_MARKS = re.compile("[\u064b-\u065f\u0670]+")  # Arabic vowel signs
_COMBINING = re.compile("[\u0300-\u036f]+")
_SPACES = re.compile("  +")
_MULTIPLIER = 0x9E3779B97F4A7C15  # 2^64 over the golden ratio, odd: the usual constant of multiplicative hashing
LONGEST_KEY = 80  # characters; the longest name of the gazetteer that a text ever uses has fewer
_TOGETHER = 4096  # keys hashed side by side, as wide as the longest of them


def _replace(text: str, pairs: Sequence[tuple[str, str]]) -> str:
    for old, new in pairs:
        if old in text:
            text = text.replace(old, new)
    return text


def name_keys(names: Sequence[str]) -> list[str]:
    """Give the key of each name; no name may hold a line feed."""
    if not names:
        return []
    text = "\n".join(names).casefold()
    text = _replace(text, [(c, "") for c in _DROPPED])
    text = _replace(text, [(c, " ") for c in _SPACED])
    text = "\n" + text
    text = _replace(text, [("\n" + short, "\n" + full) for short, full in _WRITTEN_OUT])
    if not text.isascii():
        text = _MARKS.sub("", _replace(unicodedata.normalize("NFC", text), _ARABIC))
    return [key.strip() for key in _SPACES.sub(" ", text)[1:].split("\n")]


def plain_keys(keys: Sequence[str]) -> list[str]:
    """Give each key without diacritics, as a text in plain letters writes the name; й and ё lose theirs too."""
    if not keys:
        return []
    text = _replace("\n".join(keys), _PLAIN)
    if text.isascii():
        return text.split("\n")
    return unicodedata.normalize("NFC", _COMBINING.sub("", unicodedata.normalize("NFD", text))).split("\n")


def _powers() -> NDArray[np.uint64]:
    powers = [1]
    while len(powers) < LONGEST_KEY:
        powers.append(powers[-1] * _MULTIPLIER % 2**64)
    return np.array(powers, np.uint64)


_POWERS = _powers()


def hash_keys(keys: Sequence[str]) -> NDArray[np.uint64]:
    """Give a 64-bit polynomial hash of each key, the same on every machine; keys over `LONGEST_KEY` count by their start."""
    parts = [_hash(keys[at : at + _TOGETHER]) for at in range(0, len(keys), _TOGETHER)]
    return np.concatenate(parts) if parts else np.zeros(0, np.uint64)


def _hash(keys: Sequence[str]) -> NDArray[np.uint64]:
    lines = np.array([(key + "\n")[:LONGEST_KEY] for key in keys])
    codes: NDArray[np.uint32] = lines.view(np.uint32).reshape(len(keys), -1)
    hashes: NDArray[np.uint64] = codes.astype(np.uint64) @ _POWERS[: codes.shape[1]]
    hashes ^= hashes >> np.uint64(32)
    return hashes
