"""One file a language: read strictly, named in one list, and nothing else to add."""

from importlib.resources import files

import msgspec
import pytest

from vestige.reading.text._languages import CODES, PHRASES, WORDS, Language, known, language_of, words_of, words_of_all


def test_every_file_stands_in_the_list():
    listed = {path.name for path in files("vestige.reading").joinpath("lexicon", "languages").iterdir()}
    assert listed == {f"{code}.toml" for code in CODES}
    assert len(set(CODES)) == len(CODES)


@pytest.mark.parametrize("code", CODES)
def test_a_language_is_told_by_its_words_and_read_by_its_verbs(code):
    language = language_of(code)
    assert len(words_of(code)) >= 15
    if language.reads == "statements" and code != "en":  # English has lists of its own
        assert len(words_of(code, "speech")) > 20
        assert words_of(code, "that")
        assert language.designations is not None


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": "X", "script": "latin", "reads": "statements", "colour": "red"},
        {"name": "X", "script": "runic", "reads": "named"},
        {"name": "X", "script": "latin", "reads": "named", "words": {"speach": "said"}},
    ],
)
def test_what_nobody_knows_is_refused(wrong):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(wrong, Language)


def test_lists_of_all_languages_are_joined():
    for kind in WORDS:
        assert words_of_all(kind) == frozenset().union(*(words_of(code, kind) for code in CODES))
    assert "à lire aussi" in words_of_all("section")
    assert not any("|" in word or not word.strip() for kind in PHRASES for word in words_of_all(kind))


def test_languages_are_asked_for_by_what_they_can_do():
    assert known(script="cyrillic") == ("ru", "uk")
    assert {"en", "fr", "az"} == set(known(script="latin", reads="statements"))
