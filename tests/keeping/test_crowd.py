"""A crowd from a mailbox to sheets and tables, as its keeper takes it in and a stranger counts it again."""

import base64
import datetime as dt
import stat

import dkim
import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from tests.signed_mail import PEM, ZONE, mail, mbox

from vestige.calling import read_sheet, unsealed
from vestige.entries import Actor, Draft, Name
from vestige.entries.acts import Call, Funding, SealKey, Wording
from vestige.errors import InputError
from vestige.keeping.acts import count_call
from vestige.keeping.acts.crowd import (
    Collector,
    collect,
    destroy_collection,
    domain_keys,
    end_signatures,
    overdue_collections,
    plan_destruction,
    tally,
)
from vestige.mail import LARGEST_MAILBOX, MailError, messages_in
from vestige.publishing import publish

AUDITOR = X25519PrivateKey.generate()
DAY = dt.date(2026, 11, 4)


@pytest.fixture
def call(record):
    promoter = record.append(Draft(Actor(names=(Name(text="Sample body"),), type="organisation")))[0].about
    public = base64.b64encode(AUDITOR.public_key().public_bytes_raw()).decode()
    body = Call(
        titles=(Name(text="A sample call"),), promoter=promoter, asks="that maps of mines be given", opens="2026-11-01",
        closes="2026-11-30", texts=(Wording(language="en", file=record.add_file(b"End the war.")),), modes=("counted",),
        keep_until="2027-06-01", sealed_to=(SealKey(name="Sample auditor", key=public),), paid_by=(Funding(by="not disclosed"),),
    )  # fmt: skip
    return record.append(Draft(body))[0].about


def take(record, call, mailbox, folder, **options):
    with Collector(folder, call) as held:
        return collect(record, call, mailbox, held, ZONE.get, **options)


def told(record, call, folder, **options):
    with Collector(folder, call) as held:
        return tally(record, call, held, **{"today": DAY, **options})


@pytest.mark.parametrize("shape", ["mbox", "maildir", "eml"])
def test_a_mailbox_of_any_shape_becomes_a_sheet_that_a_stranger_counts_again(record, call, tmp_path, shape):
    mails = [mail(call, number, text="From here, I join.\r\nCountry: az\r\n") for number in range(25)]
    box = tmp_path / "box"
    if shape == "mbox":
        mbox(box, mails)
    else:
        inner = box / "new" if shape == "maildir" else box
        inner.mkdir(parents=True)
        for number, one in enumerate(mails):
            (inner / f"{number}.eml").write_bytes(one)
    got = take(record, call, box, tmp_path / "held")
    assert (got.messages, got.taken, got.refused, got.faults) == (25, 25, {}, ())
    made = told(record, call, tmp_path / "held").tally
    assert (made.number, made.count, made.total, made.closed) == (1, 25, 25, "2026-11-04")
    assert [(cell.name, cell.number) for cell in made.countries] == [("AZ", 25)]
    assert [(cell.name, cell.number) for cell in made.domains] == [("mail.example", 25)]
    publish(record, tmp_path / "site", workers=1)
    (counted,) = count_call(str(tmp_path / "site")).calls
    assert (counted.crowd.standing, counted.findings, counted.unchanged) == (25, (), True)


def test_what_does_not_count_is_told_by_file_and_number_without_an_address(record, call, tmp_path):
    good = mail(call, 1)
    box = mbox(
        tmp_path / "box",
        [
            good,
            mail(call, 2, domain="gone.example"),
            mail(call, 3, date="Tue, 01 Dec 2026 10:00:00 +0000"),
            mail("call:other", 4),
            mail(call, 5, heads="Auto-Submitted: auto-replied\r\n"),
            good.replace(b"<1@", b"<6@"),
            mail(call, 7).replace(b"planted-signer7@", b"planted-signer8@"),
            good,
            mail(call, 9).replace(b"I join.", b"I object."),
        ],
    )
    got = take(record, call, box, tmp_path / "held")
    assert (got.taken, got.others, got.again) == (1, 1, 1)
    assert got.refused == {"unsigned_mail": 4, "late": 1, "unconfirmed": 1}
    said = "\n".join(got.faults)
    assert "message 2: its key is gone: no record at s1._domainkey.gone.example" in said
    assert "planted" not in said and all("\n" not in line for line in got.faults)
    repeated = take(record, call, box, tmp_path / "held")
    assert (repeated.taken, repeated.refused) == (0, {}) and repeated.again == 8


def test_a_mailbox_joins_once_however_it_is_spelled(record, call, tmp_path):
    def spelled(address, number):
        message = mail(call, number).partition(b"From: ")[2].replace(b"planted-signer%d@" % number, address)
        return dkim.sign(b"From: " + message, b"s1", b"mail.example", PEM, include_headers=[b"from", b"to", b"subject", b"date", b"message-id"]) + b"From: " + message  # fmt: skip

    mails = [spelled(text, number) for number, text in enumerate((b"one@", b"One+sample@", b"ONE@", b"two@"))]
    got = take(record, call, mbox(tmp_path / "box", mails), tmp_path / "held")
    assert (got.taken, got.refused) == (2, {"duplicate": 2})


