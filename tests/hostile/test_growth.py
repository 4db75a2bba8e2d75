"""What meets outside text takes time in proportion to it: twice as much text, at most 2.6 times the work.

The processor's time is measured, on inputs doubled until they are well above the clock's grain, the best of many tries: a busy machine
only adds. Quadratic growth gives 4, linear gives 2.
"""

import ast
import re
import time
from pathlib import Path

import pytest

import vestige
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._names import plain_wikitext
from vestige.publishing.views._pictures import _is_drawing
from vestige.reading._html import flat_text, read_page
from vestige.reading._page_bounds import is_bounded
from vestige.reading.related._copies import containment, fingerprints
from vestige.reading.related._words import terms

KNOWN = {
    "comments before a drawing": (lambda n: _is_drawing(b"<!---->" * n + b"<html>"), 2_000),
    "prolog of blanks": (lambda n: _is_drawing(b" " * n + b"<html>"), 20_000),
    "a tag without an end": (lambda n: flat_text("<html><" + "a" * n), 20_000),
    "many starts of tags": (lambda n: flat_text("<a " * n), 20_000),
    "bounds of a page": (lambda n: is_bounded("<a" * n), 20_000),
    "references without an end": (lambda n: plain_wikitext("<ref>" * n), 5_000),
    "references of attributes": (lambda n: plain_wikitext("<ref " + "a " * n), 5_000),
    "links without an end": (lambda n: plain_wikitext("[[" * n), 5_000),
    "templates without an end": (lambda n: plain_wikitext("{{" * n), 5_000),
    "a country of blanks": (lambda n: country_codes("a" + " " * n + "("), 20_000),
    "a country of brackets": (lambda n: country_codes("(" * n), 5_000),
    "shingles of one word": (lambda n: fingerprints("a " * n), 5_000),
    "shingles of lines": (lambda n: fingerprints("a\n" * n), 5_000),
    "shingles without a blank": (lambda n: fingerprints("日" * n), 5_000),
    "terms of one word": (lambda n: terms("a" * n), 20_000),
    "copies of long texts": (lambda n: containment(prints(n), prints(n)), 5_000),
}


def prints(count):
    return fingerprints(" ".join(map(str, range(count))))


def ratio(work, size):
    """Give by how much the best time grows when the input doubles; the smallest of a few tries, since a busy machine only adds."""

    def best(n):
        times = []
        for _ in range(3):
            start = time.process_time()
            work(n)
            times.append(time.process_time() - start)
        return min(times)

    while best(size) < 0.01 and size < 2_000_000:
        size *= 2
    return min(best(2 * size) / best(size) for _ in range(6))


@pytest.mark.parametrize("name", KNOWN)
def test_twice_the_text_is_not_four_times_the_work(name):
    work, size = KNOWN[name]
    assert ratio(work, size) <= 2.6


@pytest.mark.parametrize(
    "page",
    [
        "<table>" * 5_000,
        "<table><tr><td>" * 5_000,
        "<div>" * 20_000,
        "<b>" * 20_000,
        "<ul><li>" * 5_000,
        "<p>x</p>" + "<a><table>" * 3_000,
    ],
)
def test_a_page_nested_too_deep_is_read_without_a_library(page):
    text = "The museum was closed, the director said on Monday."
    start = time.process_time()
    found = read_page(f"<html><body><p>{text}</p>{page}</body></html>")
    assert time.process_time() - start < 10
    assert text in found.text
    assert found.body_by == "line scores"


def test_ordinary_markup_with_left_out_end_tags_is_no_depth():
    assert is_bounded("<ul>" + "<li>one<p>two" * 10_000 + "</ul>")
    assert is_bounded("<table>" + "<tr><td>x" * 10_000 + "</table>")
    assert not is_bounded("<br>" * 400_001)


PATTERNS = sorted(
    {
        node.args[0].value
        for path in Path(vestige.__file__).parent.rglob("*.py")
        if "re.compile(" in (source := path.read_text("utf-8"))
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "compile"
        and isinstance(node.func.value, ast.Name) and node.func.value.id == "re" and node.args
        and isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }
)  # fmt: skip
SHAPES = [" ", "a", "1", "(", "<", "<a ", "a ", ".", "-", "'", "[", "A", "a.", "1.", "\n", "&", ",", "a-"]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_no_written_expression_explodes(pattern):
    """Each expression of the source, on hostile repetitions: what grows with the cube takes seconds on 1,000 characters, what grows with the square 0.1."""
    compiled = re.compile(pattern)
    for shape in SHAPES:
        for length in (200, 1_000):  # the short one first: what explodes is told, and does not hang
            text = (shape * length)[:length] + "\x00!"
            start = time.process_time()
            compiled.search(text)
            assert time.process_time() - start < 1.0, (shape, length)
