"""Which language a text is written in: by script, then by letters and function words.

Own light profiles of the seven languages that the reading knows, and of some neighbours of theirs, so that Spanish is not taken for
French nor Bulgarian for Russian; a text of any other language is ``und`` (undetermined).
"""

import re
from collections.abc import Iterator

from vestige.reading.text._glued import glued, may_be_glued
from vestige.reading.text._languages import known, words_of

SAMPLE, SAMPLE_WORDS = 3000, 200
"""So many characters, and so many words of them, are looked at."""
FEWEST_LETTERS = 20
SEARCHED, FEWEST_BLANKS, SHORTEST_SAMPLE = 60_000, 8, 200
"""So many characters are searched for lines with so many blanks; fewer characters of them than that tell nothing."""
LONGEST_LINE = 1200
"""Longer lines are looked at in parts, since they may have been joined of menus and text."""
WINDOW, MOST_CAPITALS = 300, 0.3
"""So many characters at a time are looked at of a long line, and fewer words of running text than this share have capitals."""
SCRIPTS = (
    ("hy", re.compile("[\u0531-\u0556\u0561-\u0587]")),
    ("ar", re.compile("[\u0620-\u064a\u0671-\u06d3]")),
    ("cyrillic", re.compile("[\u0400-\u04ff]")),
    ("he", re.compile("[\u05d0-\u05ea]")),
    ("ka", re.compile("[\u10d0-\u10ff\u1c90-\u1cbf]")),
    ("cjk", re.compile("[\u3041-\u30ff\u3400-\u9fff]")),
    ("latin", re.compile("[A-Za-z\u00c0-\u024f\u0259]")),
)
UKRAINIAN = re.compile("[іїєґІЇЄҐ]")
RUSSIAN = re.compile("[ыэъёЫЭЪЁ]")
NEITHER = re.compile("[ўјљњђћџѓќѕәғқңөұүһҳҷӣӯЎЈЉЊЂЋЏЃЌЅӘҒҚҢӨҰҮҺҲҶӢӮ]")
"""Letters of Belarusian, Serbian, Macedonian, Kazakh, Kyrgyz, Tajik and others."""
FEWEST_NEITHER, SHARE_NEITHER = 3, 0.01
"""So many of those letters, and such a share of all, are more than a name or two in a Russian or Ukrainian text."""
HARD_SIGN, ONLY_RUSSIAN = re.compile("[ъЪ]"), re.compile("[ыэёЫЭЁ]")
"""Bulgarian has the one often and the others never."""
ARABIC, NOT_ARABIC = re.compile("[يكةىأإ]"), re.compile("[پچژگیکێۆڕڵەٹڈڑںےہھۀټډړښږځڅېۍ]")
"""Letters of Arabic, and those that Persian, Urdu, Kurdish and Pashto have beside or instead of them."""
NOT_PERSIAN = re.compile("[ٹڈڑںےہھۀټډړښږځڅېۍێۆڕڵە]")
"""Letters of Urdu, Kurdish and Pashto that Persian has not."""
KANA, FEWEST_CHARACTERS = re.compile("[\u3041-\u30ff]"), 8
OWN_LETTERS = (("tr", re.compile("[ığİĞ]")), ("pl", re.compile("[łŁ]")))
"""Letters by which a short text is told that has few words of grammar: so many of them, and such a share."""
FEWEST_OWN, SHARE_OWN = 3, 0.01
MOSTLY_ASCII, SCHWA, FEWEST_FUNCTION, FEWEST_NAMED, SURELY = 0.2, 0.015, 0.12, 0.25, 0.25
"""Shares: of other letters in a text in Latin ones, of ə in Azerbaijani, of function words among words, less in the languages that are
read, and of English ones in a text that is surely English."""
CLEARLY = 0.8
"""What a word of a language that is only named counts: its words are those of French, too, in part."""
WORD = re.compile(r"[^\W\d_]+")