def test_fewer_than_k_wait_and_the_closing_tally_may_hold_them(record, call, tmp_path):
    take(record, call, mbox(tmp_path / "box", [mail(call, number) for number in range(19)]), tmp_path / "held")
    assert told(record, call, tmp_path / "held").receipt is None
    made = told(record, call, tmp_path / "held", closing=True).tally
    assert (made.count, made.closing, made.countries, made.domains) == (19, True, (), ())
    with pytest.raises(InputError, match="closing tally of this call was entered before"):
        told(record, call, tmp_path / "held", today=DAY + dt.timedelta(1))


def test_a_closing_sheet_of_one_is_published_and_counted_again(record, call, tmp_path):
    take(record, call, mbox(tmp_path / "box", [mail(call, 1)]), tmp_path / "held")
    told(record, call, tmp_path / "held", closing=True)
    publish(record, tmp_path / "site", workers=1)
    (counted,) = count_call(str(tmp_path / "site")).calls
    assert (counted.crowd.standing, counted.findings) == (1, ())


def test_endings_are_told_in_batches_of_k_and_a_second_tally_waits_for_another_day(record, call, tmp_path):
    folder = tmp_path / "held"
    box = mbox(tmp_path / "box", [mail(call, number) for number in range(60)])
    receipts = [
        tmp_path / "out" / one.rpartition("/")[2]
        for one in take(record, call, box, folder, receipts=tmp_path / "out").receipts
    ]
    assert all(stat.S_IMODE(one.stat().st_mode) == 0o600 for one in (*receipts, folder / "crowd.sqlite"))
    told(record, call, folder)
    with pytest.raises(InputError, match="at most one tally a day"):
        told(record, call, folder)
    leave = tmp_path / "leave.eml"
    leave.write_bytes(mail(call, 0))
    with Collector(folder, call) as held:
        assert end_signatures(held, call, [*receipts[1:20], leave], ZONE.get) == (20, 0)
        assert end_signatures(held, call, receipts[1:3], ZONE.get) == (0, 2)
        assert end_signatures(held, call, receipts[30:35], ZONE.get, "forged") == (5, 0)
    later = told(record, call, folder, today=DAY + dt.timedelta(1))
    assert (later.tally.ended, [one.why for one in later.tally.endings], later.endings_waiting) == (20, ["asked"], 5)
    counts = count_call(str(record.path), receipts=[receipts[1], receipts[40]])
    assert (counts.calls[0].crowd.standing, counts.calls[0].findings) == (40, ())
    assert [(one.counted, one.what) for one in counts.receipts] == [(True, "in sheet 1, and ended: asked"), (True, "in sheet 1")]  # fmt: skip
    strange = tmp_path / "strange.json"
    strange.write_bytes(msgspec.json.encode({**msgspec.json.decode(receipts[40].read_bytes()), "salt": "00" * 32}))
    assert not count_call(str(record.path), receipts=[strange]).receipts[0].counted


def test_an_opening_is_for_the_auditor_and_nothing_planted_is_in_record_or_collection(record, call, tmp_path):
    folder = tmp_path / "held"
    take(record, call, mbox(tmp_path / "box", [mail(call, number) for number in range(25)]), folder)
    made = told(record, call, folder).tally
    with record.files.open(made.sheet) as file:
        leaf = read_sheet(file.read(), "sheet")[0].tobytes()
    with Collector(folder, call) as held:
        ((holder, data),) = held.sealed(leaf)
    opening = unsealed(data, call, AUDITOR, leaf)
    assert (
        holder == "Sample auditor" and opening.mailbox.startswith("planted-signer") and opening.signature.call == call
    )
    publish(record, tmp_path / "site", workers=1)
    for place in (record.path, tmp_path / "site", folder):
        for file in place.rglob("*"):
            if file.is_file():
                assert b"planted" not in file.read_bytes().lower(), file
                assert (
                    opening.salt.encode() not in file.read_bytes()
                    and bytes.fromhex(opening.salt) not in file.read_bytes()
                )


def test_a_mailbox_that_is_too_large_or_none_gets_one_line_before_anything_is_read(record, call, tmp_path):
    large = tmp_path / "large.mbox"
    with large.open("wb") as file:
        file.truncate(2 << 30)
    with pytest.raises(MailError, match=f"at most {LARGEST_MAILBOX >> 20} MB, got 2048 MB") as refused:
        take(record, call, large, tmp_path / "held")
    assert "\n" not in str(refused.value)
    for path, says in ((tmp_path / "none", "got nothing"), (tmp_path / "folder", "folder with neither")):
        if "folder" in path.name:
            path.mkdir()
            (path / "notes.txt").write_text("no mail")
        with pytest.raises(MailError, match=says):
            take(record, call, path, tmp_path / "held")


