"""Canonical JSON against the reference implementation of RFC 8785."""

import math

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import InvalidBodyError, canonical_json

text = st.text(st.characters(exclude_categories=["Cs"]))
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | text
)
values = st.recursive(scalars, lambda inner: st.lists(inner) | st.dictionaries(text, inner), max_leaves=20)


@given(values)
def test_the_bytes_are_those_of_the_reference_implementation(value):
    assert canonical_json(value) == rfc8785.dumps(value)


@given(st.floats(allow_nan=False, allow_infinity=False), text)
def test_numbers_beside_text_that_looks_like_numbers(number, string):
    value = {"a": [number, string, number], "b": string}
    assert canonical_json(value) == rfc8785.dumps(value)


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf, 2**53, "\ud800"])
def test_what_cannot_be_expressed_is_refused(value):
    with pytest.raises(InvalidBodyError):
        canonical_json({"a": value})
