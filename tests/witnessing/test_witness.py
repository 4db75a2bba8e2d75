"""A witness on loopback: what it signs, what it refuses with which status, what it remembers, and what becomes of its cosignatures."""

import base64
import contextlib
import http.client
import json
import socket
import threading

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.asking_the_browser import ask
from vestige.cli import main
from vestige.entries import Draft, Name, Site
from vestige.entries import Witness as Named
from vestige.ledger import (
    COSIGNATURE,
    Checkpoint,
    Verifier,
    consistency_proof,
    parse_checkpoint,
    parse_vkey,
    sign_note,
    split_note,
)
from vestige.publishing import publish, verify_site
from vestige.record import Record, add_cosignatures, verify_record
from vestige.witnessing import (
    LARGEST_REQUEST,
    Request,
    Witness,
    WitnessError,
    WitnessServer,
    ask_witness,
    cosign_record,
    open_settings,
    parse_request,
)

ORIGIN = "example.org/heritage"
KEY = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)


def grow(record, count):
    record.append(*(Draft(Site(names=(Name(text=f"Place {i}"),))) for i in range(count)))


def note_of(record):
    return (record.path / "ledger" / "checkpoint").read_bytes()


def request(record, old, note=None):
    proof = tuple(consistency_proof(record.tiles.node, old, record.checkpoint.size)) if old else ()
    return Request(old, proof, note or note_of(record)).encode()


@pytest.fixture
def record(tmp_path):
    with Record.create(tmp_path / "record", "Heritage", origin=ORIGIN) as made:
        grow(made, 4)
        yield made


@pytest.fixture
def witness(record, tmp_path):
    return Witness("witness.example/w1", KEY, record.verifiers, tmp_path / "seen", lambda: 1_700_000_000)


@contextlib.contextmanager
def served(witness, **bounds):
    server = WitnessServer(witness, port=0, **bounds)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield server.address
    finally:
        server.shutdown()
        server.server_close()


def name(record, *named, quorum=0):
    """Put witnesses into the policy."""
    current = record.policy_entry
    changed = msgspec.structs.replace(record.policy, witnesses=named, quorum=quorum)
    record.append(Draft(changed, current.about, current.hash))


def test_it_signs_what_grows_and_the_signature_is_that_of_the_specification(record, witness):
    first = witness.add_checkpoint(request(record, 0))
    assert first.status == 200
    ((who, signature),) = split_note(b"x\n\n" + first.body)[1]
    text = note_of(record).rpartition(b"\n\n")[0] + b"\n"
    assert (who, signature[:4]) == ("witness.example/w1", witness.verifier.key_id)
    assert int.from_bytes(signature[4:12]) == 1_700_000_000
    KEY.public_key().verify(signature[12:], b"cosignature/v1\ntime 1700000000\n" + text)
    grow(record, 300)
    assert witness.add_checkpoint(request(record, 5)).status == 200
    assert witness.add_checkpoint(request(record, 305)).status == 200  # the same once more


def test_the_statuses_are_those_of_the_specification(record, witness, tmp_path):
    log = record.log_keys()
    early = note_of(record)
    small, root = parse_checkpoint(early), base64.b64encode(b"\x01" * 32).decode()
    forged = Checkpoint(ORIGIN, small.size, b"\x01" * 32).sign(*log)
    assert witness.add_checkpoint(b"nonsense").status == 400
    assert witness.add_checkpoint(request(record, 0).replace(b"old 0", b"old 00")).status == 400
    assert witness.add_checkpoint(b"old 9\n\n" + early).status == 400
    assert witness.add_checkpoint(b"old 0\n\n" + sign_note(f"other.example/x\n5\n{root}\n", ORIGIN, *log)).status == 404
    assert witness.add_checkpoint(b"old 0\n\n" + Checkpoint(ORIGIN, 5, b"\x01" * 32).sign(KEY)).status == 403
    assert witness.add_checkpoint(b"old 0\n" + base64.b64encode(bytes(32)) + b"\n\n" + early).status == 422
    assert witness.seen(ORIGIN) is None
    assert witness.add_checkpoint(b"old 0\n\n" + early).status == 200
    conflict = witness.add_checkpoint(b"old 0\n\n" + early)
    assert (conflict.status, conflict.body, conflict.media) == (409, b"5\n", "text/x.tlog.size")
    assert witness.add_checkpoint(b"old 5\n\n" + forged).status == 409
    grow(record, 3)
    assert witness.add_checkpoint(b"old 5\n\n" + note_of(record)).status == 422
    assert witness.add_checkpoint(request(record, 5)).status == 200
    back = witness.add_checkpoint(b"old 5\n\n" + early)  # a rollback
    assert (back.status, back.body) == (409, b"8\n")
    again = Witness("witness.example/w1", KEY, record.verifiers, tmp_path / "seen")
    assert again.seen(ORIGIN).size == 8  # it survives its process
    assert again.add_checkpoint(b"old 0\n\n" + early).status == 409


