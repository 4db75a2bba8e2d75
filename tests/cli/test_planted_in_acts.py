"""What calls, visits, dialogues and counts of readers must never tell is planted in each of them, and looked for in everything that leaves the keeper's hands."""

import json
import traceback

import pytest
from icalendar import Calendar
from tests.signed_mail import PEM, mail, mbox, zone_file

from vestige.calling import leaf_of, read_signature_receipt
from vestige.cli import main
from vestige.entries import Actor, Draft, Name
from vestige.keeping.acts.crowd import Collector
from vestige.publishing import publish
from vestige.record import Record

dkim = pytest.importorskip("dkim")

GUEST, ADDRESS = "Planted Guest", "planted-guest@mail.example"
NAMES = ("planted name", "planted-signer", "planted words", "planted guest", "planted-guest", "planted visit", "planted purpose",
         "planted participant", "planted-party", "planted-token", "planted-session", "plantedbrowser", "203.0.113.77", "2001:db8:77::1")  # fmt: skip


class Printed:
    """Runs commands and keeps every byte that they print."""

    def __init__(self, capsys):
        self._capsys, self.bytes = capsys, []

    def __call__(self, *arguments, code=0):
        self._capsys.readouterr()
        got = main([str(part) for part in arguments])
        shown = self._capsys.readouterr()
        self.bytes.append((shown.out + shown.err).encode())
        assert got == code, shown
        return shown.out

    def json(self, *arguments):
        return json.loads(self(*arguments, "--json"))


@pytest.fixture
def printed(capsys):
    return Printed(capsys)


@pytest.fixture
def desk(printed, tmp_path, monkeypatch):
    printed("init", tmp_path / "record")
    monkeypatch.chdir(tmp_path / "record")
    (tmp_path / "page.txt").write_text("We met.", "utf-8")
    printed("add", "source", tmp_path / "page.txt", "--title", "Own page")
    with Record.open(tmp_path / "record") as record:
        record.append(Draft(Actor(names=(Name(text="Sample body"),), type="organisation")))
    return tmp_path


def write(path, text):
    path.write_text(text, "utf-8")
    return path


def things(desk, kind):
    with Record.open(desk / "record") as record:
        return next(iter(record.index.entries(kind))).about


def a_call(printed, desk):
    """Take a crowd in, tell and end it, and ask a sample; give the secrets of it as bytes: salts, tags, the key of the tags, the auditor's number."""
    keys = printed.json("call", "auditor", desk / "audit")
    write(desk / "call.txt", "End the war.")
    text = f"""
titles = [{{text = "A sample call"}}]
promoter = "{things(desk, "actor")}"
asks = "that maps be given"
opens = "2026-11-01"
closes = "2026-11-30"
texts = [{{language = "en", file = "path:call.txt"}}]
modes = ["counted"]
keep_until = "2027-06-01"
sealed_to = [{{name = "A sample auditor", key = "{keys["sealed_to"]}"}}]
paid_by = [{{by = "not disclosed"}}]
"""
    call = printed.json("call", "new", write(desk / "call.toml", text))["receipt"]["about"]
    mails = [mail(call, number, text="planted words\r\nCountry: AZ\r\n") for number in range(22)]
    mails += [mail(call, 90, domain="gone.example"), mail(call, 91, date="Tue, 01 Dec 2026 10:00:00 +0000"), mails[0]]
    zone, held = zone_file(desk / "zone.toml"), desk / "held"
    done = printed.json(
        "call", "collect", call, mbox(desk / "box", mails), held, "--keys", zone, "--receipts", desk / "receipts"
    )
    assert done["taken"] == 22
    printed("call", "commit", desk / "audit", call, "--name", "A. Auditor", "--size", 5)
    draw = printed.json("call", "enter", "draw", desk / "audit/draw.json")["receipt"]["entry"]
    number = (desk / "audit/number.txt").read_text("ascii").strip()
    assert number.encode() not in b"".join(printed.bytes)
    printed.json("call", "tally", call, held, "--closing")
    printed("open", draw)
    printed.json("call", "sample", desk / "audit", desk / "record")
    printed.json("call", "openings", call, held, desk / "audit/sample.json", desk / "openings.json")
    printed.json("call", "ask", desk / "audit", desk / "record", desk / "openings.json")
    printed.json("call", "audit", desk / "audit", "--method", "By mail.")
    printed.json("call", "enter", "audit", desk / "audit/audit.json")
    leave = desk / "leave.eml"
    leave.write_bytes(mail(call, 3))
    printed.json("call", "end", call, held, leave, "--keys", zone)
    receipts = sorted((desk / "receipts").glob("*.json"))
    printed.json("call", "count", desk / "record", "--receipt", receipts[0])
    salts = [json.loads(one.read_bytes())["salt"] for one in receipts]
    found = read_signature_receipt(receipts[0].read_bytes(), "receipt")
    assert (
        leaf_of(found.signature, bytes.fromhex(found.salt)).hex()[:16] in receipts[0].name
    )  # the salts are those of the sheet
    with Collector(held, call) as collector:
        tags = [collector.tag(f"planted-signer{number}@mail.example") for number in range(22)]
    return [*salts, *tags]


