import gzip
import json
import random
import re
import tarfile
from collections import Counter
from xml.etree import ElementTree as ET

import lxml.html
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import squareform

from vestige.reading.related._news import NewsIndex, link
from vestige.reading.related._postings import Postings
from vestige.reading.related._stories import average_linkage

ARTICLE = (
    "The museum of the town was hit on Tuesday night, its director said, and most of the collection had been moved in March. "
    "Two rooms of the east wing have lost their ceilings. The building of 1902 stands on the list of monuments of the region, "
    "and a first visit by the commission is planned for next week, when the road is open again and the power has come back."
)
OTHER = (
    "A festival of choirs opened in the capital with singers from nine countries, who will give forty concerts in churches and "
    "schools until the end of the month. Tickets for the last evening were gone within an hour, and the organisers now look for "
    "a larger hall, since the weather does not allow them to move the stage into the park as they did in the years before."
)
MENU = "Home\nNews\nCulture\nSport\nLog in\nSubscribe\nShare\nTweet\nRelated News\nAbout us"


@pytest.fixture(scope="module")
def pages(shared_data):
    """Bodies of articles and the text of the whole pages that they stand in, one line a text node."""
    folder = shared_data / "news/pages"
    bodies, dumps = [], []
    for name, truth in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        path = folder / "html" / f"{name}.html.gz"
        if path.exists():
            raw = gzip.decompress(path.read_bytes())
            charset = re.search(rb"charset=[\"']?([\w-]+)", raw)
            try:
                text = raw.decode()
            except UnicodeDecodeError:
                text = raw.decode(charset.group(1).decode() if charset else "latin-1", "replace")
            root = lxml.html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*\?>", "", text))
            for element in root.xpath("//script|//style|//noscript|//head"):
                element.drop_tree()
            bodies.append(truth["articleBody"])
            dumps.append("\n".join(node.strip() for node in root.itertext() if node.strip()))
    return bodies, dumps


def copies(texts):
    return {(found.a, found.b) for found in link(texts) if found.kind == "copy"}


def test_a_bare_text_is_found_inside_a_page():
    assert copies([ARTICLE, f"{MENU}\n{ARTICLE}\n{MENU}", OTHER]) == {(0, 1)}


def test_an_edited_text_is_a_copy_and_a_page_of_the_same_site_is_none():
    edited = ARTICLE.replace("Tuesday night", "Tuesday evening").replace("Two rooms", "Three rooms")
    assert copies([ARTICLE, edited, f"{MENU}\n{OTHER}\n{MENU}", f"{MENU}\n{ARTICLE}\n{MENU}"]) == {
        (0, 1),
        (0, 3),
        (1, 3),
    }


def test_texts_without_words_are_related_to_nothing():
    assert link([]) == []
    assert link(["", "", "...", "a"]) == []


def test_short_texts_are_copies_only_when_they_are_the_same():
    assert copies(["The museum was hit.", "The museum was hit.", "The museum was hit again."]) == {(0, 1)}


def test_every_bare_article_is_found_in_its_page_and_in_no_other(pages):
    bodies, dumps = pages
    count = len(bodies)
    found = copies(bodies + dumps)
    across = {(a, b) for a, b in found if a < count <= b}
    assert across == {(i, i + count) for i in range(count)}
    assert len({(a, b) for a, b in found if b < count}) == 0


def test_light_edits_do_not_hide_a_copy(pages):
    bodies, dumps = pages
    rng = random.Random(3)

    def edit(text):
        return " ".join(word if rng.random() > 0.03 else word + "x" for word in text.split(" ") if rng.random() > 0.01)

    count = len(bodies)
    found = {(a, b) for a, b in copies([edit(body) for body in bodies] + dumps) if a < count <= b}
    expected = {(i, i + count) for i in range(count)}
    assert found <= expected
    assert len(found) >= 0.98 * count


