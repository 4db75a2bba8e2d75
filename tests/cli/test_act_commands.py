"""``vestige call``, ``visit``, ``dialogue`` and ``reach`` as a keeper and a stranger run them."""

import hashlib

import pytest

from vestige.calling import as_sheet
from vestige.entries import Actor, Draft, Figure, Name, Speaker, Statement
from vestige.publishing import publish
from vestige.record import Record


@pytest.fixture
def keeper(tmp_path, monkeypatch, run):
    """A record with two sources, three actors and a site; the console works in its folder."""
    folder = tmp_path / "record"
    run("init", folder)
    monkeypatch.chdir(folder)
    page = tmp_path / "page.txt"
    page.write_text("We join the sample call. See https://record.example/ for the record.", "utf-8")
    run("add", "source", page, "--title", "Own page")
    with Record.open(folder) as record:
        names = ("Body one", "Body two", "Host")
        record.append(*(Draft(Actor(names=(Name(text=name),), type="organisation")) for name in names))
    return run


def write(path, text):
    path.write_text(text, "utf-8")
    return path


def entered(keeper, *arguments):
    return keeper.json(*arguments)


CALL = """
titles = [{text = "A sample call", language = "en"}]
promoter = "%s"
asks = "that maps of mines be given"
opens = "2026-11-01"
texts = [{language = "en", file = "path:call.txt"}]
modes = ["bodies", "counted"]
keep_until = "2027-06-01"
sealed_to = [{name = "A sample auditor", key = "%s"}]
paid_by = [{by = "not disclosed"}]
"""


def actors(folder):
    with Record.open(folder) as record:
        return [entry.about for entry in record.index.entries("actor")]


def test_a_call_is_entered_joined_and_counted_again_as_a_stranger(keeper, tmp_path):
    folder = tmp_path / "record"
    one, two, host = actors(folder)
    write(tmp_path / "call.txt", "End the war.")
    call = entered(keeper, "call", "new", write(tmp_path / "call.toml", CALL % (host, "A" * 43 + "=")))
    about = call["receipt"]["about"]
    with Record.open(folder) as record:
        wording = record.index.current(about).body.wording()
        source = next(iter(record.index.entries("source"))).about
    endorsement = f"""
call = "{about}"
wording = "{wording}"
capacity = "body"
signed_on = "2026-11-03"
by = {{organisation = "Body one", actor = "{one}"}}
"""
    page = f'evidence = [{{what = "page", observed = "2026-11-03T10:00:00Z", source = "{source}"}}]\nstatus = "confirmed"\n'
    heard = 'evidence = [{what = "heard", observed = "2026-11-03T10:00:00Z"}]\n'
    assert entered(keeper, "call", "endorse", write(tmp_path / "one.toml", endorsement + page))["withheld"] is None
    other = endorsement.replace("Body one", "Body two").replace(one, two)
    assert "confirmed" in entered(keeper, "call", "endorse", write(tmp_path / "two.toml", other + heard))["withheld"]
    sheet = as_sheet(hashlib.sha256(bytes([number])).digest() for number in range(25))
    (tmp_path / "sheet").write_bytes(sheet)
    tally = f'call = "{about}"\nwording = "{wording}"\nnumber = 1\ncount = 25\ntotal = 25\nclosed = "2026-11-04"\nmethod = "mail"\nsheet = "path:sheet"\n'
    entered(keeper, "call", "enter", "tally", write(tmp_path / "tally.toml", tally))
    with Record.open(folder, withheld=False) as record:
        publish(record, tmp_path / "site", workers=1)
    for place in (folder, tmp_path / "site"):
        counted = keeper.json("call", "count", place)
        (got,) = counted["calls"]
        assert (got["bodies"], got["persons"], got["crowd"]["counted"], got["findings"]) == (1, 0, 25, [])
    name = hashlib.sha256(sheet).hexdigest()
    (tmp_path / "site/file" / name[:2] / name).write_bytes(sheet[:-32])
    shown = keeper("call", "count", tmp_path / "site", code=1)
    assert name in shown and "does not verify" in shown