def a_visit(printed, desk):
    """Plan a visit under embargo, invite a guest by name, draft, and take an answer in that comes from elsewhere, and then her own."""
    text = f"""
titles = [{{text = "Planted visit"}}]
hosts = ["{things(desk, "actor")}"]
purpose = "A planted purpose."
window = {{when = "on", start = "2999-10-01"}}
embargo = "2999-10-09"
funding = [{{by = "not disclosed"}}]
"""
    visit = printed.json("visit", "plan", write(desk / "visit.toml", text))["receipt"]["about"]
    routed = text.replace("A planted purpose.", "A planted purpose by minibus at 14:30.")
    printed("visit", "plan", write(desk / "routed.toml", routed), code=2)
    guest = f'visit = "{visit}"\ninvitee = {{name = "{GUEST}"}}\ncategory = "other"\nchannel = "mail"\nsent = "2026-10-20"\n'
    invitation = printed.json("visit", "invite", write(desk / "guest.toml", guest))["receipt"]["about"]
    printed.json("visit", "draft", invitation, desk / "outbox", "--to", ADDRESS, "--sender", "desk@host.example")
    (file,) = (desk / "outbox").glob("*.ics")
    calendar = Calendar.from_ical(file.read_bytes())
    calendar["method"] = "REPLY"
    for number, sender in enumerate(("planted-guest@post.example", ADDRESS)):
        body = calendar.to_ical().decode().replace("PARTSTAT=NEEDS-ACTION", "PARTSTAT=ACCEPTED")
        message = (
            f"From: {sender}\r\nTo: desk@host.example\r\nSubject: Re\r\nDate: Sun, 0{number + 1} Nov 2026 10:00:00 +0000\r\n"
            f"Message-ID: <{number}@a>\r\nMIME-Version: 1.0\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n{body}"
        ).encode()
        heads = [b"from", b"to", b"subject", b"date", b"message-id"]
        signature = dkim.sign(message, b"s1", sender.partition("@")[2].encode(), PEM, include_headers=heads)
        (desk / "reply.eml").write_bytes(signature + message)
        answered = printed.json("visit", "answer", desk / "reply.eml", desk / "outbox", "--keys", desk / "zone.toml")
        assert answered["answer"] == ("pending", "accepted")[number]


def a_dialogue(printed, desk):
    """Enter a gathering, and a participant whom nobody has confirmed."""
    source = things(desk, "source")
    text = f'names = [{{text = "A sample forum"}}]\nlevel = "event"\nsources = ["{source}"]\n'
    forum = printed.json("dialogue", "add", write(desk / "forum.toml", text))["receipt"]["about"]
    part = f'gathering = "{forum}"\nwho = {{name = "Planted Participant", organisation = "planted-party"}}\npart = "spoke"\nsource = "{source}"\nstatus = "candidate"\n'
    assert printed.json("dialogue", "take-part", write(desk / "part.toml", part))["withheld"]
    printed.json("dialogue", "parties", forum, "--party", things(desk, "actor"))


