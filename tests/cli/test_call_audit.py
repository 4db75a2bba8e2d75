"""``vestige call auditor``, ``commit``, ``sample``, ``openings``, ``ask`` and ``audit`` as the two sides run them, each in a place of its own."""

import csv
import json
import stat

import pytest
from tests.signed_mail import mail, mbox, zone_file

from vestige.calling import bounds_of
from vestige.entries import Actor, Draft, Name, decode_body
from vestige.publishing import publish
from vestige.record import Record

CALL = """
titles = [{text = "A sample call", language = "en"}]
promoter = "%s"
asks = "that maps of mines be given"
opens = "2026-11-01"
texts = [{language = "en", file = "path:call.txt"}]
modes = ["counted"]
keep_until = "2027-06-01"
sealed_to = [{name = "A sample auditor", key = "%s"}]
paid_by = [{by = "not disclosed"}]
"""
SIGNERS = 30


class Sides:
    """A keeper with a record and a collection, an auditor with a folder, and the call that both know."""

    def __init__(self, run, tmp_path):
        self.run, self.here, self.record = run, tmp_path, tmp_path / "record"
        self.auditor, self.site = tmp_path / "audit", tmp_path / "site"
        run("init", self.record)
        keys = run.json("call", "auditor", self.auditor)
        with Record.open(self.record) as record:
            promoter = record.append(Draft(Actor(names=(Name(text="Sample body"),), type="organisation")))[0].about
        (tmp_path / "call.txt").write_text("End the war.", "utf-8")
        (tmp_path / "call.toml").write_text(CALL % (promoter, keys["sealed_to"]), "utf-8")
        self.call = run.json("call", "new", tmp_path / "call.toml")["receipt"]["about"]
        mails = [mail(self.call, number) for number in range(SIGNERS)]
        self.collection = tmp_path / "collection"
        run("call", "collect", self.call, mbox(tmp_path / "box", mails), self.collection, "--keys", zone_file(tmp_path / "zone"))  # fmt: skip

    def commit(self, size=10):
        self.run("call", "commit", self.auditor, self.call, "--name", "A. Auditor", "--size", size)
        return self.run.json("call", "enter", "draw", self.auditor / "draw.json")["receipt"]["entry"]

    def close(self):
        return self.run.json("call", "tally", self.call, self.collection, "--closing")["receipt"]["entry"]

    def publish(self):
        with Record.open(self.record) as record:
            publish(record, self.site, workers=1)

    def openings(self, out="openings.json"):
        self.run("call", "openings", self.call, self.collection, self.auditor / "sample.json", self.here / out)
        return self.here / out


@pytest.fixture
def sides(run, tmp_path, monkeypatch):
    folder = tmp_path / "record"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Sides(run, tmp_path)


def answered(file, *answers):
    """Write answers into the list as a spreadsheet of another land would: semicolons between, a byte order mark before."""
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    for row, answer in zip(rows[1:], answers, strict=False):
        row[1] = answer
    file.write_text("\r\n".join(";".join(row) for row in rows) + "\r\n", "utf-8-sig")


def test_both_sides_make_an_audit_that_a_stranger_counts_again(sides):
    run, auditor = sides.run, sides.auditor
    draw = sides.commit()
    tally = sides.close()
    run("open", draw)
    sides.publish()
    drawn = run.json("call", "sample", auditor, sides.site)
    assert (drawn["tally"], drawn["draw"], drawn["population"], len(drawn["positions"])) == (tally, draw, SIGNERS, 10)
    run("call", "ask", auditor, sides.site, sides.openings())
    asked = list(csv.DictReader((auditor / "ask.csv").read_text("utf-8-sig").splitlines()))
    assert [int(row["position"]) for row in asked] == drawn["positions"]
    assert all(row["mailbox"].startswith("planted-signer") and row["answer"] == "" for row in asked)
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in auditor.iterdir())
    answered(auditor / "ask.csv", *["Yes"] * 6, "no", "silent", "bounced")
    signed = run.json("call", "audit", auditor, "--method", "Each by mail, twice.", "--paid-by", "A. Foundation")[
        "audit"
    ]
    assert [signed[name] for name in ("asked", "yes", "no", "silent", "bounced")] == [10, 6, 1, 2, 1]
    audit = run.json("call", "enter", "audit", auditor / "audit.json")["receipt"]
    with Record.open(sides.record) as record:
        entry = record.index.entry(audit["entry"])
        assert {draw, tally} <= set(entry.envelope.cites)
        for name, bound in bounds_of(entry.body):
            assert getattr(entry.body, name) == pytest.approx(bound, abs=1e-6)
    sides.publish()
    for place in (sides.record, sides.site):
        (counted,) = run.json("call", "count", place)["calls"]
        assert (counted["findings"], counted["unaudited"], counted["unchanged"]) == ([], 0, True)
    for file in (one for one in [*sides.site.rglob("*"), *sides.record.rglob("*")] if one.is_file()):
        assert b"planted" not in file.read_bytes().lower(), file


def test_the_number_is_known_to_nobody_before_the_closing_tally(sides):
    draw = sides.commit()
    number = (sides.auditor / "number.txt").read_text("ascii").strip()
    assert number not in (sides.auditor / "draw.json").read_text("utf-8")
    assert all(number.encode() not in one.read_bytes() for one in sides.record.rglob("*") if one.is_file())
    sides.publish()
    assert "got none yet" in sides.run("call", "sample", sides.auditor, sides.site, code=2)
    sides.close()
    sides.publish()
    assert "vestige open DRAW" in sides.run("call", "sample", sides.auditor, sides.site, code=2)
    sides.run("open", draw)
    assert sides.run.json("call", "sample", sides.auditor, sides.record)["population"] == SIGNERS
    (counted,) = sides.run.json("call", "count", sides.record)["calls"]
    assert counted["unaudited"] == 1  # committed to, and nobody tells what came of it


