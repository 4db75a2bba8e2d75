"""Whoever takes the disk finds of what was withdrawn a commitment, and nothing against which a guess could be tried."""

import hashlib

from vestige.entries import Draft, Source, canonical_json
from vestige.record import Record, verify_record

SECRET = "Names of the people of the mill"


def test_a_disk_that_is_taken_holds_neither_body_nor_file_nor_salt_of_what_was_withdrawn(tmp_path):
    with Record.create(tmp_path / "record", "Test") as record:
        file = record.add_file(b"A list that only its keeper knew.", withheld=True)
        body = Source(title=SECRET, form="copy", file=file, media_type="text/plain")
        (receipt,) = record.append(Draft(body, visibility="withheld"))
    with Record.open(tmp_path / "record", withheld=True) as record:
        salt = record.index.entry(receipt.entry).salt
        record.withdraw(receipt.entry, "asked for by who is named in it")
    with Record.open(tmp_path / "record", withheld=True) as record:
        entry = record.index.entry(receipt.entry)
        assert (entry.body, entry.salt) == (None, None)
        committed = entry.envelope.body
    assert hashlib.sha256(salt + canonical_json(body)).hexdigest() == committed
    assert hashlib.sha256(bytes(32) + canonical_json(body)).hexdigest() != committed
    left = b"".join(path.read_bytes() for path in (tmp_path / "record").rglob("*") if path.is_file())
    for gone in (SECRET.encode(), b"only its keeper knew", salt, salt.hex().encode(), file.encode()):
        assert gone not in left
    assert committed.encode() in left
    assert verify_record(tmp_path / "record").unchanged