def a_count(printed, desk):
    """Count readers with addresses, agents and what addresses of pages may carry."""
    lines = [
        f'{address} - planted-session [10/Oct/2026:10:{minute:02}:00 +0000] "GET /en/site/a.html?key=planted-session HTTP/1.1" 200 5 '
        f'"https://mail.example/read?token=planted-token" "Mozilla/5.0 (X11; PlantedBrowser) Gecko/20100101 Firefox/140.0"\n'
        for address in ("203.0.113.77", "2001:db8:77::1")
        for minute in range(30)
    ]
    log = write(desk / "access.log", "".join(lines))
    assert printed.json("reach", "count", log, "--month", "2026-10")["reach"]["views"] == 60
    printed("reach", "count", log, "--month", "October", code=2)


def public_files(desk):
    """Give every file that leaves the keeper's hands: the site, and of the record all that is not withheld and not the keeper's own index or key."""
    own = {"index.sqlite", "index.sqlite-wal", "index.sqlite-shm"}
    for path in [*(desk / "site").rglob("*"), *(desk / "record").rglob("*")]:
        inside = path.relative_to(desk).parts
        if path.is_file() and "withheld" not in inside and path.name not in own and "keys" not in inside:
            yield path


def test_nothing_planted_leaves_the_keepers_hands(printed, desk, caplog):
    caplog.set_level(0)
    secrets = a_call(printed, desk)
    a_visit(printed, desk)
    a_dialogue(printed, desk)
    a_count(printed, desk)
    with Record.open(desk / "record") as record:
        publish(record, desk / "site", workers=1)
    printed.json("call", "count", desk / "site")
    sought = [*NAMES, *secrets]
    raw = [bytes.fromhex(one) for one in secrets]
    places = {str(path.relative_to(desk)): path.read_bytes() for path in public_files(desk)}
    places |= {"printed": b"\n".join(printed.bytes), "logged": caplog.text.encode()}
    assert {"site/manifest", "record/ledger/checkpoint"} <= places.keys()
    found = [(place, one) for place, data in places.items() for one in sought if one.encode() in data.lower()]
    assert found == [] and not any(one in data for data in places.values() for one in raw)
    withheld = b"".join(
        path.read_bytes() for path in (desk / "record").rglob("*") if "withheld" in path.parts and path.is_file()
    )
    assert b"Planted Guest" in withheld  # the search would find what is there
    collection = b"".join(path.read_bytes() for path in (desk / "held").iterdir())
    assert not any(one.encode() in collection.lower() for one in NAMES)
    call = printed.json("list", "call")[0]["about"]
    for hasty in ((), ("--early",)):
        printed("call", "destroy", call, desk / "held", *hasty, code=2)
    assert (desk / "held/crowd.sqlite").exists(), "it was too early, and nobody was there to say yes"
    printed("call", "destroy", call, desk / "held", "--early", "--yes")
    assert not (desk / "held").exists()


@pytest.mark.parametrize("place", ["_sign", "_join"])
def test_a_crash_while_a_mailbox_is_taken_in_tells_nobody(printed, desk, monkeypatch, place):
    from vestige.keeping.acts.crowd import _collect

    def broken(*_):
        raise RuntimeError("the disk broke")

    monkeypatch.setattr(_collect._Taking, place, broken)
    with pytest.raises(RuntimeError) as crash:
        a_call(printed, desk)
    said = "".join(traceback.format_exception(crash.value)) + b"".join(printed.bytes).decode()
    assert "the disk broke" in said and not any(one in said.lower() for one in NAMES)
    assert not any(one.encode() in path.read_bytes().lower() for one in NAMES for path in (desk / "held").iterdir())
