"""A kind answers for itself: nothing that another room asks of a body can be left out."""

import pytest

from vestige.entries import KINDS, Body, decode_body, exposed_by, files_of, links_of, words_of
from vestige.entries.kinds._governing import Governing

ANSWERS = sorted(name for name, value in vars(Body).items() if getattr(value, "__isabstractmethod__", False))


def test_every_kind_is_asked_the_same():
    assert ANSWERS == ["exposes", "held", "links", "named", "words"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_leaves_no_answer_out(kind):
    assert vars(KINDS[kind])["KIND"] == kind
    answered = vars(KINDS[kind]).keys() | (vars(Governing).keys() if issubclass(KINDS[kind], Governing) else set())
    assert [answer for answer in ANSWERS if answer not in answered] == []


def test_only_what_governs_a_record_says_nothing_of_itself():
    assert {kind for kind, body in KINDS.items() if issubclass(body, Governing)} == {"policy", "withdrawal", "opening"}


def test_answers_come_once_and_without_gaps():
    statement = decode_body(
        "statement",
        b'{"source":"source:aaaaaaaaaaaaaaaa","content":"It fell.","manner":"direct","speaker":{"name":"A","actor":"actor:aaaaaaaaaaaaaaaa"},'
        b'"reported_via":[{"role":"B","actor":"actor:aaaaaaaaaaaaaaaa"}],"status":"confirmed","sites":["site:aaaaaaaaaaaaaaaa"]}',
    )
    assert links_of(statement) == ["source:aaaaaaaaaaaaaaaa", "site:aaaaaaaaaaaaaaaa", "actor:aaaaaaaaaaaaaaaa"]
    assert words_of(statement).split(" \n") == ["It fell.", "A", "B"]
    assert files_of(statement) == exposed_by(statement) == []