def test_one_message_longer_than_any_mail_is_passed_over_and_the_rest_is_read(tmp_path):
    box = tmp_path / "box"
    with box.open("wb") as file:
        file.write(b"From a\nSubject: long\n\n")
        file.seek(26 << 20, 1)
        file.write(b"\n\nFrom b\nSubject: short\n\nhere\n")
    first, second = messages_in(box)
    assert first.fault and first.data == b"" and second.fault is None and b"here" in second.data


def test_a_collection_of_another_call_and_one_that_lost_signatures_are_refused(record, call, tmp_path):
    Collector(tmp_path / "held", "call:other").__exit__()
    with pytest.raises(InputError, match=r"got that of call:other"):
        Collector(tmp_path / "held", call)
    take(record, call, mbox(tmp_path / "box", [mail(call, number) for number in range(20)]), tmp_path / "one")
    told(record, call, tmp_path / "one")
    with pytest.raises(InputError, match="expected the collection that knows the 20 signatures"):
        told(record, call, tmp_path / "two", today=DAY + dt.timedelta(1))


def test_kept_answers_stand_for_the_domain_name_system(tmp_path):
    kept = tmp_path / "keys.toml"
    kept.write_text('"s1._domainkey.mail.example" = "v=DKIM1; p="\n', "utf-8")
    answers = domain_keys(kept)
    assert answers("S1._domainkey.mail.example.") == b"v=DKIM1; p=" and answers("s1._domainkey.gone.example") is None
    kept.write_text("a = 1", "utf-8")
    with pytest.raises(InputError, match="quotation marks"):
        domain_keys(kept)


END = dt.date(2027, 6, 1)


def test_a_destroyed_collection_leaves_nothing_of_its_signers_in_any_file(record, call, tmp_path):
    folder = tmp_path / "held"
    take(record, call, mbox(tmp_path / "box", [mail(call, number) for number in range(25)]), folder)
    (tmp_path / "box").unlink()
    told(record, call, folder, closing=True)
    with Collector(folder, call) as held:
        tags = [held.tag(f"planted-signer{number}@mail.example") for number in range(25)]
        assert None not in map(held.leaf_of, tags), "the tags are those of the signers"
        sealed = [data for tag in tags for _, data in held.sealed(held.leaf_of(tag))]
    publish(record, tmp_path / "site", workers=1)
    assert list(overdue_collections(record, END)) == []
    assert [late.call for late in overdue_collections(record, END + dt.timedelta(1))] == [call]
    with pytest.raises(InputError, match="keep_until, 2027-06-01, or a later one, got 2027-05-31") as early:
        plan_destruction(record, call, folder, today=END - dt.timedelta(1))
    assert "--early" in early.value.hint
    (folder / "notes.txt").write_text("mine")
    plan = plan_destruction(record, call, folder, today=END)
    assert (plan.held.signatures, plan.held.openings, plan.held.waiting) == (25, 25, 0)
    assert (plan.tallies, plan.audits, plan.closed, plan.beside) == (1, 0, True, ("notes.txt",))
    destroy_collection(record, plan, today=END)
    assert list(overdue_collections(record, END + dt.timedelta(1))) == []
    publish(record, tmp_path / "site", workers=1)
    assert sorted(path.name for path in folder.iterdir()) == ["notes.txt"], "what is not the collection's stays"
    gone = [b"planted", *sealed, *(tag.encode() for tag in tags), *(bytes.fromhex(tag) for tag in tags)]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            data = file.read_bytes()
            assert not any(one in data for one in gone), file
    (counted,) = count_call(str(tmp_path / "site")).calls
    assert (counted.crowd.standing, counted.findings, counted.unchanged) == (25, (), True), "the tally stays"
    page = next((tmp_path / "site").rglob(f"call/{call.partition(':')[2]}.html")).read_text("utf-8")
    assert "was destroyed, by the keeper's word, on" in page.replace("&#39;", "'") and "1 June 2027" in page
    with pytest.raises(InputError, match="was destroyed on 2027-06-01"):
        take(record, call, tmp_path / "box", folder)


def test_destroying_tells_what_is_lost_and_needs_a_collection_that_nobody_uses(record, call, tmp_path):
    folder = tmp_path / "held"
    with pytest.raises(InputError, match="expected the folder of a collection, got none"):
        plan_destruction(record, call, folder, today=END)
    assert not folder.exists()
    take(record, call, mbox(tmp_path / "box", [mail(call, number) for number in range(25)]), folder)
    plan = plan_destruction(record, call, folder, early=True, today=DAY)
    assert (plan.held.waiting, plan.tallies, plan.closed) == (25, 0, False)
    with (
        Collector(folder, call) as other,
        other.all_or_none(),
        pytest.raises(InputError, match="cannot be destroyed now"),
    ):
        destroy_collection(record, plan, today=DAY)
    assert plan_destruction(record, call, folder, early=True, today=DAY) == plan, "all of it is still there"
    destroy_collection(record, plan, today=DAY)
    assert not folder.exists()
    assert record.index.current(call).body.collection_destroyed == "2026-11-04"