def events(shared_data, *, above):
    found = []
    with tarfile.open(shared_data / "news/related/ecbplus.tar.xz") as archive:
        for member in archive:  # in its own order: an xz archive cannot be read back and forth
            folder, _, name = member.name.rpartition("/")
            if name.endswith(".xml") and (int(folder.rpartition("/")[2]) > 20) == above:
                tokens = [t.text or "" for t in ET.parse(archive.extractfile(member)).getroot().iter("token")]
                plus = "plus" * name.endswith("ecbplus.xml")
                found.append((member.name, folder + plus, re.sub(r" ([.,;:?!'’])", r"\1", " ".join(tokens))))
    return [(label, text) for _, label, text in sorted(found)]


def f1(pairs, labels):
    gold = sum(n * (n - 1) // 2 for n in Counter(labels).values())
    hit = sum(labels[a] == labels[b] for a, b in pairs)
    return 2 * hit / (len(pairs) + gold)


def test_same_story_on_events_that_nothing_was_tuned_on(shared_data):
    labels, texts = zip(*events(shared_data, above=True), strict=True)
    assert f1({(found.a, found.b) for found in link(texts)}, labels) >= 0.87
    index = NewsIndex()
    for text in texts[:300]:
        index.add(text)
    assert (
        f1({(a, b) for story in index.stories for i, a in enumerate(story) for b in story[i + 1 :]}, labels[:300])
        >= 0.8
    )


def test_an_index_gives_the_copies_that_a_batch_gives(pages):
    texts = [text for pair in zip(*pages, strict=True) for text in pair][:80]
    index = NewsIndex()
    one_by_one = {(found.a, found.b) for text in texts for found in index.add(text) if found.kind == "copy"}
    assert one_by_one == copies(texts)
    assert len(index) == 80


@given(
    st.lists(st.lists(st.integers(0, 40), unique=True, max_size=30), max_size=60),
    st.lists(st.integers(0, 45), unique=True),
)
def test_postings_hold_what_was_entered(documents, wanted):
    postings, oracle = Postings(), {}
    for number, keys in enumerate(documents):
        postings.add(np.array(keys, np.uint64), number, np.full(len(keys), number % 2 == 0))
        for key in keys:
            oracle.setdefault(key, set()).add(number)
    keys = np.array(wanted, np.uint64)
    at, found, payload = postings.find(keys)
    got = {}
    for key, document in zip(keys[at].tolist(), found.tolist(), strict=True):
        got.setdefault(key, set()).add(document)
    assert got == {key: oracle[key] for key in wanted if key in oracle}
    rare = {key for key in wanted if 0 < len(oracle.get(key, ())) <= 3}
    assert {wanted[place] for place in postings.find(keys, most=3)[0]} == rare
    assert payload.tolist() == [document % 2 == 0 for document in found.tolist()]
    assert len(postings) == sum(map(len, documents))


@settings(max_examples=40)
@given(st.integers(2, 25), st.integers(0, 10_000))
def test_average_linkage_joins_as_scipy_does(count, seed):
    similarity = np.random.default_rng(seed).random((count, count))
    similarity = (similarity + similarity.T) / 2
    np.fill_diagonal(similarity, 1.0)
    tree = linkage(squareform(1 - similarity, checks=False), "average")
    expected = fcluster(tree, 1 - 0.55, "distance")
    edges = [(a, b, similarity[a, b]) for a in range(count) for b in range(a + 1, count)]
    groups = average_linkage(count, edges, 0.55, singles=True)
    ours = {tuple(sorted(group)) for group in groups}
    assert ours == {tuple(np.flatnonzero(expected == label).tolist()) for label in set(expected.tolist())}


@given(st.lists(st.text(max_size=80), max_size=6))
def test_any_texts_give_pairs_in_order(texts):
    for found in link(texts):
        assert 0 <= found.a < found.b < len(texts)
        assert 0.0 <= found.score <= 1.0
