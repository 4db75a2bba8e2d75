"""Sources that take the record up: links before names, whole words alone."""

import pytest

from vestige.reach import Marks, mention_in

MARKS = Marks(
    addresses=("https://record.example/heritage/",),
    names=("The Sample Record of Culture", "Նմուշային արձանագրություն", "Culture"),
    hashes=frozenset({"ab" * 32}),
)


@pytest.mark.parametrize(
    ("text", "how"),
    [
        ("See https://www.record.example/heritage/en/site/x.html for more", "linked"),
        ("RECORD.EXAMPLE/heritage", "linked"),
        ("checkpoint " + "ab" * 32, "linked"),
        ("as the sample  record of\nculture says", "named"),
        ("ըստ Նմուշային Արձանագրություն կայքի", "named"),
        ("another-record.example/heritageful", None),
        ("culture alone is a common word", None),
        ("the sample record of cultures", None),
        ("cd" * 32, None),
        ("", None),
    ],
)
def test_how_a_text_takes_the_record_up(text, how):
    found = mention_in(text, MARKS)
    assert (found.how if found else None) == how