def test_it_signs_nothing_when_its_memory_cannot_be_read(record, witness, tmp_path):
    witness.add_checkpoint(request(record, 0))
    (memory,) = (tmp_path / "seen").iterdir()
    memory.write_bytes(b"damaged")
    with pytest.raises(WitnessError, match="cannot be read"):
        witness.add_checkpoint(request(record, 0))


def test_of_two_requests_at_once_one_follows_the_other(record, witness):
    witness.add_checkpoint(request(record, 0))
    asked = []
    for _ in range(6):
        grow(record, 1)
        asked.append(request(record, 5))
    replies = []
    threads = [threading.Thread(target=lambda r=r: replies.append(witness.add_checkpoint(r).status)) for r in asked]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(replies) == [200, 409, 409, 409, 409, 409]


@pytest.mark.parametrize(
    "body", [b"", b"old 1", b"old -1\n\nx", b"old 1\nAA==\n\nx", b"old 1\n" + b"x\n" * 64 + b"\nx"]
)
def test_what_is_no_request_is_refused(body):
    with pytest.raises(WitnessError):
        parse_request(body)


def test_a_record_asks_and_keeps_what_was_signed(record, witness, tmp_path):
    with served(witness) as url:
        name(record, Named(vkey=str(witness.verifier), url=url), quorum=1)
        assert (
            verify_record(record.path).quorum
            == "0 of the 1 witnesses that the policy asks for have cosigned this checkpoint"
        )
        (done,) = cosign_record(record.path, record.policy.witnesses)
        assert (done.seconds, done.why) == (1_700_000_000, None)
        seen = verify_record(record.path)
        assert seen.quorum is None and [signer.name for signer in seen.cosigners] == ["witness.example/w1"]
        size = record.checkpoint.size
        grow(record, 2)
        later = verify_record(record.path)
        assert later.unchanged and later.quorum and not later.cosigners
        assert [(signer.seconds, signer.size) for signer in later.earlier] == [(1_700_000_000, size)]
        publish(record, tmp_path / "site", workers=1)
        assert verify_site(tmp_path / "site").earlier == later.earlier
        assert told_by_pages(tmp_path / "site") == [["witness.example/w1", "2023-11-14T22:13:20Z", size]]
        (shown,) = ask([{"root": str(tmp_path / "site")}])
        assert [seen["size"] for seen in shown["witnesses"]] == [size]
        assert shown["verdict"] == "partly"  # not witnessed as its policy asks, which is no alteration
        cosign_record(record.path, record.policy.witnesses)
    publish(record, tmp_path / "site", workers=1)
    report = verify_site(tmp_path / "site")
    assert report.unchanged and report.quorum is None and len(report.cosigners) == 1
    assert told_by_pages(tmp_path / "site")[0] == ["witness.example/w1", "2023-11-14T22:13:20Z", None]
    (shown,) = ask([{"root": str(tmp_path / "site")}])
    assert (shown["verdict"], shown["witnesses"][0]["time"]) == ("unchanged", "2023-11-14T22:13:20.000Z")


def told_by_pages(site):
    """Give the witnesses that a published record names: in its data, and on the pages of ledger and check in words."""
    told = json.loads((site / "ledger.json").read_bytes())["witnesses"]
    for page in ("en/ledger/index.html", "en/check.html"):
        text = (site / page).read_text("utf-8")
        for one in told:
            assert f'<bdi>{one["name"]}</bdi> · <time datetime="{one["time"]}">' in text
            assert ("when it had" in text) == any("size" in other for other in told)
    return [[one["name"], one["time"], one.get("size")] for one in told]


def test_a_witness_that_was_asked_by_another_copy_says_from_where_to_prove(record, witness):
    witness.add_checkpoint(request(record, 0))
    grow(record, 5)
    with served(witness) as url:
        (done,) = cosign_record(record.path, [Named(vkey=str(witness.verifier), url=url)])
    assert done.why is None


def test_a_copy_that_went_back_is_told(record, witness):
    early = note_of(record)
    grow(record, 5)
    witness.add_checkpoint(request(record, 0))
    (record.path / "ledger" / "checkpoint").write_bytes(early)
    with served(witness) as url:
        (done,) = cosign_record(record.path, [Named(vkey=str(witness.verifier), url=url)])
    assert "longer history" in done.why


