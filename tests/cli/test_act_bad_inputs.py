"""``vestige call``, ``visit``, ``dialogue`` and ``reach`` given what is none: one clear line, exit code 2, and nothing entered. `Console` holds the line."""

import gzip
import json

import pytest
from icalendar import Calendar
from tests.signed_mail import mail, mbox, zone_file

from vestige.calling import as_sheet
from vestige.entries import Actor, Draft, Name
from vestige.errors import InputError
from vestige.keeping.appeals import find_appeal
from vestige.mail import LARGEST_MAILBOX
from vestige.record import Record

CALL = """
titles = [{{text = "A sample call"}}]
promoter = "{promoter}"
asks = "that maps of mines be given"
opens = "2026-11-01"
texts = [{{language = "en", file = "path:call.txt"}}]
modes = ["bodies", "counted"]
keep_until = "2027-06-01"
sealed_to = [{{name = "A sample auditor", key = "{key}"}}]
paid_by = [{{by = "not disclosed"}}]
"""
TALLY = """
call = "{call}"
wording = "{wording}"
number = 1
count = {count}
total = {count}
closed = "2026-11-04"
method = "mail"
sheet = "path:sheet"
"""
VISIT = """
titles = [{{text = "A sample visit"}}]
hosts = ["{promoter}"]
purpose = "To see what stands."
window = {{when = "on", start = "2999-10-01"}}
embargo = "2999-10-09"
funding = [{{by = "not disclosed"}}]
"""
INVITATION = 'visit = "{visit}"\ninvitee = {{name = "Sample guest"}}\ncategory = "other"\nchannel = "mail"\nsent = "2999-09-01"\n'
KEY = "pNVLZVQ4QvmVkVvFWqPRJxHpTBqkJMcPxVNBMJBGCGY="
ROWS = [bytes([number]) * 32 for number in range(1, 26)]


class Desk:
    """A keeper's record with a call, and the files beside it."""

    def __init__(self, run, here):
        self.run, self.here = run, here
        with Record.open(here / "record") as record:
            names = Name(text="Sample body")
            self.promoter = record.append(Draft(Actor(names=(names,), type="organisation")))[0].about
        (here / "call.txt").write_text("End the war.", "utf-8")
        self.call = self.entered("call", "new", self.toml("call", CALL, key=KEY))
        with Record.open(here / "record") as record:
            self.wording = record.index.current(self.call).body.wording()
        self.zone = zone_file(here / "zone.toml")

    def toml(self, name, text, **values):
        path = self.here / f"{name}.toml"
        path.write_text(text.format(**{"promoter": self.promoter, **values}), "utf-8")
        return path

    def entered(self, *arguments):
        return self.run.json(*arguments)["receipt"]["about"]

    def size(self):
        with Record.open(self.here / "record") as record:
            return record.checkpoint.size

    def refused(self, *arguments, says):
        """Run a command that must refuse in one line, and enter nothing."""
        before = self.size()
        line = self.run(*arguments, code=2)
        assert says in line, line
        assert self.size() == before
        return line


@pytest.fixture
def desk(run, tmp_path, monkeypatch):
    run("init", tmp_path / "record")
    monkeypatch.chdir(tmp_path / "record")
    return Desk(run, tmp_path)


@pytest.mark.parametrize(
    ("sheet", "count", "says"),
    [
        (b"".join([ROWS[1], ROWS[0], *ROWS[2:]]), 25, "row 2 is not above the one before it: the sheet is not ascending"),
        (b"".join([ROWS[0], *ROWS]), 26, "row 2 repeats the commitment before it"),
        (b"".join(ROWS)[:-5], 25, "cut short"),
        (b"".join(ROWS), 24, "expected 24 commitments, the file holds 25"),
        (b"", 0, "expected a sheet exactly where"),
    ],
    ids=["not ascending", "doubled", "cut short", "another count", "empty"],
)  # fmt: skip
def test_a_sheet_that_is_none_is_refused_with_its_row(desk, sheet, count, says):
    (desk.here / "sheet").write_bytes(sheet)
    tally = desk.toml("tally", TALLY, call=desk.call, wording=desk.wording, count=count)
    line = desk.refused("call", "enter", "tally", tally, says=says)
    assert "tally.toml" in line or not sheet
    (desk.here / "sheet").write_bytes(as_sheet(ROWS))
    desk.entered("call", "enter", "tally", desk.toml("tally", TALLY, call=desk.call, wording=desk.wording, count=25))


