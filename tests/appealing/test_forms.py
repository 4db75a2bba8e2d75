"""Forms hold to their marks and sources: what is not known is not shipped as known."""

import datetime as dt
import re

import pytest

from vestige.appealing._errors import FormError
from vestige.appealing.sentences import LANGUAGES, words
from vestige.procedures.forms import form, form_bytes, form_ids, is_stale, read_form


@pytest.mark.parametrize("form_id", form_ids())
def test_a_form_loads_and_every_fact_has_mark_and_source(form_id):
    found = form(form_id)
    assert found.id == form_id
    assert {mark for _, mark, _ in found.facts()} <= {"A", "B", "own"}
    assert all(source in found.sources for _, mark, source in found.facts() if mark != "own")
    assert not is_stale(found, dt.date(2026, 12, 1))
    assert is_stale(found, dt.date(2027, 12, 2))
    assert all(one.heading is None or one.heading in words(tag).heading for one in found.field for tag in LANGUAGES)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace('publish = "free"', 'publish = "free"\nwho_knows = 1'), "who_knows"),
        (lambda text: text.replace('mark = "A"\nsource = "letter2020"', 'source = "letter2020"', 1), "mark"),
        (lambda text: text.replace('mark = "A"', 'mark = "C"', 1), "'C'"),
        (lambda text: text.replace('source = "office"', 'source = "nowhere"'), "nowhere"),
        (lambda text: text.replace('kind = "facts"', 'kind = "text"', 1), "places"),
        (lambda text: text + '\n[[clock]]\nafter = "sent"\nwhat = "reply"\nlength = 60\nunit = "days"\nsays = "x"\nmark = "B"\n', "source"),
        (lambda text: text + '\n[[field]]\nkey = "x"\nkind = "text"\nlabel = "X"\n', "mark"),
        (lambda _: "\x00", "TOML"),
    ],
)  # fmt: skip
def test_a_form_that_is_not_sound_is_refused_in_one_line(change, complaint):
    text = form_bytes("unesco-dg").decode()
    assert change(text) != text
    with pytest.raises(FormError, match=re.escape(complaint)) as caught:
        read_form(change(text).encode(), where="x.toml")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_language_has_every_sentence_with_the_same_holes(tag):
    english, other = words("en"), words(tag)
    for group in ("fact", "mark", "print", "annex", "update", "heading"):
        mine, theirs = getattr(english, group), getattr(other, group)
        assert list(mine) == list(theirs)
        for key in mine:
            assert set(re.findall(r"{\w*}", mine[key])) == set(re.findall(r"{\w*}", theirs[key])), (tag, key)
    assert len(other.charged.words) > 10
