"""Edges that only a closer look shows: where a single quotation mark may open, and how far an Arabic office reaches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.reading._unread import _joined, _overlaps
from vestige.reading.speakers._arabic import end_of_office
from vestige.reading.text._pieces import Span, cut
from vestige.reading.text._quotes import find_quotes
from vestige.reading.text._tokens import tokenize


def tokens(text):
    return tokenize(text, cut(text, [Span(0, len(text))]))


@pytest.mark.parametrize("before", ["", "He wrote: ", "He wrote (", "He wrote—", "He wrote–"])
def test_a_single_mark_opens_at_the_beginning_after_a_blank_a_dash_or_a_bracket(before):
    found = tokens(f"{before}‘we will rebuild it now.’ Nobody asked.")
    assert [found.slice(quote.first, quote.last) for quote in find_quotes(found)] == ["‘we will rebuild it now.’"]


@pytest.mark.parametrize("before", ["He wrote", "He wrote.", "He wrote)", "He wrote/"])
def test_a_single_mark_opens_nothing_within_a_word_or_after_another_mark(before):
    assert find_quotes(tokens(f"{before}‘we will rebuild it now.’ Nobody asked.")) == []


@pytest.mark.parametrize(
    ("said", "reach"),
    [
        ("بلدية بيروت سامي حداد", 2),  # of the municipality of Beirut: Sami Haddad
        ("بلدية بيروت سامي", 2),
        ("بلدية بيروت", 1),  # "Beirut" is all that could be a name
        ("وزارة الثقافة سامي حداد", 2),  # the article belongs to the office
        ("وزارة الثقافة", 2),
        ("الثقافة في بيروت سامي حداد", 3),
        ("سامي حداد", 0),
    ],
)
def test_an_office_reaches_to_the_name_and_never_takes_the_last_word(said, reach):
    found = tokens(said)
    assert end_of_office(found, 0, len(found.lows) - 1) == reach


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6))), st.tuples(st.integers(0, 30), st.integers(1, 6)))
def test_a_span_overlaps_joined_spans_when_it_overlaps_one_of_them(lengths, asked):
    spans = [Span(start, start + length) for start, length in lengths]
    span = Span(asked[0], sum(asked))
    expected = any(first < span.end and span.start < last for first, last in spans)
    assert _overlaps(span, _joined(spans)) == expected
