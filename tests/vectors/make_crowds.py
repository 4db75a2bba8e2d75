"""Writes crowds.json: crowds and what is done to them, for the recount in Python and the one in the browser.

    python -m tests.vectors.make_crowds

What names each tampering is written beside it by hand (tests/calling/crowds.py). Bounds are those of SciPy's beta distribution, samples and tables
those of a plain loop written here; neither asks the code that is tested. `found` is everything that a recount says, which both must say alike.
"""

import base64
import hashlib
import itertools
import json
import random
from pathlib import Path

import msgspec
from scipy.stats import beta
from tests.calling.crowds import CALL, OTHERS, TAMPERINGS, Crowd

OUT = Path(__file__).with_name("crowds.json")


def built(body):
    return None if body is None else msgspec.to_builtins(body)


def case(name, spoil):
    """Give one crowd after something was done to it."""
    crowd = Crowd()
    whole = dict(crowd.files)
    named = spoil(crowd)
    got = crowd.recount()
    instead = {one: crowd.files.get(one) for one in {*whole, *crowd.files} if crowd.files.get(one) != whole.get(one)}
    return {
        "name": name,
        "steps": [{"entry": one.entry, "at": one.at, "tally": built(one.tally)} for one in crowd.steps],
        "audits": [
            {"entry": one.entry, "audit": built(one.audit), "draw": built(one.draw), "draw_at": one.draw_at}
            for one in crowd.audits
        ],
        "instead": {one: data and base64.b64encode(data).decode() for one, data in sorted(instead.items())},
        "named": named if isinstance(named, tuple) else None,
        "found": [got.sheets, got.counted, got.ended, [[one.file, one.number, one.rule] for one in got.findings]],
    }


def sample(tally, nonce, size, population):
    """Draw a sample with a list of numbers and no shortcut."""
    seed = hashlib.sha256(b"vestige audit 1\n" + bytes.fromhex(tally + nonce)).digest()
    drawn, counter = [], 0
    while len(drawn) < min(size, population):
        block = hashlib.sha256(seed + (counter // 4).to_bytes(8, "big")).hexdigest()
        number = int(block[counter % 4 * 16 :][:16], 16)
        if number < 2**64 // population * population and number % population not in drawn:
            drawn.append(number % population)
        counter += 1
    return {"tally": tally, "nonce": nonce, "size": size, "population": population, "positions": sorted(drawn)}


def tables(dice):
    """Give tables, k, and the names of the numbers of which two differ by fewer than k, each pair compared with each."""
    k = 20
    names = ["AM", "AZ", "FR"]
    published = [
        {"cells": {name: dice.choice([0, 20, 25, 40, 60]) for name in names if dice.random() < 0.7}, "rest": dice.choice([0, 20, 30, 45])}
        for _ in range(dice.randint(1, 4))
    ]  # fmt: skip
    history = [{"cells": {}, "rest": 0}, *published]
    series = {
        name: [one["cells"].get(name, 0) for one in history]
        for name in names
        if any(name in one["cells"] for one in published)
    }
    series["rest"] = [one["rest"] for one in history]
    series["total"] = [one["rest"] + sum(one["cells"].values()) for one in history]
    breached = [
        name for name, values in series.items() if any(0 < abs(a - b) < k for a, b in itertools.combinations(values, 2))
    ]
    return {"published": published, "k": k, "breaches": breached}


def main():
    """Write the file."""
    dice = random.Random(20)
    cases = [case("untouched", lambda _crowd: None)]
    cases += [case(spoil.__name__, spoil) for spoil in TAMPERINGS]
    cases += [case(name, spoil) for name, (spoil, _) in OTHERS.items()]
    answers = [
        (0, 300),
        (0, 400),
        (5, 400),
        (0, 240),
        (160, 400),
        (1, 1),
        (0, 0),
        (299, 300),
        (3, 10_000),
        (50_000, 100_000),
    ]
    bounds = [[bad, of, float(beta.ppf(0.95, bad + 1, of - bad)) if bad < of else 1.0] for bad, of in answers]
    hashes = [hashlib.sha256(bytes([number])).hexdigest() for number in range(8)]
    sizes = [(1, 1), (5, 3), (40, 130), (300, 1_000_000)]
    vectors = {
        "call": built(CALL),
        "files": {name: base64.b64encode(data).decode() for name, data in sorted(Crowd().files.items())},
        "cases": cases,
        "bounds": bounds,
        "samples": [sample(hashes[at], hashes[at + 4], *size) for at, size in enumerate(sizes)],
        "tables": [tables(dice) for _ in range(60)],
    }
    OUT.write_text(json.dumps(vectors, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()