def test_a_draw_after_the_closing_tally_gives_no_sample(sides):
    sides.close()
    sides.run("open", sides.commit())
    assert "entered after the closing tally" in sides.run("call", "sample", sides.auditor, sides.record, code=2)


def test_a_second_number_for_the_same_call_is_refused(sides):
    sides.commit()
    said = sides.run("call", "commit", sides.auditor, sides.call, "--name", "A. Auditor", code=2)
    assert "committed to before" in said
    assert "is there already" in sides.run("call", "auditor", sides.auditor, code=2)


def test_the_keeper_hands_over_what_draw_and_tally_ask_for_and_nothing_else(sides):
    draw = sides.commit()
    sides.close()
    sides.run("open", draw)
    sides.run("call", "sample", sides.auditor, sides.record)
    file = sides.auditor / "sample.json"
    fair = json.loads(file.read_bytes())
    others = [at for at in range(SIGNERS) if at not in fair["positions"]][:10]
    for change, says in (
        ({"positions": others}, "positions are not those"),
        ({"nonce": "ab" * 32}, "not the one that its draw committed to"),
        ({"key": "A" * 43 + "="}, "sealed_to"),
        ({"draw": fair["tally"]}, "opened draw of this call"),
        ({"nonce": "short"}, "64 hexadecimal digits"),
        ({"extra": 1}, "expected the sample"),
    ):
        file.write_text(json.dumps({**fair, **change}), "utf-8")
        said = sides.run("call", "openings", sides.call, sides.collection, file, sides.here / "none", code=2)
        assert says in said and not (sides.here / "none").exists()


def test_openings_that_fit_no_commitment_and_lists_that_are_not_the_sample_get_one_line(sides):
    draw = sides.commit()
    sides.close()
    sides.run("open", draw)
    sides.run("call", "sample", sides.auditor, sides.record)
    handed = sides.openings()
    fair = json.loads(handed.read_bytes())
    swapped = [{**one, "sealed": fair["openings"][0]["sealed"]} for one in fair["openings"]]
    for openings, says in (
        (swapped, "not what its commitment stands for"),
        (fair["openings"][1:], "got none for position"),
        ([{**fair["openings"][0], "sealed": "?"}, *fair["openings"][1:]], "expected base64"),
        ([{**fair["openings"][0], "sealed": "AAAA"}, *fair["openings"][1:]], "sealed to this key"),
    ):
        handed.write_text(json.dumps({**fair, "openings": openings}), "utf-8")
        assert says in sides.run("call", "ask", sides.auditor, sides.record, handed, code=2)
    handed.write_text(json.dumps(fair), "utf-8")
    sides.run("call", "ask", sides.auditor, sides.record, handed)
    listed = sides.auditor / "ask.csv"
    whole = listed.read_text("utf-8-sig")
    for text, says in (
        (whole.replace(",,", ",perhaps,", 1), "row 2: expected yes, no, silent or bounced"),
        (whole.replace(f"\n{fair['openings'][1]['position']},", f"\n{fair['openings'][0]['position']},"), "row 3: expected each position"),
        ("\r\n".join(whole.splitlines()[:-1]), "expected the 10 positions"),
        ("a,b\r\n1,2\r\n", "expected each position of the sample once"),
    ):  # fmt: skip
        listed.write_text(text, "utf-8-sig")
        assert says in sides.run("call", "audit", sides.auditor, "--method", "By mail.", code=2)
    listed.write_text(whole, "utf-8-sig")
    assert "2026-12-31" in sides.run("call", "audit", sides.auditor, "--method", "m", "--destroyed", "soon", code=2)


def test_a_signature_that_ended_since_counts_as_silent(sides):
    draw = sides.commit(size=SIGNERS)
    sides.close()
    sides.run("open", draw)
    sides.run("call", "sample", sides.auditor, sides.record)
    leave = sides.here / "leave.eml"
    leave.write_bytes(mail(sides.call, 0))
    sides.run("call", "end", sides.call, sides.collection, leave, "--keys", sides.here / "zone")
    assert sides.run.json("call", "ask", sides.auditor, sides.record, sides.openings())["gone"] == 1
    answered(sides.auditor / "ask.csv", *["yes"] * SIGNERS)
    text = sides.run("call", "audit", sides.auditor, "--method", "By mail.")
    assert f"asked {SIGNERS}: yes {SIGNERS}" in text


def test_an_audit_altered_after_it_was_signed_is_refused(sides):
    draw = sides.commit()
    sides.close()
    sides.run("open", draw)
    sides.run("call", "sample", sides.auditor, sides.record)
    sides.run("call", "ask", sides.auditor, sides.record, sides.openings())
    answered(sides.auditor / "ask.csv", *["yes"] * 8, "no", "no")
    sides.run("call", "audit", sides.auditor, "--method", "By mail.")
    file = sides.auditor / "audit.json"
    signed = json.loads(file.read_bytes())
    file.write_text(json.dumps({**signed, "yes": 10, "no": 0}), "utf-8")
    assert "does not fit" in sides.run("call", "enter", "audit", file, code=2)
    file.write_text("{", "utf-8")
    assert "expected JSON" in sides.run("call", "enter", "audit", file, code=2)
    assert decode_body("draw", (sides.auditor / "draw.json").read_bytes()).size == 10