def test_calls_and_their_parts_that_are_none_are_refused(desk):
    good = CALL.format(promoter=desk.promoter, key=KEY)
    for text, says in (
        (good.replace("path:call.txt", "path:gone.txt"), "gone.txt"),
        (good.replace('opens = "2026-11-01"', 'opens = "soon"'), "opens"),
        (good.replace(KEY, "short"), "sealed_to"),
        (good.replace("keep_until", "kept_until"), "kept_until"),
        (good.replace('paid_by = [{by = "not disclosed"}]', ""), "who pays"),
        ("titles = [", "expected TOML"),
    ):
        (desk.here / "bad.toml").write_text(text, "utf-8")
        desk.refused("call", "new", desk.here / "bad.toml", says=says)
    desk.refused("call", "new", desk.here / "nowhere.toml", says="got none")
    desk.refused("call", "enter", "opinion", desk.here / "bad.toml", says="tally, draw or audit")
    endorsement = f'call = "{desk.call}"\nwording = "{desk.wording}"\ncapacity = "body"\nsigned_on = "2026-11-03"\nby = {{name = "One"}}\nstatus = "confirmed"\n'
    heard = 'evidence = [{what = "heard", observed = "2026-11-03T10:00:00Z"}]\n'
    (desk.here / "bad.toml").write_text(endorsement + heard, "utf-8")
    desk.refused("call", "endorse", desk.here / "bad.toml", says="only what was heard")


def test_a_mailbox_of_2_gigabytes_is_refused_before_anything_is_read(desk):
    large = desk.here / "large.mbox"
    with large.open("wb") as file:
        file.truncate(2 << 30)
    says = f"at most {LARGEST_MAILBOX >> 20} MB, got 2048 MB"
    desk.refused("call", "collect", desk.call, large, desk.here / "held", "--keys", desk.zone, says=says)


def test_what_is_no_mailbox_no_collection_and_no_key_file_is_refused(desk):
    box = mbox(desk.here / "box", [mail(desk.call, number) for number in range(3)])
    (desk.here / "folder").mkdir()
    (desk.here / "folder/notes.txt").write_text("no mail", "utf-8")
    (desk.here / "keys.toml").write_text("a = 1", "utf-8")
    (desk.here / "file").write_text("no folder", "utf-8")
    held = desk.here / "held"
    for mailbox, collection, keys, says in (
        (desk.here / "nowhere", held, desk.zone, "got nothing"),
        (desk.here / "folder", held, desk.zone, "neither"),
        (box, held, desk.here / "keys.toml", "quotation marks"),
        (box, held, desk.here / "nowhere.toml", "nowhere.toml"),
        (box, desk.here / "file", desk.zone, "folder of a collection"),
    ):
        desk.refused("call", "collect", desk.call, mailbox, collection, "--keys", keys, says=says)
    desk.refused(
        "call", "collect", "call:aaaaaaaaaaaaaaaa", box, held, "--keys", desk.zone, says="call:aaaaaaaaaaaaaaaa"
    )
    desk.refused(
        "call",
        "collect",
        desk.promoter,
        box,
        held,
        "--keys",
        desk.zone,
        says="expected a call",
    )
    desk.run("call", "collect", desk.call, box, held, "--keys", desk.zone)
    other = desk.entered("call", "new", desk.toml("other", CALL.replace("sample call", "other call"), key=KEY))
    desk.refused("call", "tally", other, held, says=f"got that of {desk.call}")


def test_a_key_that_is_gone_is_named_and_nobody_joins_or_leaves_by_it(desk):
    box = mbox(desk.here / "box", [mail(desk.call, 1, domain="gone.example"), mail(desk.call, 2)])
    told = desk.run("call", "collect", desk.call, box, desk.here / "held", "--keys", desk.zone)
    gone = "its key is gone: no record at s1._domainkey.gone.example"
    assert [line for line in told.splitlines() if gone in line] and "taken in: 1 of 2" in told
    leave = desk.here / "leave.eml"
    leave.write_bytes(mail(desk.call, 1, domain="gone.example"))
    desk.refused("call", "end", desk.call, desk.here / "held", leave, "--keys", desk.zone, says=gone)
    leave.write_bytes(mail(desk.call, 9))
    desk.refused(
        "call", "end", desk.call, desk.here / "held", leave, "--keys", desk.zone, says="has not joined this call"
    )
    leave.write_bytes(mail("call:aaaaaaaaaaaaaaaa", 2))
    desk.refused("call", "end", desk.call, desk.here / "held", leave, "--keys", desk.zone, says="in its subject")
    receipt = desk.here / "receipt.json"
    receipt.write_text(
        json.dumps({"salt": "00" * 32, "signature": {"call": "call:a", "wording": "w", "confirmed": "d"}}), "utf-8"
    )
    desk.refused("call", "end", desk.call, desk.here / "held", receipt, says="got one of call:a")


def test_what_cannot_be_counted_is_said_in_one_line(desk):
    desk.refused("call", "count", desk.here / "nowhere", says="nowhere")
    desk.refused("call", "count", desk.here / "record", "--call", "call:aaaaaaaaaaaaaaaa", says="got none")
    note = desk.here / "note"
    note.write_text("no receipt", "utf-8")
    desk.refused("call", "count", desk.here / "record", "--receipt", note, says="expected the receipt of a signature")
    desk.refused("call", "count", desk.here / "record", "--since", desk.here / "gone", says="cannot be read")
    desk.refused("call", "count", desk.here / "record", "--since", note, says=f"{note}: not a checkpoint")


