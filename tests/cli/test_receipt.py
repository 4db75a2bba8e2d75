"""`vestige receipt` and `vestige verify FILE`: one entry that a person takes home and checks without the record."""

from vestige.entries import Draft, Name, Site
from vestige.record import Record


def entered(folder, **given):
    with Record.open(folder) as record:
        (receipt,) = record.append(Draft(Site(names=(Name(text="Храм", language="uk"),)), **given))
    return receipt


def test_a_receipt_is_checked_offline_by_the_key_alone(run, record, tmp_path, monkeypatch):
    receipt = entered(record)
    entered(record)
    made = run.json("receipt", receipt.entry[:10], "--to", tmp_path / "one.tlog-proof")
    monkeypatch.chdir(tmp_path)
    (record / "ledger" / "checkpoint").unlink()  # the record is out of reach
    (key,) = made["keys"]
    shown = run("verify", "one.tlog-proof", "--key", key)
    assert "unchanged since it was entered" in shown
    assert receipt.about in shown
    told = run.json("verify", "one.tlog-proof", "--key", key)
    assert told["holds"] is True
    assert told["report"]["body"]["names"] == [{"language": "uk", "text": "Храм"}]


def test_a_receipt_without_a_key_claims_nothing(run, record, tmp_path):
    receipt = entered(record)
    run("receipt", receipt.entry, "--to", tmp_path / "one")
    assert "anybody could have made it" in run("verify", tmp_path / "one", code=1)


def test_a_receipt_of_a_record_that_was_checked_before_needs_no_key(run, record, tmp_path):
    receipt = entered(record)
    run("receipt", receipt.entry, "--to", tmp_path / "one")
    run("verify", record)
    assert f"the one that you know from {record}" in run("verify", tmp_path / "one")
    run("verify", tmp_path / "one", "--no-remember", code=1)


def test_a_receipt_of_a_strangers_record_of_the_same_name_is_told(run, record, tmp_path):
    receipt = entered(record)
    key = run.json("receipt", receipt.entry, "--to", tmp_path / "ours")["keys"][0]
    with Record.open(record) as opened:
        policy = opened.policy
    with Record.create(tmp_path / "stranger", policy.name, origin=policy.origin):
        pass
    theirs = entered(tmp_path / "stranger")
    run("receipt", theirs.entry, "--record", tmp_path / "stranger", "--to", tmp_path / "theirs")
    assert "expected a signature of the log key" in run("verify", tmp_path / "theirs", "--key", key, code=1)


def test_a_withheld_body_goes_into_a_receipt_only_when_asked(run, record, tmp_path):
    receipt = entered(record, visibility="withheld")
    assert run.json("receipt", receipt.entry, "--to", tmp_path / "plain")["body"] is False
    assert run.json("receipt", receipt.entry, "--to", tmp_path / "whole", "--withheld")["body"] is True
    key = run.json("receipt", receipt.entry, "--to", tmp_path / "plain")["keys"][0]
    assert "without its body" in run("verify", tmp_path / "plain", "--key", key)
    assert run.json("verify", tmp_path / "whole", "--key", key)["report"]["body"]["names"][0]["text"] == "Храм"


def test_what_is_no_receipt_any_more_is_one_line(run, record, tmp_path):
    receipt = entered(record)
    key = run.json("receipt", receipt.entry, "--to", tmp_path / "one")["keys"][0]
    whole = (tmp_path / "one").read_bytes()
    for change, said in (
        (whole[:200], "expected a receipt"),
        (whole.replace(b"\n", b"\r\n"), "expected lines that end in a line feed alone"),
        (whole.replace(b"index 1", b"index x"), "expected a receipt"),
    ):
        (tmp_path / "two").write_bytes(change)
        assert said in run("verify", tmp_path / "two", "--key", key, code=2)


def test_a_receipt_overwrites_no_other_file(run, record, tmp_path):
    receipt = entered(record)
    (tmp_path / "letter").write_text("mine", "utf-8")
    assert "a name that is free" in run("receipt", receipt.entry, "--to", tmp_path / "letter", code=2)
    assert (tmp_path / "letter").read_text("utf-8") == "mine"


def test_an_opened_entry_gives_its_body_to_everybody_and_opens_once(run, record, tmp_path):
    receipt = entered(record, visibility="withheld")
    run("open", receipt.entry[:12])
    key = run.json("receipt", receipt.entry, "--to", tmp_path / "one")["keys"][0]
    assert run.json("verify", tmp_path / "one", "--key", key)["report"]["body"]["names"][0]["text"] == "Храм"
    assert "got one that is public" in run("open", receipt.entry, code=2)
    assert run.json("verify", record, "--no-remember")["report"]["opened"] == 1
