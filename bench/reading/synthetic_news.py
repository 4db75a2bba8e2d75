"""News for measuring what a large collection costs: any number of articles, recombined from real ones.

FOLDER is laid out as `bench_related.py` says. Real articles are cut into fragments of two to five words. A story takes one of them as its
model and half as many fragments of another; every capitalised word of these is given another name, half of the names drawn from all articles, half coined from
the halves of two names, so that the vocabulary keeps growing as it does in news. An article of the story is as long as a real one and
draws its fragments from the story's. Half of the articles begin a story, the others go on with one of the last few hundred; so some
stories are told fifty times. One article in ten is instead a copy of one of the last five thousand: 3 % of its words changed, 1 % left out, and half of
the copies set between the menus of a page. Stories made from one model share all plain words and no names: hard negatives.
"""

import json
import random
import re
import tarfile
from collections import deque
from pathlib import Path
from xml.etree import ElementTree as ET

RECENT = 300  # articles in whose stories a new one may go on
COPIED = 5000  # articles of which a new one may be a copy
SHORTEST, UNBROKEN = (
    150,
    40,
)  # words of a text, and letters of a word: fragments of a script without blanks would be sentences
MENU = "Home\nNews\nWorld\nCulture\nSport\nLog in\nSubscribe\nShare\nTweet\nPrint"


def ecb(folder):
    """Give (name, event, text) of the articles of ECB+, by name."""
    found = []
    with tarfile.open(Path(folder) / "related/ecbplus.tar.xz") as archive:
        for member in archive:
            topic, _, name = member.name.rpartition("/")
            if name.endswith(".xml"):
                tokens = [t.text or "" for t in ET.parse(archive.extractfile(member)).getroot().iter("token")]
                event = topic.rpartition("/")[2] + "plus" * name.endswith("ecbplus.xml")
                found.append((member.name, event, re.sub(r" ([.,;:?!'’])", r"\1", " ".join(tokens))))
    return sorted(found)


def real_texts(folder):
    """Give the texts of all four collections that are there."""
    folder = Path(folder)
    yield from (text for _, _, text in ecb(folder))
    for path in sorted((folder / "places").glob("*.xml")):
        yield from (article.findtext("text") or "" for article in ET.parse(path).getroot())
    for path in sorted((folder / "statements/text").glob("*.txt")):
        yield path.read_text(encoding="utf8")
    truth = json.loads((folder / "pages/ground-truth.json").read_text(encoding="utf8"))
    yield from (row["articleBody"] for row in truth.values())


class Newsroom:
    """Writes one article after another."""

    def __init__(self, folder, seed=1):
        self.rng = random.Random(seed)
        self.models, self.lengths, self.names = [], [], []
        for text in real_texts(folder):
            words = text.split()
            if len(words) > SHORTEST and max(map(len, words)) < UNBROKEN:
                self.models.append(self.fragments(words))
                self.lengths.append(min(len(words), 800))
                self.names += [word.strip(".,;:\"'“”’()") for word in words if word[:1].isupper() and len(word) > 3]
        self.written = 0
        self.stories = 0
        self.recent = deque(maxlen=RECENT)
        self.copied = deque(maxlen=COPIED)

    def fragments(self, words):
        """Cut words into fragments of two to five."""
        found, at = [], 0
        while at < len(words):
            length = self.rng.randint(2, 5)
            found.append(words[at : at + length])
            at += length
        return found

    def begin(self):
        """Make the fragments of a new story."""
        model, other = self.rng.choices(self.models, k=2)
        pool = model + self.rng.sample(other, min(len(other), len(model) // 2 + 1))
        given = {}
        self.stories += 1
        return self.stories, [" ".join(self.renamed(word, given) for word in fragment) for fragment in pool]

    def renamed(self, word, given):
        """Give a name its other name in this story, and any other word as it is."""
        if not word[:1].isupper() or len(word) < 4:
            return word
        if word not in given:
            name, second = self.rng.choices(self.names, k=2)
            coined = self.rng.random() < 0.5
            given[word] = name[: len(name) // 2 + 1] + second[len(second) // 2 :].lower() if coined else name
        return given[word]

    def edited(self, text):
        """Give a copy as another paper may print it."""
        kept = " ".join(
            word if self.rng.random() > 0.03 else self.rng.choice(self.names).lower()
            for word in text.split(" ")
            if self.rng.random() > 0.01
        )
        return f"{MENU}\n{kept}\n{MENU}" if self.rng.random() < 0.5 else kept

    def write(self):
        """Give the next article, the number of its story, and that of the article that it is a copy of, or its own."""
        number = self.written
        self.written += 1
        if self.copied and self.rng.random() < 0.1:
            story, original, text = self.rng.choice(self.copied)
            return self.edited(text), story, original
        story, pool = self.rng.choice(self.recent) if self.recent and self.rng.random() < 0.5 else self.begin()
        length, words, text = min(self.rng.choice(self.lengths), 3 * len(pool)), 0, []
        while words < length:
            text.append(self.rng.choice(pool))
            words += text[-1].count(" ") + 1
        self.recent.append((story, pool))
        self.copied.append((story, number, " ".join(text)))
        return self.copied[-1][2], story, number
