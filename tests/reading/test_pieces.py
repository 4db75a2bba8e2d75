"""A text cut at its spaces: nothing lost, positions right, line ends of any system alike."""

import re

from hypothesis import given
from hypothesis import strategies as st

from vestige.reading import Span, read
from vestige.reading.places._tokens import words
from vestige.reading.text._pieces import cut
from vestige.reading.text._tokens import tokenize

WRITTEN = [
    "“We",
    "said,",
    "Mr.",
    "l'Ukraine",
    "Nagorno-Karabakh's",
    "U.S.",
    "no.",
    "5",
    "3rd",
    "\n",
    "\r\n",
    "\t",
    "",
    "a\xa0b",
    "Şuşa",
    "…",
    "F.B.I.",
    '"',
    "İ",
]
TEXTS = st.lists(st.one_of(st.sampled_from(WRITTEN), st.text(max_size=6))).map(" ".join)
NEWS = """“The church is gone,” the mayor said on Monday.
He added that the museum in Fuzuli was closed.

The ministry denied that shells had hit the bridge.
Officials said the road to Aghdam was open.
"""


@given(TEXTS, st.integers(0, 5))
def test_tokens_and_words_stand_where_they_say(text, first):
    stretches = cut(text, [Span(min(first, len(text)), len(text))])
    tokens, found = tokenize(text, stretches), words(text, stretches)
    assert len(tokens.starts) == len(tokens.sizes) == len(tokens.lows) == len(tokens.tags)
    ends = list(map(tokens.end, range(len(tokens.starts))))
    assert all(a <= b for a, b in zip(tokens.starts, ends, strict=True))
    assert all(a <= b for a, b in zip(ends, tokens.starts[1:], strict=False))
    assert [text[start : found.end(at)] for at, start in enumerate(found.starts)] == found.forms


@given(TEXTS)
def test_every_letter_and_digit_is_in_a_token(text):
    tokens = tokenize(text, cut(text, [Span(0, len(text))]))
    covered = "".join(text[start : tokens.end(at)] for at, start in enumerate(tokens.starts))
    assert re.findall(r"\w", covered) == re.findall(r"\w", text)


def read_lines(ending):
    text = NEWS.replace("\n", ending)
    reading = read(text)
    contents = [[text[a:b] for a, b in one.content] for one in reading.statements]
    return contents, [text[place.span.start : place.span.end] for place in reading.places]


def test_lines_end_alike_whatever_system_wrote_them():
    contents, _ = read_lines("\n")
    assert len(contents) == 4
    assert read_lines("\n") == read_lines("\r\n") == read_lines(" \n")
