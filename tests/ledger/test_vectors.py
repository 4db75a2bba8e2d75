"""The cases that Python and TypeScript must answer alike; web/test/vectors.test.ts reads the same files."""

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from vestige.entries import KINDS, InvalidEnvelopeError, load_public_key, parse_envelope, verify_signature
from vestige.errors import InputError
from vestige.ledger import NoteError, leaf_hash, open_note, parse_checkpoint, parse_vkey
from vestige.record import check_receipt

VECTORS = Path(__file__).resolve().parents[1] / "vectors"


def read(name: str) -> dict[str, Any]:
    return json.loads((VECTORS / f"{name}.json").read_text("utf-8"))


@pytest.mark.parametrize("case", read("notes")["notes"], ids=lambda case: case["name"])
def test_notes_open_as_the_specification_asks(case):
    try:
        open_note(case["note"].encode(), [parse_vkey(vkey) for vkey in case["keys"]])
        opened = True
    except NoteError:
        opened = False
    assert opened == case["opens"]


@pytest.mark.parametrize("case", read("checkpoints")["checkpoints"], ids=lambda case: case["name"])
def test_checkpoints_are_read_as_the_specification_asks(case):
    note = f"{case['text']}\n— o {base64.b64encode(bytes(68)).decode()}\n".encode()
    if case["parses"]:
        parse_checkpoint(note)
        return
    with pytest.raises(NoteError):
        parse_checkpoint(note)


def test_envelopes_are_read_and_their_signatures_checked_as_the_format_asks():
    vectors = read("envelopes")
    key = load_public_key(vectors["key"])

    def answer(leaf: bytes) -> str:
        try:
            return "ok" if verify_signature(parse_envelope(leaf), key, vectors["origin"]) else "signature"
        except InvalidEnvelopeError:
            return "malformed"

    got = {case["name"]: answer(base64.b64decode(case["leaf"])) for case in vectors["envelopes"]}
    assert got == {case["name"]: case["answer"] for case in vectors["envelopes"]}


@pytest.mark.parametrize("case", read("points")["points"], ids=lambda case: case["key"][:8] + case["key"][-4:])
def test_keys_that_nobody_can_hold_are_refused(case):
    encoded = base64.b64encode(bytes.fromhex(case["key"])).decode()
    if case["sound"]:
        load_public_key(encoded)
        return
    with pytest.raises(InvalidEnvelopeError):
        load_public_key(encoded)


def test_bodies_are_read_as_the_format_asks():
    from vestige.record.rules._bodies import read_body

    cases = read("bodies")["bodies"]
    got = {case["name"]: read_body(case["kind"], case["body"].encode())[1] for case in cases}
    assert {name: void and void.rule for name, void in got.items()} == {case["name"]: case["rule"] for case in cases}
    (whole,) = (case["body"] for case in cases if case["name"] == "policy: all of it")
    assert json.loads(whole).keys() == set(
        KINDS["policy"].__struct_fields__
    )  # a new field of the policy is new to every reader


@pytest.mark.parametrize("ledger", read("ledgers")["ledgers"], ids=lambda ledger: ledger["name"])
def test_ledgers_are_judged_as_the_format_asks(ledger):
    from vestige.record.rules._history import Memory
    from vestige.record.rules._ledger import LedgerRules, read_leaf, signed_leaves

    rules, salts = LedgerRules(Memory()), {}
    leaves = [base64.b64decode(entry["leaf"]) for entry in ledger["entries"]]
    bodies = [entry["body"] and entry["body"].encode() for entry in ledger["entries"]]
    read_leaves = [read_leaf(index, leaf_hash(leaf), leaf) for index, leaf in enumerate(leaves)]
    got = []
    for run in signed_leaves(read_leaves, rules, lambda leaf: bodies[leaf.index]):
        for leaf, signed in run:
            void = rules.judge(leaf, bodies[leaf.index], signed=signed, salt_of=salts.get).void
            got.append(void and [void.finding, void.rule])
            if leaf.envelope and leaf.envelope.visibility == "withheld" and bodies[leaf.index] is not None:
                salts[leaf.name.hex()] = bytes.fromhex(ledger["entries"][leaf.index]["salt"])
    assert got == [entry["void"] for entry in ledger["entries"]]


@pytest.mark.parametrize("case", read("receipts")["receipts"], ids=lambda case: case["name"])
def test_receipts_are_read_and_checked_by_their_key_alone(case):
    pinned = [parse_vkey(case["key"])] if case["key"] else []
    try:
        report = check_receipt(case["receipt"].encode(), "a receipt", pinned)
        found = [*report.findings, *(() if report.pinned else ("key",))]
    except InputError:
        found = None
    assert found == case["found"]