def detect_language(text: str) -> str:
    """Give the ISO 639-1 code of the language of a text, or ``und``; of a page, that of its running text rather than its menus."""
    sample = text[:SAMPLE]
    if len(text) > SAMPLE or "\n" in sample:
        running = running_text(text)
        sample = running if len(running) >= SHORTEST_SAMPLE else sample
    other = len(sample) - len(sample.encode("ascii", "ignore"))
    if other < MOSTLY_ASCII * len(sample):
        return latin(sample)
    counts = {script: len(letters.findall(sample)) for script, letters in SCRIPTS}
    script = max(counts, key=lambda name: counts[name])
    if script == "cjk":
        return east_asian(sample, counts[script])
    if counts[script] < FEWEST_LETTERS:
        return "und"
    if script == "cyrillic":
        return cyrillic(sample)
    if script == "ar" and len(NOT_ARABIC.findall(sample)) > len(ARABIC.findall(sample)):
        return "fa" if len(NOT_PERSIAN.findall(sample)) <= SHARE_NEITHER * len(sample) else "und"
    return latin(sample) if script == "latin" else script


def east_asian(sample: str, count: int) -> str:
    """Tell Japanese, which has syllables beside its characters, from Chinese."""
    if count < FEWEST_CHARACTERS:
        return "und"
    return "ja" if len(KANA.findall(sample)) > MOSTLY_ASCII * count else "zh"


def running_text(text: str) -> str:
    """Give the first lines of many words, as far as they are needed; of a line that is a whole page, the parts that run."""
    found: list[str] = []
    total = 0
    searched = text[:SEARCHED]
    cut = may_be_glued(searched)
    for line in searched.split("\n"):
        for part in (line,) if len(line) <= LONGEST_LINE else filter(runs, windows(line)):
            if part.count(" ") >= FEWEST_BLANKS and not (cut and glued(part, 0, len(part))):
                found.append(part)
                total += len(part)
        if total >= SAMPLE:
            break
    return "\n".join(found)[:SAMPLE]


def windows(line: str) -> Iterator[str]:
    """Cut a long line into windows."""
    return (line[at : at + WINDOW] for at in range(0, len(line), WINDOW))


def runs(part: str) -> bool:
    """Tell running text from menus: few of its words begin with a capital."""
    words = part.split()
    return sum(word[0].isupper() for word in words) < MOST_CAPITALS * len(words)


def cyrillic(sample: str) -> str:
    """Tell Ukrainian from Russian by the letters that only one of them has, and other languages from both."""
    ukrainian, russian = len(UKRAINIAN.findall(sample)), len(RUSSIAN.findall(sample))
    if len(NEITHER.findall(sample)) >= max(FEWEST_NEITHER, SHARE_NEITHER * len(sample)):
        return "und"
    if ukrainian > russian or (ukrainian == russian and knows_more(sample, "uk", "ru")):
        return "uk"
    return "und" if len(HARD_SIGN.findall(sample)) > len(ONLY_RUSSIAN.findall(sample)) else "ru"


def knows_more(sample: str, one: str, other: str) -> bool:
    """Tell a language by its function words where its letters do not: "Вона додала, що музей уже закрито"."""
    found = WORD.findall(sample.lower())
    return sum(map(words_of(one).__contains__, found)) > sum(map(words_of(other).__contains__, found))


def first_words(sample: str) -> list[str]:
    """Give the first words, which seldom take more than half of a sample."""
    found: list[str] = WORD.findall(sample, 0, SAMPLE // 2)
    return (found if len(found) > SAMPLE_WORDS else WORD.findall(sample))[:SAMPLE_WORDS]


def latin(sample: str) -> str:
    """Tell a language by its function words, and Azerbaijani by the letter ə; what has too few of any is undetermined."""
    found = first_words(sample.lower())
    if sum(map(len, found)) < FEWEST_LETTERS:
        return "und"
    if sample.count("ə") + sample.count("Ə") > SCHWA * len(sample):
        return "az"
    for code, letters in OWN_LETTERS:
        if len(letters.findall(sample)) >= max(FEWEST_OWN, SHARE_OWN * len(sample)):
            return code
    read = known(script="latin", reads="statements")
    hits: dict[str, float] = {code: sum(map(words_of(code).__contains__, found)) for code in read}
    if hits["en"] < SURELY * len(found):
        hits |= {
            code: CLEARLY * sum(map(words_of(code).__contains__, found))
            for code in known(script="latin")
            if code not in read
        }
    best = max(hits, key=lambda code: hits[code])
    fewest = FEWEST_FUNCTION if best in read else CLEARLY * FEWEST_NAMED
    return best if hits[best] >= max(2, fewest * len(found)) else "und"
