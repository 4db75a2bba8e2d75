"""The whole of `read`: contract, purity, robustness."""

from hashlib import sha256

from vestige.reading import read


def test_a_reading_names_its_text_by_hash():
    assert read("Peace.").text_sha256 == sha256(b"Peace.").hexdigest()


def test_an_empty_text_gives_an_empty_reading():
    reading = read("")
    assert (reading.body, reading.statements, reading.places) == ((), (), ())
