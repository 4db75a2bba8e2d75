"""How well statements are found: python bench/reading/bench_statements.py FOLDER.

FOLDER holds text/*.txt and attributions/*.ann in brat standoff with events Attribution(Source, Cue, Content), such as PolNeAR
(https://github.com/networkdynamics/PolNeAR). A candidate matches a gold attribution when the letters and digits of their contents have
a Jaccard index of at least 0.5, one to one, best first. Manner `topic` is left out. Three parts, by
order of name, are also given apart: errors were looked at in the even files and, late, in the late quarter; never in the last.
"""

import re
import sys
from collections import Counter, defaultdict
from pathlib import Path
from time import process_time

from vestige.reading import read

THRESHOLD = 0.5


def letters(spans, text):
    return {at for first, last in spans for at in range(first, last) if text[at].isalnum()}


def gold(text, path):
    """Give the attributions of one file: content, speaker, manner."""
    spans, events = {}, []
    for line in path.read_text(encoding="utf8").splitlines():
        name, *fields = line.split("\t")
        if name.startswith("T") and fields:
            spans[name] = [tuple(map(int, piece.split())) for piece in fields[0].split(" ", 1)[1].split(";")]
        elif name.startswith("E") and fields:
            events.append([argument.split(":") for argument in fields[0].split()])
    for event in events:
        role = defaultdict(list)
        for name, target in event:
            role[re.sub(r"\d+$", "", name)] += spans[target]
        if role["Content"]:
            said = " ".join(text[max(0, first - 1) : last + 1] for first, last in role["Content"])
            quoted = sum(len(piece) for piece in re.findall('[“"]([^“”"]*)[”"]', said))
            manner = "indirect" if not re.search('[“”"]', said) else "direct" if quoted > 0.85 * len(said) else "mixed"
            yield letters(role["Content"], text), letters(role["Source"], text), manner


def match(want, got):
    """Pairs of gold and candidate, best first, one to one."""
    pairs = [
        (len(w[0] & g[0]) / len(w[0] | g[0]), i, j)
        for i, w in enumerate(want)
        for j, g in enumerate(got)
        if w[0] & g[0]
    ]
    taken, found = set(), {}
    for value, i, j in sorted(pairs, reverse=True):
        if value >= THRESHOLD and i not in found and j not in taken:
            found[i] = j
            taken.add(j)
    return found


def measure(paths):
    n, seconds = Counter(), 0.0
    for path in paths:
        text = path.open(encoding="utf8", newline="").read()
        want = [item for item in gold(text, path.parent.parent / "attributions" / f"{path.stem}.ann") if item[0]]
        start = process_time()
        statements = [one for one in read(text).statements if one.manner != "topic"]
        seconds += process_time() - start
        got = [
            (letters(one.content, text), letters([one.speaker] if one.speaker else [], text), one.rule)
            for one in statements
        ]
        found = match(want, got)
        n["candidates"] += len(got)
        n["matched"] += len(found)
        for j, one in enumerate(got):
            n["rule", one[2]] += 1
            n["right", one[2]] += j in found.values()
        for i, (_, speaker, manner) in enumerate(want):
            n["gold", manner] += 1
            n["hit", manner] += i in found
            if i in found and speaker:
                n["speakers"] += 1
                n["speaker right"] += bool(got[found[i]][1] & speaker)
    return n, seconds / max(1, len(paths))


def show(name, n, seconds):
    recall = " ".join(f"{m} {n['hit', m] / max(1, n['gold', m]):.3f}" for m in ("direct", "mixed", "indirect"))
    precision = n["matched"] / max(1, n["candidates"])
    print(f"{name:6} precision {precision:.3f} · recall of all attributions: {recall} · speaker {n['speaker right'] / max(1, n['speakers']):.3f}"
          f" · {1 / seconds:.0f} documents a processor second")  # fmt: skip


def main(folder):
    paths = sorted((Path(folder) / "text").glob("*.txt"))
    for path in paths[:10]:
        read(path.read_text(encoding="utf8"))
    n, seconds = measure(paths)
    show("all", n, seconds)
    show("even", *measure(paths[::2]))
    show("late", *measure(paths[1::4]))
    show("unseen", *measure(paths[3::4]))
    for key in sorted((key for key in n if key[0] == "rule"), key=lambda key: -n[key]):
        print(f"  {key[1]:14} {n[key]:5} candidates, {n['right', key[1]] / n[key]:.2f} of them match")


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    if len(sys.argv) < 2:
        sys.exit(__doc__.partition("\n")[0])
    main(sys.argv[1])
