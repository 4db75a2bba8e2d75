"""The command and the browser's check answer alike to bodies that nobody has thought of: those of the vectors, each altered somewhere."""

import json
import random
from pathlib import Path

from tests.asking_the_browser import rules_of

from vestige.entries._canonical import canonical_json
from vestige.record.rules._bodies import read_body

VECTORS = Path(__file__).resolve().parents[1] / "vectors/bodies.json"
ODD = [
    None, True, False, 0, 1, -1, 1.5, 2**53 - 1, 1e22, "", "x", "AM", "at 9 pm", "Poor", "2020-02-30", "2020", "a" * 64, "a" * 2_001, "x\n", "\u2003",
    "\U0001d11e" * 2_000, [], {}, [None], ["x"], {"text": "x"}, {"constructor": 1},
]  # fmt: skip


def places(value, path=()):
    """Give the path of everything within a value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for name, part in inner:
        yield (*path, name)
        yield from places(part, (*path, name))


def altered(body, chance):
    """Give a body with something in it another, gone, or twice."""
    body = json.loads(body)
    *way, last = chance.choice(list(places(body)))
    held = body
    for step in way:
        held = held[step]
    how = chance.randrange(6)
    if how == 0:
        del held[last]
    elif how == 1 and isinstance(held, list):
        held.append(held[last])
    elif how == 1:
        held[chance.choice(["note", "language", "toString", "signed", "end"])] = chance.choice(ODD)
    else:
        held[last] = chance.choice(ODD)
    return body


def test_altered_bodies_are_answered_alike():
    chance, cases = random.Random(18), []
    good = [
        case
        for case in json.loads(VECTORS.read_text("utf-8"))["bodies"]
        if case["rule"] is None and case["kind"] != "zzz"
    ]
    for case in (case for case in good if case["body"] != "{}" and len(case["body"]) < 10_000):
        bodies = (canonical_json(altered(case["body"], chance)).decode() for _ in range(12))
        cases.extend({"kind": case["kind"], "body": body} for body in bodies)
    answers = rules_of(cases)
    told = [(void := read_body(case["kind"], case["body"].encode())[1]) and void.rule for case in cases]
    other = [(case, ours, theirs) for case, ours, theirs in zip(cases, told, answers, strict=True) if ours != theirs]
    assert other == []
    assert 100 < told.count(None) < len(told) - 100
