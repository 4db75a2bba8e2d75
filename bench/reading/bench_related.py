"""What a growing collection of news costs, and what it finds: python bench/reading/bench_related.py FOLDER [SIZE].

FOLDER holds related/ecbplus.tar.xz (https://github.com/cltl/ecbPlus, CC BY 3.0), places/lgl.xml and TR-News.xml
(https://github.com/milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation), statements/text/*.txt (PolNeAR) and pages/ (article-extraction-benchmark),
as the other measurements of this folder take them. SIZE articles, 100,000 if none is given, are recombined from their texts (`synthetic_news.py` says how)
and entered one by one in a `NewsIndex`.

Growth: processor time of an addition, over the last 200 before each size; copies are pairs of articles made from one; a false pair has another origin.
"Similar" is the share found of all earlier articles whose cosine with one of the last 50 is at least 0.3, by a pass over all.
Events: F1 of pairs on ECB+ topics 21-45, by `link` and through `NewsIndex`. Pages: articles looked for in the text of 181 pages.
"""

import resource
import sys
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path
from statistics import mean, median
from time import process_time

import numpy as np
from bench_body import dumps, load
from synthetic_news import Newsroom, ecb

from vestige.reading import NewsIndex, link
from vestige.reading.related._stories import idf

SHOWN = (1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000)
LAST, COMPARED, SIMILAR = 200, 50, 0.3


def megabytes():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def grow(folder, size):
    """Enter articles and print a line at each of the sizes shown."""
    room, index = Newsroom(folder), NewsIndex()
    originals, made_from, seconds = [], defaultdict(int), []
    found = false = expected = 0
    before = megabytes()
    print(
        "articles   ms an addition: median   mean  highest of 200   mean of all   memory MB   copies: recall, false pairs"
    )
    for number in range(1, size + 1):
        text, _, original = room.write()
        start = process_time()
        links = index.add(text)
        seconds.append(process_time() - start)
        copies = [one.a for one in links if one.kind == "copy"]
        right = sum(originals[a] == original for a in copies)
        found, false, expected = found + right, false + len(copies) - right, expected + made_from[original]
        made_from[original] += 1
        originals.append(original)
        if number in SHOWN or number == size:
            last = [1000 * one for one in seconds[-LAST:]]
            print(f"{number:8,} {median(last):24.1f} {mean(last):6.1f} {max(last):15.1f} {1000 * mean(seconds):13.1f} "
                  f"{megabytes() - before:11.0f} {found / max(1, expected):15.4f} {false:9}", flush=True)  # fmt: skip
    return index


def similar_found(index):
    """Give the share found of the pairs that a pass over all texts finds for the last ones, and how many there are."""
    similar, found, there = index._similar, 0, 0
    count = len(index)
    columns = np.concatenate([numbers for numbers, _ in similar._texts])
    weights = np.concatenate([weight for _, weight in similar._texts]).astype(np.float64)
    starts = np.cumsum([0, *(len(numbers) for numbers, _ in similar._texts)])[:-1]
    frequency = np.bincount(columns)
    weights *= idf(frequency, count)[columns]
    norms = np.sqrt(np.add.reduceat(weights**2, starts))
    for text in range(max(1, count - COMPARED), count):
        vector = np.zeros(len(frequency))
        bounds = slice(starts[text], starts[text] + len(similar._texts[text][0]))
        vector[columns[bounds]] = weights[bounds]
        cosines = np.add.reduceat(vector[columns] * weights, starts)[:text] / norms[:text] / norms[text]
        exact = set(np.flatnonzero(cosines >= SIMILAR).tolist())
        there += len(exact)
        found += len(exact & set(similar.cosines(text)))
    return found / max(1, there), there


def pairs_f1(pairs, labels):
    """Give precision, recall and F1 of pairs against those of equal labels."""
    gold = sum(n * (n - 1) // 2 for n in Counter(labels).values())
    hit = sum(labels[a] == labels[b] for a, b in pairs)
    return hit / max(1, len(pairs)), hit / gold, 2 * hit / (len(pairs) + gold)


def events(folder):
    """Print how well stories are found in ECB+, all at once and one by one."""
    rows = [(event, text) for name, event, text in ecb(folder) if int(name.split("/")[-2]) > 20]
    labels, texts = zip(*rows, strict=True)
    index = NewsIndex()
    for text in texts:
        index.add(text)
    one_by_one = {pair for story in index.stories for pair in combinations(story, 2)}
    for name, pairs in (("link", {(one.a, one.b) for one in link(texts)}), ("NewsIndex", one_by_one)):
        print("ECB+ 21-45 {:10} precision {:.3f} · recall {:.3f} · F1 {:.3f}".format(name, *pairs_f1(pairs, labels)))


def pages(folder):
    """Print whether each article is found in the text of its page, and no other."""
    loaded = list(load(Path(folder) / "pages"))
    bodies = [article for _, article, _ in loaded]
    count = len(bodies)
    for way, dump in dumps().items():
        found = link([*bodies, *(dump(page) for page, _, _ in loaded)])
        across = {(one.a, one.b) for one in found if one.kind == "copy" and one.a < count <= one.b}
        right = len({(i, i + count) for i in range(count)} & across)
        print(f"pages, {way:32} recall {right / count:.3f} · {len(across) - right} false pairs")


def main(folder, size=100_000):
    events(folder)
    pages(folder)
    index = grow(folder, int(size))
    share, count = similar_found(index)
    print(f"similar articles: {share:.4f} of {count} found")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    if len(sys.argv) < 2:
        sys.exit(__doc__.partition("\n")[0])
    main(*sys.argv[1:])
