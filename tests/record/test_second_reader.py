"""A reader written from docs/format.md alone agrees with ours: on the vectors, and on a published record before and after it is forged."""

import base64
import json
import random
from pathlib import Path

import pytest

from tests.record.second_reader import Judge, check, envelope_of, sound
from vestige.publishing import publish, verify_site

VECTORS = Path(__file__).parents[1] / "vectors"


def vectors(name):
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))[name]


@pytest.mark.parametrize("ledger", vectors("ledgers"), ids=lambda ledger: ledger["name"])
def test_it_judges_ledgers_as_every_reader_must(ledger):
    judge = Judge()
    for entry in ledger["entries"]:
        salt = bytes.fromhex(entry["salt"]) if entry["salt"] else None
        body = None if entry["body"] is None else entry["body"].encode()
        void = judge.judge(base64.b64decode(entry["leaf"]), salt, body)
        assert (void and list(void)) == entry["void"]


def test_it_reads_envelopes_and_keys_as_every_reader_must():
    for vector in vectors("envelopes"):
        assert (envelope_of(base64.b64decode(vector["leaf"])) is None) == (vector["answer"] == "malformed"), vector[
            "name"
        ]
    assert all(sound(bytes.fromhex(point["key"])) == point["sound"] for point in vectors("points"))


def test_it_checks_a_published_record_and_tells_bytes_that_were_flipped(full, tmp_path):
    out = tmp_path / "site"
    publish(full, out, workers=1)
    assert check(out) == []
    chance = random.Random(1)
    bodies = sorted(one for one in (out / "body").rglob("*") if one.is_file() and b'"keys"' not in one.read_bytes())
    for path in chance.sample(bodies, 5):
        before = path.read_bytes()
        place = chance.randrange(66, len(before) - 1)
        path.write_bytes(before[:place] + bytes([before[place] ^ 1]) + before[place + 1 :])
        told = check(out)
        assert {kind for kind, _ in told} == {"modified"} and len(told) == 2
        assert {found.kind for found in verify_site(out).discrepancies} == {"modified"}
        path.write_bytes(before)
    assert check(out) == []
