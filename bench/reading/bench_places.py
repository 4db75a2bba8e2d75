"""How well places are found: python bench/reading/bench_places.py FOLDER.

FOLDER holds lgl.xml and TR-News.xml (https://github.com/milangritta/Pragmatic-Guide-to-Geoparsing-Evaluation). A gold toponym with coordinates is hit
when a found mention overlaps it and that mention's first candidate lies within 161 km; precision is the share of found mentions that overlap any
gold toponym. The weights were set on every second article, the first included: the other half is what to expect elsewhere.
"""

import math
import sys
from pathlib import Path
from time import process_time
from xml.etree import ElementTree as ET

from vestige.reading import read

NEAR = 161.0  # kilometres: the field's Accuracy@161


def kilometres(lat, lon, other_lat, other_lon):
    a, b, c, d = map(math.radians, (lat, lon, other_lat, other_lon))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * 6371 * math.asin(math.sqrt(min(1.0, h)))


def toponyms(article):
    """Give the gold toponyms of an article: first and last offset, latitude and longitude or None."""
    for one in article.iter("toponym"):
        tag = one.find("gaztag")
        lat = one.findtext("lat") or one.findtext("latitude") or (tag.findtext("lat") if tag is not None else None)
        lon = one.findtext("lon") or one.findtext("longitude") or (tag.findtext("lon") if tag is not None else None)
        where = (float(lat), float(lon)) if lat and lon else None
        yield int(one.findtext("start")), int(one.findtext("end")), where


def measure(articles):
    """Give gold toponyms with coordinates, those hit, mentions found, those that are toponyms, and seconds an article."""
    gold = hit = found = right = 0
    seconds = 0.0
    for article in articles:
        text = article.findtext("text") or ""
        start = process_time()
        mentions = read(text).places
        seconds += process_time() - start
        marks = list(toponyms(article))
        found += len(mentions)
        right += sum(any(a < one.span[1] and one.span[0] < b for a, b, _ in marks) for one in mentions)
        for a, b, where in marks:
            if where:
                gold += 1
                met = (one for one in mentions if a < one.span[1] and one.span[0] < b and one.candidates)
                first = next((one.candidates[0] for one in met), None)
                hit += first is not None and kilometres(*where, first.lat, first.lon) <= NEAR
    return gold, hit, found, right, seconds / max(1, len(articles))


def main(folder):
    read("Paris")  # opens the gazetteer
    for name in ("lgl.xml", "TR-News.xml"):
        articles = list(ET.parse(Path(folder) / name).getroot())
        for part, some in (("all", articles), ("looked at", articles[::2]), ("the others", articles[1::2])):
            gold, hit, found, right, each = measure(some)
            print(f"{name:12} {part:10} {len(some):3} articles, {gold:5} toponyms · Accuracy@161 {hit / max(1, gold):.3f}"
                  f" · precision {right / max(1, found):.3f} · {1000 * each:.1f} ms each")  # fmt: skip


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    if len(sys.argv) < 2:
        sys.exit(__doc__.partition("\n")[0])
    main(sys.argv[1])
