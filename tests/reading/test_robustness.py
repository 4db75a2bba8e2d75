"""`read` survives any text, and its time grows with the text's length, not with its square."""

import string
from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.variants import LONG

from vestige.reading import Reading, Span, Statement, read
from vestige.reading._errors import ReadingError
from vestige.reading._read import read_body
from vestige.reading.text._languages import WORDS, known, words_of
from vestige.reading.text._lexicon import cues, load

PIECES = st.sampled_from(
    [
        "said", " said ", "“", "”", '"', "'", "''", "«", "»", ",", ". ", "\n", "\n\n", ":", " - ", "according to", "Mr.", "U.S.", "he", "She",
        "the minister", "Anna Berg", "that", "who", "to", "and", "told reporters", "called on", "(", ")", "…", "—", "\xa0", "\u2028", "é", "中文",
        "сказал", "«", "gesagt", "1,000", "$5", "of", "for", "It’s", "\ud800", "\0", "É", "a" * 50,
    ]
)  # fmt: skip


MARKS = (
    ",",
    ".",
    "—",
    "«",
    "»",
    "“",
    "”",
    ":",
    "(",
    ")",
    "։",
    "՝",
    "،",
    "\n",
    "МИД",
    "Анна Берг",
    "Anna Berg",
    "l'Unesco",
    "محمد علي",
    "1",
)
FRAMES = (
    "The man declined to {} the wall.", "The man asked to be {} in the town.", "The man told {} that the wall fell.", "The man said {} the wall fell.",
    "The agency quoted {} as saying the wall fell.", "The agency, citing {}, said the wall fell.", "The man was {} as saying the wall fell.",
    "“The wall fell,” said {} Berg in a letter.", "{} Tom Hill of Porto said the wall fell.", "The wall fell, the {} said on May 3.", "The man who {} said it fell.",
    "According to the {}, a {} of the town, the wall fell.", "Porto {} Tom Hill's {} called it a {}.", "“The wall fell,” {} the man.",
)  # fmt: skip


def check(text: str, reading: Reading) -> None:
    """Every offset of a reading lies in its text, in order, and says what it should."""
    for first, last in reading.body:
        assert 0 <= first < last <= len(text)
    for statement in reading.statements:
        assert statement.content
        assert statement.content == tuple(sorted(statement.content))
        for span in filter(None, (*statement.content, statement.speaker, statement.cue)):
            assert 0 <= span.start < span.end <= len(text)
        assert all(0 <= index < len(reading.places) for index in statement.about)
    for possible in reading.possible:
        assert possible.sentence.start <= possible.cue.start < possible.cue.end <= possible.sentence.end


@settings(max_examples=300)
@given(st.lists(PIECES, max_size=60).map(" ".join))
def test_words_in_any_order(text):
    check(text, read(text))


@settings(max_examples=150)
@given(st.lists(PIECES, max_size=60).map("".join))
def test_words_without_space(text):
    check(text, read(text))


@settings(max_examples=150)
@given(st.text(max_size=300))
def test_any_characters(text):
    check(text, read(text))


@pytest.mark.parametrize("frame", FRAMES)
def test_every_listed_word_in_every_place(frame):
    listed = {word for kind in load("words_en.toml").values() for word in kind.split()} | set(cues().forms)
    some = sorted(listed) if LONG else sorted(listed)[FRAMES.index(frame) % 3 :: 3]  # each frame another third
    text = "\n\n".join(frame.replace("{}", form) for word in some for form in (word, word.title()))
    check(text, read(text))


LISTED = {
    language: sorted({word for kind in WORDS for word in words_of(language, kind)} | set(MARKS))
    for language in known(reads="statements")
    if language != "en"
}


@settings(max_examples=300)
@given(
    st.sampled_from(sorted(LISTED)).flatmap(
        lambda language: st.tuples(
            st.just(language), st.lists(st.sampled_from(LISTED[language]), min_size=1, max_size=40)
        )
    )
)
@example(("ru", ["\n"]))
def test_listed_words_of_the_other_languages_in_any_order(drawn):
    language, words = drawn
    text = " ".join(words).replace(" ,", ",")
    check(text, read_body(text, (Span(0, len(text)),), language=language))


@given(st.lists(PIECES, max_size=30).map(" ".join))
def test_the_same_text_gives_the_same_reading(text):
    assert read(text) == read(text)


SENTENCE = "“The roof is gone,” said Anna Berg, director of the museum. She said that the walls stood and that nobody was hurt. "
SHAPES = {
    "sentences": SENTENCE,
    "one sentence without an end": "said Anna Berg that the minister told reporters and ",
    "quotation marks": "“a” ",
    "opening marks only": "“said ",
    "straight marks": '"said" ',
    "apostrophes": "'said ",
    "commas": "said, ",
    "capitals": "Anna Berg Minister ",
    "pronouns": "he said she said ",
    "brackets": "((said (",
    "abbreviations": "Mr. A. U.S. ",
    "colons": "said: : ",
    "dots": "...... said ",
    "digits": "1,1,1,1. ",
    "one letter": "a",
    "lines": "Share\nsaid the minister.\n",
    "according": "according to X, according to ",
    "hyphens": "a-b-c-",
}  # fmt: skip


LINEAR, SQUARE = 8, 64
"""So many times as long do eight times the text take."""
TRIES = 9


def taken(text: str) -> float:
    """Processor seconds of one reading."""
    start = process_time()
    read(text)
    return process_time() - start


@pytest.mark.parametrize("shape", SHAPES)
def test_eight_times_the_text_does_not_take_the_square_of_the_time(shape):
    """A busy machine may slow any one reading down, so the two are read in turns, and only a ratio that stays high fails."""
    unit = SHAPES[shape]
    short = unit * (12_000 // len(unit))
    check(short, read(short))
    between = (LINEAR * SQUARE) ** 0.5
    ratios = []
    while len(ratios) < TRIES and min(ratios, default=SQUARE) > between:
        ratios.append(taken(short * 8) / max(taken(short), 1e-4))
    assert min(ratios) < between, f"eight times the text took {ratios} times as long; a square would be {SQUARE}"


@pytest.mark.parametrize("unit", [SENTENCE, "said ", string.ascii_letters, "“a said b” "])
def test_half_a_megabyte_on_one_line(unit):
    text = unit * (500_000 // len(unit))
    check(text, read(text))


def test_ten_thousand_quotations():
    text = "Anna Berg said: " + "“It is gone.” " * 10_000
    check(text, read(text))
    paragraphs = "“It is gone for good,” said Anna Berg.\n\n" * 10_000
    assert len(read(paragraphs).statements) == 10_000


class StandIn:
    """A reader that proposes what it was given."""

    name, version = "stand-in", "2"

    def __init__(self, *statements):
        self.statements = statements

    def propose(self, text, body, language):
        assert language == "en"
        assert body
        yield from self.statements


def test_another_reader_is_asked_and_its_proposals_bear_its_name():
    text = "The roof of the library is gone, and the minister said that it will be built again."
    statement = Statement(content=((0, 31),), manner="indirect", reader="somebody else")
    rules, other = read(text, readers=[StandIn(statement)]).statements
    assert (rules.reader, other.reader, other.content) == ("vestige rules 1", "stand-in 2", (Span(0, 31),))


@pytest.mark.parametrize("content", [(), ((0, 10_000),), ((5, 5),), ((-1, 3),)])
def test_a_reader_that_points_outside_the_text_is_refused(content):
    with pytest.raises(ReadingError, match="expected spans inside a text"):
        read(
            "The minister said that the roof of the library is gone.",
            readers=[StandIn(Statement(content=content, manner="direct"))],
        )