def test_an_answer_that_does_not_fit_is_not_kept(record, witness):
    """A witness that signs with another key, answers too much, or is not there, stops nothing and leaves no line."""
    other = Verifier("witness.example/w1", Ed25519PrivateKey.from_private_bytes(b"\x08" * 32).public_key(), COSIGNATURE)
    before = note_of(record)
    with served(witness) as url:
        (done,) = cosign_record(record.path, [Named(vkey=str(other), url=url)])
        (lost,) = cosign_record(record.path, [Named(vkey=str(other), url=url + "/nowhere")])
    assert "got none" in done.why and "does not know" in lost.why
    (gone,) = cosign_record(record.path, [Named(vkey=str(other), url=url)])
    assert gone.why
    assert note_of(record) == before


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 200 OK\r\n\r\n" + b"x" * 70_000, b"HTTP/1.1 409 Conflict\r\n\r\nsoon\n", b"junk\r\n\r\n"]
)
def test_whatever_a_host_answers_ends_in_words(record, answer):
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def reply():
            connection, _ = listening.accept()
            with connection:
                connection.recv(1 << 16)
                connection.sendall(answer)

        threading.Thread(target=reply, daemon=True).start()
        verifier = Verifier("w", KEY.public_key(), COSIGNATURE)
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        (done,) = cosign_record(record.path, [Named(vkey=str(verifier), url=url)])
    assert done.why and done.seconds is None


def test_cosignatures_of_a_checkpoint_that_was_overtaken_stay_beside_the_newer_one(record, witness):
    note, reply = note_of(record), witness.add_checkpoint(request(record, 0))
    grow(record, 1)
    add_cosignatures(record.path, note, split_note(b"x\n\n" + reply.body)[1])
    name(record, Named(vkey=str(witness.verifier)))
    assert [signer.size for signer in verify_record(record.path).earlier] == [5]


def test_a_kept_checkpoint_that_contradicts_is_evidence_of_two_histories(record, witness):
    name(record, Named(vkey=str(witness.verifier)))
    kept = record.path / "ledger" / "cosigned"
    kept.write_bytes(Checkpoint(ORIGIN, 3, b"\x02" * 32).sign(*record.log_keys()))
    report = verify_record(record.path)
    assert report.contradiction and [found.file for found in report.discrepancies] == ["ledger/cosigned"]
    kept.write_bytes(b"hello")
    report = verify_record(record.path)
    assert report.contradiction is None and [found.kind for found in report.discrepancies] == ["modified"]


def test_the_server_bounds_what_it_reads(witness):
    with served(witness, life=0.3) as url:
        connection = http.client.HTTPConnection(url.removeprefix("http://"))
        for headers, status in (({"Content-Length": str(LARGEST_REQUEST + 1)}, 413), ({"Content-Length": "-1"}, 411)):
            connection.putrequest("POST", "/add-checkpoint")
            for pair in headers.items():
                connection.putheader(*pair)
            connection.endheaders()
            assert connection.getresponse().status == status
            connection.close()
        connection.request("GET", "/")
        assert connection.getresponse().status == 501
        dripping = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
        dripping.sendall(b"POST /add-checkpoint HTTP/1.1\r\nContent-Length: 9\r\n\r\nold")
        assert dripping.recv(1) == b""  # its time is over, whatever is still to come
        dripping.close()


def test_one_connection_carries_several_requests(record, witness):
    with served(witness) as url:
        answer = ask_witness(url, parse_request(request(record, 0)))
        assert (answer.status, answer.body[:3]) == (200, "—".encode())


def test_settings_are_remembered_and_a_name_does_not_change(record, tmp_path):
    vkey = str(record.verifiers[0])
    made = open_settings(tmp_path / "w", "witness.example", [vkey])
    again = open_settings(tmp_path / "w", logs=[vkey])
    assert (again.name, list(map(str, again.logs))) == ("witness.example", [vkey])
    assert again.key.public_key() == made.key.public_key()
    with pytest.raises(WitnessError, match="which it has signed with"):
        open_settings(tmp_path / "w", "other.example")
    with pytest.raises(WitnessError, match="expected the name"):
        open_settings(tmp_path / "new")


def test_the_commands(record, witness, tmp_path, capsys):
    path = str(record.path)
    with served(witness) as url:
        assert main(["witness", "add", str(witness.verifier), url, "--quorum", "1", "--record", path]) == 0
        assert main(["verify", path]) == 1
        assert "not witnessed as its policy asks: 0 of the 1" in " ".join(capsys.readouterr().out.split())
        assert main(["publish", str(tmp_path / "site"), "--record", path]) == 0
        assert "not witnessed as its policy asks" in " ".join(capsys.readouterr().err.split())
        assert main(["publish", str(tmp_path / "site"), "--record", path, "--witness"]) == 0
    capsys.readouterr()
    assert main(["verify", str(tmp_path / "site")]) == 0
    assert "cosigned by witness.example/w1 at 2023-11-14T22:13:20Z" in capsys.readouterr().out
    assert main(["publish", str(tmp_path / "site"), "--record", path, "--witness"]) == 0  # its cosignature still stands
    assert "has not cosigned" in capsys.readouterr().err
    log_key = str(record.verifiers[0])
    assert main(["witness", "add", log_key, "--record", path]) == 2
    assert main(["witness", "add", str(parse_vkey(str(witness.verifier))), "--quorum", "7", "--record", path]) == 2