def test_messages_set_the_article_that_a_word_asks_for(desk):
    with Record.open(desk.here / "record") as record:
        for about, says in ((desk.promoter, "got an actor"), (desk.call, "got a call")):
            with pytest.raises(InputError, match=says):
                find_appeal(record, about)


@pytest.fixture
def asked(desk):
    """Two invitations by mail to two visits, each drafted into an outbox of its own; give the files of both."""
    drafted = []
    for number in (1, 2):
        visit = desk.entered(
            "visit", "plan", desk.toml(f"visit{number}", VISIT.replace("A sample visit", f"Visit {number}"))
        )
        invitation = desk.entered("visit", "invite", desk.toml(f"guest{number}", INVITATION, visit=visit))
        outbox = desk.here / f"outbox{number}"
        desk.run("visit", "draft", invitation, outbox, "--to", "guest@mail.example", "--sender", "desk@host.example")
        drafted.append(outbox)
    return drafted


def test_an_answer_to_another_visit_and_what_is_no_answer_are_refused(desk, asked):
    (one,) = asked[0].glob("*.ics")
    calendar = Calendar.from_ical(one.read_bytes())
    calendar["method"] = "REPLY"
    reply = desk.here / "reply.ics"
    reply.write_bytes(calendar.to_ical())
    desk.refused(
        "visit", "answer", reply, asked[1], "--keys", desk.zone, says="invitation of this outbox, got one to another"
    )
    for text, says in (
        (one.read_text("utf-8"), "expected METHOD:REPLY"),
        ("BEGIN:VCALENDAR\r\nEND:VEVENT\r\n", "got 0"),
        (reply.read_text("utf-8").replace("BEGIN:VEVENT", "BEGIN:VTODO").replace("END:VEVENT", "END:VTODO"), "got 0"),
        ("no answer at all", "calendar"),
    ):
        reply.write_text(text, "utf-8")
        desk.refused("visit", "answer", reply, asked[0], "--keys", desk.zone, says=says)
    desk.refused("visit", "answer", desk.here / "nowhere.eml", asked[0], "--keys", desk.zone, says="nowhere.eml")
    desk.refused(
        "visit",
        "draft",
        desk.call,
        asked[0],
        "--to",
        "a@b.example",
        "--sender",
        "c@d.example",
        says="expected an invitation",
    )


def test_visits_and_dialogues_that_are_none_are_refused(desk):
    good = VISIT.format(promoter=desk.promoter)
    for text, says in (
        (good.replace("what stands", "it at 14:30"), "time of day"),
        (good.replace('when = "on"', 'when = "later"'), "window"),
        (good.replace("2999-10-09", "2999-09-30"), "embargo"),
        (good + 'route = "north"\n', "route"),
    ):
        (desk.here / "bad.toml").write_text(text, "utf-8")
        desk.refused("visit", "plan", desk.here / "bad.toml", says=says)
    (desk.here / "bad.toml").write_text('names = [{text = "Forum"}]\nlevel = "party"\nsources = ["x"]\n', "utf-8")
    desk.refused("dialogue", "add", desk.here / "bad.toml", says="level")
    (desk.here / "bad.toml").write_text(
        'gathering = "@nothing"\nwho = {name = "A"}\npart = "spoke"\nsource = "@nothing"\n', "utf-8"
    )
    desk.refused("dialogue", "take-part", desk.here / "bad.toml", says="nothing")
    (desk.here / "bad.toml").write_text("statement = 4\n", "utf-8")
    desk.refused("dialogue", "undertake", desk.here / "bad.toml", says="expected")
    desk.refused("dialogue", "state", desk.call, says="expected an undertaking, got a call")
    desk.refused("dialogue", "parties", desk.call, says="expected a gathering")


def test_logs_that_are_none_are_refused_by_name(desk):
    line = b'192.0.2.1 - - [10/Oct/2026:10:00:00 +0000] "GET /en/a.html HTTP/1.1" 200 5 "-" "Mozilla/5.0"\n'
    whole = gzip.compress(line * 2000)
    for name, data, says in (
        ("other.log", b"2026-10-10 something else entirely\n" * 50, "other.log: expected a log in the format"),
        ("empty.log", b"", "empty.log"),
        ("picture.log", bytes(range(256)) * 40, "picture.log"),
        ("cut.log.gz", whole[: len(whole) // 2], "cut.log.gz"),
        ("false.log.gz", b"no gzip", "false.log.gz"),
    ):
        log = desk.here / name
        log.write_bytes(data)
        desk.refused("reach", "count", log, "--month", "2026-10", says=says)
    good = desk.here / "good.log"
    good.write_bytes(line)
    desk.refused("reach", "count", desk.here / "nowhere.log", "--month", "2026-10", says="nowhere.log")
    desk.refused("reach", "count", good, "--month", "2026-13", says="expected a month")
    (desk.here / "false.mmdb").write_bytes(b"no database")
    desk.refused(
        "reach",
        "count",
        good,
        "--month",
        "2026-10",
        "--countries",
        desk.here / "false.mmdb",
        "--licence",
        "L",
        says="false.mmdb",
    )
