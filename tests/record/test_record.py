import os
import sqlite3
import stat
import subprocess
import sys

import msgspec
import pytest

from tests.preserved import place_of
from tests.record.conftest import site
from vestige.entries import (
    DateWindow,
    Draft,
    InvalidBodyError,
    Key,
    Location,
    Name,
    Observation,
    Place,
    Policy,
    Site,
    Source,
    Speaker,
    Statement,
    Withdrawal,
    public_location,
)
from vestige.errors import EnvironmentFault, VestigeError
from vestige.record import (
    KeyFileError,
    LockHeldError,
    Record,
    RecordError,
    make_key,
    public_text,
    rebuild_index,
    verify_record,
)
from vestige.record._lock import writer_lock


def answers(record):
    """Everything that the index can say, for comparing two indexes."""
    index = record.index
    return (
        list(index.entries()),
        list(index.entries("site", current=True)),
        index.counts(),
        index.search("site"),
        index.search("վայր 1"),
        index.within(-180, -90, 180, 90),
        index.by_identifier("test", "3"),
        index.findings(),
        [index.history(entry.about) for entry in index.entries()],
        [index.cited_by(entry.hash) for entry in index.entries()],
        [index.of_site(entry.about, kind) for entry in index.entries("site") for kind in ("statement", "assessment")],
    )


def test_things_and_stretches_are_looked_up_together(full):
    index = full.index
    everything = list(index.entries())
    assert index.span(0, len(everything)) == everything
    assert index.span(3, 9) == everything[3:9]
    sites = [entry.about for entry in index.entries("site")]
    kinds = ("assessment", "statement", "observation")
    linked = {site for site in sites if any(index.of_site(site, kind) for kind in kinds)}
    assert linked <= index.named_among(sites) < set(sites)
    assert index.named_among([]) == frozenset()


def test_what_is_entered_is_found_again(full):
    index = full.index
    assert [e.body.names[0].text for e in index.search("SITE 19")] == ["Site 19"]
    assert [e.body.names[0].text for e in index.search("վայր 7")] == ["Site 7"]
    assert index.search("nothing left")[0].kind == "statement"
    assert index.search("Site 5") == []
    assert [e.body.names[0].text for e in index.within(-180, -90, -178, -88)] == ["Site 0", "Site 1"]
    assert len(index.within(179, -90, -178, 90)) == len(index.within(-180, -90, -178, 90))
    assert [f.state for f in index.findings()] == ["contested"]
    assert index.counts() == {"assessment": 2, "policy": 1, "site": 19, "source": 1, "statement": 1, "withdrawal": 1}


def test_the_index_is_rebuilt_to_the_same_answers(full):
    before = answers(full)
    full.close()
    assert rebuild_index(full.path) == full.checkpoint.size
    with Record.open(full.path) as again:
        assert answers(again) == before
    for path in full.path.glob("index.sqlite*"):
        path.unlink()
    with Record.open(full.path) as again:
        assert answers(again) == before


def test_the_public_view_gives_no_withheld_body(full):
    withheld = [e for e in full.index.entries() if e.envelope.visibility == "withheld"]
    assert [e.body for e in withheld] == [None]
    with Record.open(full.path, withheld=True) as keeper:
        assert keeper.index.entry(withheld[0].hash).body.content == "nothing was left"


def test_a_sensitive_site_is_public_only_by_its_cell(record):
    exact = Location(latitude=39.76123, longitude=46.74987)
    body = Site(names=(Name(text="A cave"),), location=exact, sensitivity="sensitive", address="behind the mill")
    (receipt,) = record.append(Draft(body))
    shown = record.index.current(receipt.about).body
    assert shown.location == public_location(body) == Location(latitude=39.75, longitude=46.75, cell_degrees=0.1)
    assert shown.address is None
    assert record.index.exact(receipt.about) == shown
    with Record.open(record.path, withheld=True) as keeper:
        assert keeper.index.exact(receipt.about) == body
        keeper.append(Draft(msgspec.structs.replace(body, address="behind the new mill"), receipt.about, receipt.entry))
        assert keeper.index.exact(receipt.about).address == "behind the new mill"
    assert b"39.76123" not in b"".join(p.read_bytes() for p in (record.path / "archive/bodies/public").iterdir())


def test_a_withdrawal_leaves_no_word_of_the_body_and_a_whole_ledger(record):
    file = record.add_file(b"the only copy of zanzarine bytes")
    (source,) = record.append(Draft(Source(title="Quizzical zanzarine source", file=file)))
    leaf = record.index.entry(source.entry).leaf
    record.withdraw(source.entry, "it put somebody in danger")
    record.close()
    kept = b"".join(p.read_bytes() for p in record.path.rglob("*") if p.is_file() and p.name != "lock")
    assert b"zanzarine" not in kept.lower()
    assert verify_record(record.path).unchanged
    with Record.open(record.path) as again:
        entry = again.index.entry(source.entry)
        assert (entry.leaf, entry.body, entry.salt) == (leaf, None, None)
        assert entry.withdrawn_by
        with pytest.raises(RecordError, match="withdrawn already"):
            again.withdraw(source.entry, "again")