def test_another_wording_is_refused_after_somebody_has_joined(keeper, tmp_path):
    folder = tmp_path / "record"
    write(tmp_path / "call.txt", "End the war.")
    text = CALL % (actors(folder)[2], "A" * 43 + "=")
    about = entered(keeper, "call", "new", write(tmp_path / "call.toml", text))["receipt"]["about"]
    tally = f'call = "{about}"\nwording = "{"ab" * 32}"\nnumber = 1\ncount = 0\ntotal = 0\nclosed = "2026-11-04"\nmethod = "mail"\n'
    entered(keeper, "call", "enter", "tally", write(tmp_path / "tally.toml", tally))
    write(tmp_path / "call.txt", "Another text.")
    said = keeper("call", "new", write(tmp_path / "again.toml", text + f'corrects = "{about}"\n'), code=2)
    assert "wording cannot change" in said


def test_a_visit_is_withheld_until_its_embargo_and_tells_no_movement(keeper, tmp_path):
    host = actors(tmp_path / "record")[2]
    text = f"""
titles = [{{text = "A sample visit"}}]
hosts = ["{host}"]
purpose = "To see what stands."
window = {{when = "on", start = "2999-10-01"}}
embargo = "2999-10-09"
funding = [{{by = "not disclosed"}}]
"""
    got = entered(keeper, "visit", "plan", write(tmp_path / "visit.toml", text))
    assert "embargo" in got["withheld"]
    with Record.open(tmp_path / "record") as record:
        publish(record, tmp_path / "site", workers=1)
    planted = [p for p in (tmp_path / "site").rglob("*") if p.is_file() and b"sample visit" in p.read_bytes()]
    assert planted == []
    said = keeper("visit", "plan", write(tmp_path / "bad.toml", text.replace("what stands", "it at 14:30")), code=2)
    assert "time of day" in said


def test_parties_have_visible_blanks_and_contradictory_numbers_stand_side_by_side(keeper, tmp_path):
    folder = tmp_path / "record"
    one, two, _ = actors(folder)
    with Record.open(folder) as record:
        source = next(iter(record.index.entries("source"))).about
    text = f'names = [{{text = "A sample forum"}}]\nlevel = "event"\nsources = ["{source}"]\n'
    forum = entered(keeper, "dialogue", "add", write(tmp_path / "forum.toml", text))["receipt"]["about"]
    part = f'gathering = "{forum}"\nwho = {{organisation = "Body one", actor = "{one}"}}\npart = "spoke"\nsource = "{source}"\n'
    entered(keeper, "dialogue", "take-part", write(tmp_path / "part.toml", part))
    with Record.open(folder) as record:
        for number in (800, 1500):
            speaker = Speaker(name=f"Speaker {number}")
            figures = (Figure(counts="participants", number=number, said="about"),)
            body = Statement(
                source=source,
                content=f"{number} came",
                manner="indirect",
                speaker=speaker,
                status="confirmed",
                acts=(forum,),
                figures=figures,
            )
            record.append(Draft(body))
    shown = keeper("dialogue", "parties", forum, "--party", one, "--party", two)
    assert f"spoke: {source}" in shown and shown.count("no source here") == 19
    assert "(contradictory)" in shown and "800" in shown and "1500" in shown


def test_readers_are_counted_and_nothing_of_them_is_written(keeper, tmp_path):
    log = tmp_path / "access.log"
    agent = "Mozilla/5.0 (X11; Planted) Gecko/20100101 Firefox/140.0"
    log.write_text(
        "".join(
            f'192.0.2.123 - - [10/Oct/2026:10:{minute:02}:00 +0000] "GET /en/site/a.html HTTP/1.1" 200 5 "-" "{agent}"\n'
            for minute in range(30)
        ),
        "utf-8",
    )
    got = keeper.json("reach", "count", log, "--month", "2026-10", "--host", "record.example")
    assert got["reach"]["views"] == 30 and got["reach"]["languages"] == [{"name": "en", "number": 30}]
    assert "2026-10-09" in got["reach"]["missing"] and "2026-10-10" not in got["reach"]["missing"]
    for path in (tmp_path / "record").rglob("*"):
        if path.is_file():
            assert b"192.0.2" not in path.read_bytes() and b"Planted" not in path.read_bytes()
    assert "month" in keeper("reach", "count", log, "--month", "October", code=2)
    other = write(tmp_path / "other.log", "no log\n")
    assert str(other) in keeper("reach", "count", other, "--month", "2026-10", code=2)
    (found,) = keeper.json("reach", "mentions", "--address", "https://record.example/")
    assert found["mention"]["how"] == "linked"
