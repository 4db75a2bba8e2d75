"""How well the article is found in pages: python bench/reading/bench_body.py FOLDER.

FOLDER holds html/*.html.gz and ground-truth.json as in article-extraction-benchmark
(https://github.com/scrapinghub/article-extraction-benchmark, MIT). Every page is turned into plain text in several ways, as scrapers and people
do, and the article is then looked for in that text alone. Then the page itself is read, and at last the bare articles, each put on one line.
Measure: shingles of four words, precision and recall averaged over pages, F1 of the averages. Two columns more give the F1 of half of the sites
each (by the checksum of the host's name): a change of the rules should raise both.
"""

import gzip
import html
import json
import re
import sys
import textwrap
from collections import Counter
from pathlib import Path
from time import process_time
from urllib.parse import urlparse
from zlib import crc32

from vestige.reading._html import encoding_of, extract, flat_text, locate, parsed, visible_text
from vestige.reading.article._body import find_body

INVISIBLE = re.compile(r"<(script|style|noscript)\b.*?</\1>|<!--.*?-->", re.DOTALL | re.IGNORECASE)


def shingles(text, size=4):
    words = re.findall(r"\w+", text.lower())
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)))


def compare(found, wanted):
    a, b = shingles(found), shingles(wanted)
    both = sum((a & b).values())
    return both / max(1, sum(a.values())), both / max(1, sum(b.values()))


def cut(text, spans):
    return "\n".join(text[first:last] for first, last in spans)


def pieces(page):
    """Give every piece of text between tags as it stands, blanks and empty lines too."""
    tree = parsed(page)
    for element in tree.xpath("//script|//style|//noscript|//comment()"):
        if element.getparent() is not None:
            element.drop_tree()
    return list(tree.itertext())


def without_tags(page, between):
    return html.unescape(re.sub(r"<[^>]*>", between, INVISIBLE.sub(" ", page.decode(encoding_of(page), "replace"))))


def wrapped(page):
    return "\n\n".join(textwrap.fill(line, 78) for line in visible_text(parsed(page)).split("\n") if line.strip())


def dumps():
    """Give the ways of making a text of a page, by name."""
    return {
        "a line a block": lambda page: visible_text(parsed(page)),
        "a line a block, double spaced": lambda page: visible_text(parsed(page)).replace("\n", "\n\n"),
        "a line a block, wrapped": wrapped,
        "a line a piece": lambda page: flat_text(page.decode("utf8", "replace")),
        "pieces as they stand, \\n between": lambda page: "\n".join(pieces(page)),
        "pieces as they stand": lambda page: "".join(pieces(page)),
        "scripts and styles too, \\n between": lambda page: "\n".join(parsed(page).itertext()),
        "scripts and styles too": lambda page: parsed(page).text_content(),
        "tags replaced by \\n": lambda page: without_tags(page, "\n"),
        "tags replaced by a blank": lambda page: without_tags(page, " "),
        "all on one line": lambda page: " ".join(without_tags(page, " ").split()),
    }


def by_page(page):
    tree = parsed(page)
    text = visible_text(tree)
    return cut(text, locate(text, extract(tree).get("text") or "")[0])


def load(folder):
    """Give (page, article, half of the sites) of every page."""
    truth = json.loads((Path(folder) / "ground-truth.json").read_text(encoding="utf8"))
    for path in sorted((Path(folder) / "html").glob("*.html.gz")):
        row = truth[path.name.split(".")[0]]
        host = urlparse(row.get("url") or path.name).netloc.removeprefix("www.")
        yield gzip.decompress(path.read_bytes()), row["articleBody"], crc32(host.encode()) % 2


def f1(scores):
    precision, recall = (sum(column) / len(scores) for column in zip(*scores, strict=True))
    return precision, recall, 2 * precision * recall / (precision + recall)


def main(folder):
    loaded = list(load(folder))
    print(f"{'':34} precision  recall  F1    first, second half of the sites   ms each ({len(loaded)} pages)")
    for way, dump in {**dumps(), "HTML": None}.items():
        texts = [dump(page) if dump else page for page, _, _ in loaded]
        start = process_time()
        found = [cut(text, find_body(text)) if dump else by_page(text) for text in texts]
        each = 1000 * (process_time() - start) / len(loaded)
        scores = [(compare(got, article), half) for got, (_, article, half) in zip(found, loaded, strict=True)]
        halves = [f1([score for score, half in scores if half == one])[2] for one in (0, 1)]
        print(
            "{:34} {:.3f}      {:.3f}   {:.3f} {:.3f}  {:.3f} {:27.1f}".format(
                way, *f1([s for s, _ in scores]), *halves, each
            )
        )
    bare = [" ".join(article.split()) for _, article, _ in loaded]
    kept = [sum(last - first for first, last in find_body(text)) / max(1, len(text)) for text in bare]
    whole = sum(share == 1 for share in kept)
    print(f"bare articles on one line: {sum(kept) / len(kept):.3f} of their text kept, {whole} of {len(kept)} whole")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    if len(sys.argv) < 2:
        sys.exit(__doc__.partition("\n")[0])
    main(sys.argv[1])
