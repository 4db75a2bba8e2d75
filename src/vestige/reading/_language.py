"""Which language a text is written in: by script, then by letters and function words.

Own light profiles of the seven languages that the reading knows; a text of any other language is ``und`` (undetermined).
"""

import re

from vestige.reading._lexicon import words_of

SAMPLE = 3000
"""So many characters are looked at."""
FEWEST_LETTERS = 20
LATIN = ("en", "fr", "az")
SCRIPTS = (
    ("hy", re.compile("[\u0531-\u0556\u0561-\u0587]")),
    ("ar", re.compile("[\u0620-\u064a\u0671-\u06d3]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u0259]")),
)
UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
AZERBAIJANI = re.compile("[əƏ]")
WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of the language of a text, or ``und``."""
    sample = text[:SAMPLE]
    counts = {script: len(letters.findall(sample)) for script, letters in SCRIPTS}
    script = max(counts, key=lambda name: counts[name])
    if counts[script] < FEWEST_LETTERS:
        return "und"
    if script == "cyrillic":
        return cyrillic(sample)
    return latin(sample, counts["latin"]) if script == "latin" else script


def cyrillic(sample: str) -> str:
    """Tell Ukrainian from Russian by the letters that only one of them has."""
    return "uk" if len(UKRAINIAN.findall(sample)) > len(RUSSIAN.findall(sample)) else "ru"


def latin(sample: str, letters: int) -> str:
    """Tell English, French and Azerbaijani by function words and the letter ə; anything else is undetermined."""
    if len(AZERBAIJANI.findall(sample)) > 0.02 * letters:
        return "az"
    found = [word.lower() for word in WORD.findall(sample)]
    hits = {code: sum(word in words_of(code) for word in found) for code in LATIN}
    best = max(hits, key=lambda code: hits[code])
    return best if hits[best] >= max(2, 0.12 * len(found)) else "und"
