"""How many documents a second are read, all in, on one core: python bench/reading/speed.py FOLDER.

FOLDER holds plain texts (*.txt, read as UTF-8), such as the PolNeAR texts. *Cold* is one pass of a fresh process: word lists and gazetteer
are loaded on the way. *Warm* is the best of three more passes. All are processor time, so that other work on the machine counts for
little. Then the stages of `read`, run one after another, each with its milliseconds a document and its share of their sum.
"""

import sys
from pathlib import Path
from time import process_time

from vestige.reading import read
from vestige.reading._assemble import possible, statements
from vestige.reading.article._body import find_body
from vestige.reading.english import _rules as _english
from vestige.reading.grammar._page import Page
from vestige.reading.places._places import places_among
from vestige.reading.text._language import detect_language
from vestige.reading.text._pieces import cut
from vestige.reading.text._tokens import tokenize

IMPORTED = process_time()
"""Seconds since the process began."""
PASSES = 3


def timed(work):
    start = process_time()
    done = work()
    return done, process_time() - start


def english(tokens):
    page = Page(tokens)
    _english.find_statements(page)
    return page


def stages(texts):
    """Run the stages of ``read`` once over all texts; give the seconds of each."""
    seconds = {}
    languages, seconds["language"] = timed(lambda: [detect_language(text) for text in texts])
    bodies, seconds["body"] = timed(lambda: list(map(find_body, texts, languages)))
    pieces, seconds["pieces"] = timed(lambda: list(map(cut, texts, bodies)))
    places, seconds["places"] = timed(
        lambda: [places_among(*each) for each in zip(texts, pieces, languages, strict=True)]
    )
    tokens, seconds["tokens"] = timed(lambda: list(map(tokenize, texts, pieces)))
    pages, seconds["statements"] = timed(lambda: list(map(english, tokens)))
    _, seconds["speakers and the rest"] = timed(
        lambda: [
            (statements(page, found, english=True), possible(page)) for page, found in zip(pages, places, strict=True)
        ]
    )
    return seconds


def main(folder):
    texts = [path.open(encoding="utf8", newline="").read() for path in sorted(Path(folder).rglob("*.txt"))]
    if not texts:
        sys.exit(f"{folder}: a folder with *.txt files was expected")
    letters = sum(map(len, texts))
    _, cold = timed(lambda: [read(text) for text in texts])
    warm = min(timed(lambda: [read(text) for text in texts])[1] for _ in range(PASSES))
    print(f"{len(texts)} texts of {letters // len(texts)} letters on average, one core, processor time")
    print(f"start and import          {IMPORTED:6.2f} s")
    print(f"cold, first pass          {len(texts) / cold:6.0f} documents a second")
    print(f"warm, best of {PASSES} passes    {len(texts) / warm:6.0f} documents a second")
    every = [stages(texts) for _ in range(PASSES)]
    best = {name: min(seconds[name] for seconds in every) for name in every[0]}
    for name, seconds in best.items():
        print(f"  {name:24}{1000 * seconds / len(texts):6.2f} ms  {seconds / sum(best.values()):4.0%}")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    if len(sys.argv) < 2:
        sys.exit(__doc__.partition("\n")[0])
    main(sys.argv[1])
