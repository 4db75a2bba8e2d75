"""The cases that the recount in the browser must answer alike: web/test/crowds.test.ts reads the same file."""

import base64
import json
from pathlib import Path

import msgspec
import pytest

from vestige.calling import Audited, Step, Table, at_most, breaches, recount, sample_positions, sample_seed
from vestige.entries import decode_body

VECTORS = json.loads((Path(__file__).parents[1] / "vectors/crowds.json").read_text("utf-8"))


def body(kind, fields):
    return decode_body(kind, msgspec.json.encode(fields)) if fields is not None else None


@pytest.mark.parametrize("case", VECTORS["cases"], ids=lambda case: case["name"])
def test_a_crowd_is_counted_again_as_it_was_written_down(case):
    steps = [Step(one["entry"], body("tally", one["tally"]), one["at"]) for one in case["steps"]]
    audits = [
        Audited(one["entry"], body("audit", one["audit"]), body("draw", one["draw"]), one["draw_at"])
        for one in case["audits"]
    ]
    files = {**VECTORS["files"], **case["instead"]}
    held = {name: base64.b64decode(data) for name, data in files.items() if data is not None}
    got = recount(body("call", VECTORS["call"]), steps, held.get, audits)
    found = [[one.file, one.number, one.rule] for one in got.findings]
    assert [got.sheets, got.counted, got.ended, found] == case["found"]
    assert case["named"] is None or case["named"] in found
    assert (found == []) == (case["name"] == "untouched")


@pytest.mark.parametrize(("bad", "of", "bound"), VECTORS["bounds"])
def test_bounds_are_those_of_the_beta_distribution(bad, of, bound):
    assert at_most(bad, of) == pytest.approx(bound, abs=1e-9)


@pytest.mark.parametrize("sample", VECTORS["samples"], ids=lambda sample: sample["size"])
def test_samples_are_those_of_a_plain_loop(sample):
    seed = sample_seed(sample["tally"], sample["nonce"])
    assert sample_positions(seed, sample["size"], sample["population"]) == sample["positions"]


@pytest.mark.parametrize("case", VECTORS["tables"], ids=range(len(VECTORS["tables"])))
def test_tables_that_single_somebody_out_are_those_of_a_plain_comparison(case):
    assert breaches([Table(one["cells"], one["rest"]) for one in case["published"]], case["k"]) == case["breaches"]
