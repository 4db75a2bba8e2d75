"""How well the article is found in pages: python bench/reading/bench_body.py FOLDER.

FOLDER holds html/*.html.gz and ground-truth.json as in article-extraction-benchmark
(https://github.com/scrapinghub/article-extraction-benchmark, MIT). Every page is turned into plain text in two ways, one line a
block, and one line a piece of text between tags; the article is then looked for in that text alone. The last line reads the page
itself. Measure: shingles of four words, precision and recall averaged over pages, F1 of the averages.
"""

import gzip
import json
import re
import sys
from collections import Counter
from pathlib import Path
from time import process_time

from vestige.reading._body import find_body
from vestige.reading._html import extract, flat_text, locate, parsed, visible_text


def shingles(text, size=4):
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))


def compare(found, wanted):
    a, b = shingles(found), shingles(wanted)
    both = sum((a & b).values())
    return both / max(1, sum(a.values())), both / max(1, sum(b.values()))


def cut(text, spans):
    return "\n".join(text[first:last] for first, last in spans)


def by_block(page):
    text = visible_text(parsed(page))
    return cut(text, find_body(text))


def by_piece(page):
    text = flat_text(page.decode("utf8", "replace"))
    return cut(text, find_body(text))


def by_page(page):
    tree = parsed(page)
    text = visible_text(tree)
    return cut(text, locate(text, extract(tree).get("text") or "")[0])


def main(folder):
    truth = json.loads((Path(folder) / "ground-truth.json").read_text(encoding="utf8"))
    pages = [
        (gzip.decompress(path.read_bytes()), truth[path.name.split(".")[0]]["articleBody"])
        for path in sorted((Path(folder) / "html").glob("*.html.gz"))
    ]
    for name, method in (("text, a line a block", by_block), ("text, a line a piece", by_piece), ("HTML", by_page)):
        start = process_time()
        scores = [compare(method(page), article) for page, article in pages]
        precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
        f1 = 2 * precision * recall / (precision + recall)
        each = (process_time() - start) / len(pages)
        print(
            f"{name:22} {len(pages)} pages · precision {precision:.3f} · recall {recall:.3f} · F1 {f1:.3f} · {1000 * each:.0f} ms each"
        )


if __name__ == "__main__":
    main(sys.argv[1])
