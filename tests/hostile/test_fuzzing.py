"""Whatever bytes come in, each parser of the table gives an answer or one of our own errors, and no other."""

import random
import sys
import tempfile
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.variants import LONG

sys.path.insert(0, str(Path(__file__).parent))
from breaking import AFRAID, broken
from parsers import PARSERS

from vestige.errors import VestigeError

NOISE = st.one_of(
    st.binary(max_size=300),
    st.sampled_from(AFRAID),
    st.text(max_size=100).map(lambda text: text.encode("utf-8", "replace")),
)


def ends_in_our_own_words(name, data):
    """Read bytes; raises what is none of ours. What libraries warn of is not told to anybody."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        said = "an answer"
        try:
            PARSERS[name].read(data, Path(folder))
        except VestigeError as error:
            said = str(error)
    assert said.strip()
    assert len(said) < 7_000


@pytest.mark.parametrize("name", PARSERS)
def test_whole_inputs_are_read_or_refused_in_our_own_words(name):
    for seed in PARSERS[name].seeds:
        ends_in_our_own_words(name, seed)


@pytest.mark.parametrize("name", PARSERS)
def test_broken_inputs_are_read_or_refused_in_our_own_words(name):
    seeds, tries = PARSERS[name].seeds, PARSERS[name].tries

    @settings(deadline=None, max_examples=tries * (100 if LONG else 1))
    @given(chance=st.integers(0, 2**48), noise=st.none() | NOISE)
    def ends(chance, noise):
        luck = random.Random(chance)
        ends_in_our_own_words(name, broken(luck.choice(seeds), luck) if noise is None else noise)

    ends()
