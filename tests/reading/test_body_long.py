"""Where a line that was joined of blocks is cut."""

from functools import reduce
from operator import add

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.reading.article._long import begins_furniture, blocks, sentence_start
from vestige.reading.text._languages import words_of, words_of_all

PHRASES = sorted(phrase for kind in ("section", "button", "closing") for phrase in words_of_all(kind) if " " in phrase)
WORDS = ("The", "roof", "has", "fallen", "in.", "Nobody", "knows,", "why", "at", "Haven", "14", "(again)", "x" * 70)
ENGLISH = words_of("en")


def cuts(line: str) -> list[str]:
    return [line[start:end] for start, end in blocks(line, 0, len(line))]


@pytest.mark.parametrize("phrase", PHRASES)
def test_a_phrase_of_furniture_begins_a_block_where_it_has_a_capital(phrase):
    capital = phrase[0].upper() + phrase[1:]
    assert cuts(f"the roof is open {capital} of the town") == ["the roof is open ", f"{capital} of the town"]
    assert cuts(f"the roof is open {phrase.upper()}") == ["the roof is open ", phrase.upper()]
    assert begins_furniture(capital, 0)
    whole = cuts(f"the roof is open {phrase} of the town")
    assert len(whole) == (1 if phrase[0].isascii() else 2)
    assert len(cuts(f"the roof is open ({capital} of the town")) == 1
    holds_another = any(phrase.startswith(f"{shorter} ") for shorter in PHRASES)
    assert (len(cuts(f"the roof is open {capital}xyz")) == 1) != holds_another


@pytest.mark.parametrize("time", ["12:30", "9:05 pm", "2 hours ago", "3d ago", "10 MINS AGO", "١٢:٣٠"])
def test_a_time_ends_the_head_of_a_block(time):
    assert cuts(f"Anna Martin {time} I was there") == [f"Anna Martin {time}", " I was there"]
    assert len(cuts(f"Anna Martin x{time} I was there")) == 1
    assert not begins_furniture(time, 0)


@pytest.mark.parametrize("verb", ["says", "writes", "wrote"])
def test_who_writes_a_comment_is_a_block(verb):
    assert cuts(f"It is open. reader7 {verb}: I was there") == ["It is open. ", f"reader7 {verb}:", " I was there"]
    assert len(cuts(f"It is open. reader7 {verb}:I was there")) == 1


def test_a_copyright_sign_begins_a_block():
    assert cuts("It is open. © Town News") == ["It is open. ", "© Town News"]


def slow_start(words: list[str]) -> int:
    """Weigh every ending of the words by itself, and take the longest of the heaviest."""

    def weigh(word: str) -> float:
        word = word[:60]
        bare = word.strip("“”\"'‘’«»(),;:.!?")
        comma = 0.3 if word[-1] in ",;" else 0.0
        if bare in ENGLISH:
            return 1.0 + comma
        if bare.islower():
            return 0.25 + comma
        return comma - (1.2 if bare.lower() not in ENGLISH and (bare[:1].isupper() or not bare[:1].isalpha()) else 0.0)

    sums = [reduce(add, map(weigh, reversed(words[at:])), 0.0) for at in range(len(words) + 1)]
    start = sums.index(max(sums))
    least = max(0, start - 4) if start < len(words) else start
    while start > least and words[start - 1][0].isupper():
        start -= 1
    return start


@given(st.lists(st.sampled_from(WORDS)))
def test_a_sentence_begins_where_what_follows_weighs_most(words):
    assert sentence_start(words, ENGLISH) == slow_start(words)