def test_a_file_that_another_entry_needs_outlives_a_withdrawal(record):
    file = record.add_file(b"bytes")
    first, second = record.append(Draft(Source(title="One", file=file)), Draft(Source(title="Two", file=file)))
    record.withdraw(first.entry, "entered twice")
    assert record.files.read(file) == b"bytes"
    record.withdraw(second.entry, "rights")
    assert not place_of(record, file).exists()


def test_a_withdrawal_that_was_killed_before_it_deleted_is_finished_by_the_next_writer(full):
    target = full.index.current(next(full.index.entries("site", current=True)).about)
    full._append([Draft(Withdrawal(entry=target.hash, reason="x"), cites=(target.hash,))], full.signing_key())
    assert any(d.kind == "unexpected" for d in verify_record(full.path).discrepancies)
    full.append(Draft(site(99)))
    assert verify_record(full.path).unchanged


@pytest.mark.parametrize(
    ("draft", "message"),
    [
        (Draft(site(1), about="site:aaaaaaaaaaaaaaaa"), "of this record"),
        (Draft(site(1), cites=("0" * 64,)), "entry of this record"),
        (Draft(site(1), cites=("x",)), "entry of this record"),
        (Draft(Site(names=())), "site.names"),
        (Draft(Site(names=(Name(text="A"),), location=Location(latitude=91, longitude=0))), "latitude"),
        (Draft(Site(names=(Name(text="\ud800"),))), "surrogate"),
    ],
)
def test_a_bad_draft_is_refused_with_all_of_its_batch(record, draft, message):
    size = record.checkpoint.size
    with pytest.raises(VestigeError, match=message):
        record.append(Draft(site(2)), draft)
    assert record.checkpoint.size == size
    assert verify_record(record.path).unchanged


def test_a_body_names_the_field_what_was_expected_and_what_came(record):
    with pytest.raises(InvalidBodyError) as caught:
        record.append(Draft(Site(names=(Name(text="A", language="not a tag"),))))
    assert "site.names[0].language" in str(caught.value)
    assert "'not a tag'" in str(caught.value)


def test_corrections_form_a_line_and_not_a_tree(record):
    (first,) = record.append(Draft(site(1)))
    (second,) = record.append(Draft(site(1, "Better name"), first.about, first.entry))
    assert second.about == first.about
    assert record.index.current(first.about).hash == second.entry
    assert record.index.entry(first.entry).replaced_by == second.entry
    with pytest.raises(RecordError, match="replaced by"):
        record.append(Draft(site(1, "Another"), first.about, first.entry))


def test_private_keys_are_readable_by_their_owner_only(record):
    paths = list((record.path / "keys").iterdir())
    assert [stat.S_IMODE(path.stat().st_mode) for path in paths] == [0o600, 0o600]


def change_policy(record, **fields):
    entry = record.policy_entry
    return record.append(Draft(msgspec.structs.replace(entry.body, **fields), entry.about, entry.hash))


def test_several_authors_and_a_retired_key(record, tmp_path):
    key, path = make_key(tmp_path / "author")
    with pytest.raises(KeyFileError, match="does not let"):
        record.append(Draft(site(1)), key=path)
    author = Key(public=public_text(key), handle="anna", role="contributor")
    change_policy(record, keys=(*record.policy.keys, author))
    record.append(Draft(site(1)), key=path)
    assert verify_record(record.path).unchanged
    entry = record.policy_entry
    with pytest.raises(RecordError, match="keeper"):
        record.append(Draft(entry.body, entry.about, entry.hash), key=path)
    change_policy(record, keys=(*record.policy.keys[:2], msgspec.structs.replace(author, retired=True)))
    with pytest.raises(KeyFileError, match="does not let"):
        record.append(Draft(site(2)), key=path)
    assert verify_record(record.path).unchanged


def test_a_keeper_cannot_end_its_own_keeping(record, tmp_path):
    other, _ = make_key(tmp_path / "other")
    keys = (
        record.policy.keys[0],
        msgspec.structs.replace(record.policy.keys[1], retired=True),
        Key(public=public_text(other), handle="b", role="keeper"),
    )
    with pytest.raises(RecordError, match="own keeping"):
        change_policy(record, keys=keys)


def test_a_key_file_that_is_none_is_refused_without_showing_it(record, tmp_path):
    path = tmp_path / "key.pem"
    path.write_text("-----BEGIN PRIVATE KEY-----\nnot-a-secret\n-----END PRIVATE KEY-----\n")
    with pytest.raises(KeyFileError) as caught:
        record.append(Draft(site(1)), key=path)
    assert "not-a-secret" not in str(caught.value)


def test_the_second_writer_learns_who_holds_the_lock(record):
    script = (
        "import sys; from pathlib import Path; from vestige.record._lock import writer_lock\n"
        "with writer_lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(record.path / "lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout.readline() == "held\n"
        with (
            pytest.raises(LockHeldError, match=f"process {holder.pid}"),
            writer_lock(record.path / "lock", patience_seconds=0),
        ):
            pass
        holder.stdin.close()
    record.append(Draft(site(1)))


def test_two_writers_take_turns_and_a_reader_sees_both(record):
    with Record.open(record.path) as other:
        for number in range(0, 6, 2):
            record.append(Draft(site(number)))
            other.append(Draft(site(number + 1)))
    with Record.open(record.path) as reader:
        assert [e.body.names[0].text for e in reader.index.entries("site")] == [f"Site {n}" for n in range(6)]
    assert verify_record(record.path).unchanged


def test_a_reader_of_a_folder_that_cannot_be_written_keeps_its_index_in_memory(full, monkeypatch):
    full.close()
    for path in full.path.glob("index.sqlite*"):
        path.unlink()
    full.path.chmod(0o500)
    try:
        if os.access(full.path, os.W_OK):
            (full.path / "index.sqlite").mkdir()  # the superuser may write anywhere, but not a database over a folder
        with Record.open(full.path) as reader:
            assert reader.index.search("Site 19")
    finally:
        full.path.chmod(0o700)


def test_a_file_size_limit_loses_nothing_that_was_acknowledged(record):
    record.append(Draft(site(1)))
    script = """
import resource, signal, sys
from pathlib import Path
from vestige.entries import Draft, Name, Site
from vestige.errors import EnvironmentFault
from vestige.record import Record
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
record = Record.open(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, 30_000))
try:
    record.append(Draft(Site(names=(Name(text="big"),), description="x" * 90_000)))
except EnvironmentFault as error:
    print(error)
"""
    out = subprocess.run([sys.executable, "-c", script, str(record.path)], capture_output=True, text=True, check=True)
    assert "File too large" in out.stdout
    assert verify_record(record.path).unchanged
    with Record.open(record.path) as again:
        again.append(Draft(site(2)))
    assert verify_record(record.path).unchanged


def test_a_full_disk_is_said_plainly():
    from vestige.durable import fault

    assert "disk is full" in str(fault(OSError(28, "No space left on device", "x")))
    assert isinstance(fault(OSError(30, "Read-only file system")), EnvironmentFault)


def test_create_refuses_a_folder_that_holds_something_and_open_one_that_is_none(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RecordError, match="empty"):
        Record.create(tmp_path, "x")
    with pytest.raises(RecordError, match="vestige init"):
        Record.open(tmp_path)


def test_a_text_of_the_longest_kind(record):
    text = "ə" * 100_000
    (receipt,) = record.append(Draft(Site(names=(Name(text="Large"),), description=text)))
    assert record.index.entry(receipt.entry).body.description == text
    assert verify_record(record.path).unchanged


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "\u202eעברית", "Երևան", "Şuşa", "حلب", "Їжак", "a\u2028b", "tab\tline\nend"],
)
def test_any_text_comes_back_as_it_was(record, text):
    (receipt,) = record.append(Draft(Site(names=(Name(text=text),), description=text)))
    assert record.index.entry(receipt.entry).body.description == text


def test_the_first_entry_is_the_policy_signed_by_its_own_keeper(record):
    first = record.index.at(0)
    assert isinstance(first.body, Policy)
    assert record.policy.origin == record.checkpoint.origin


def test_an_index_of_another_history_is_not_used_in_silence(full, tmp_path):
    full.close()
    database = sqlite3.connect(full.path / "index.sqlite")
    database.execute("UPDATE meta SET value = '00' WHERE name = 'root'")
    database.commit()
    database.close()
    with pytest.raises(RecordError, match="index --rebuild"):
        Record.open(full.path)
    rebuild_index(full.path)
    Record.open(full.path).close()


def test_a_public_statement_or_observation_cannot_betray_a_sensitive_place(record):
    exact = Location(latitude=39.76123, longitude=46.74987)
    (place,) = record.append(Draft(Site(names=(Name(text="A cave"),), location=exact, sensitivity="sensitive")))
    (source,) = record.append(Draft(Source(title="A text", form="reference")))
    named = Place(text="the cave", identifier=place.about, latitude=39.76123, longitude=46.74987)
    town = Place(text="Town", identifier="geonames:1", latitude=40.0, longitude=46.0)
    speaker = Speaker(name="Somebody")
    said = Statement(
        source=source.about, content="x", manner="indirect", speaker=speaker, status="confirmed", places=(named, town)
    )
    (statement,) = record.append(Draft(said, cites=(source.entry,)))
    kept = record.index.entry(statement.entry).body.places
    assert [(p.latitude, p.longitude) for p in kept] == [(None, None), (40.0, 46.0)]
    window = DateWindow(when="on", start="2020")
    seen = Observation(site=place.about, method="m", software="s", before=window, after=window, p_value=0.5)
    with pytest.raises(RecordError, match="betrays its place"):
        record.append(Draft(seen))
    record.append(Draft(seen, visibility="withheld"))
    public = b"".join(p.read_bytes() for p in (record.path / "archive/bodies/public").iterdir())
    assert b"39.76123" not in public
