"""`vestige key protect`: a passphrase on a private key, and what works without it."""

import pytest

from vestige.record import Record

PASSPHRASE = "four words of one's own"


@pytest.fixture
def key(record):
    with Record.open(record) as opened:
        (keeper,) = (key.public for key in opened.policy.keys if key.role == "keeper")
    return next(path for path in (record / "keys").glob("*.key") if is_of(path, keeper))


def is_of(path, public):
    from vestige.record import load_key, public_text

    return public_text(load_key(path)) == public


def add(run, tmp_path, code=0):
    (tmp_path / "sites.csv").write_text("name,lat,lon,id\nTower,43.1,17.2,7\n", "utf-8")
    return run("add", "sites", tmp_path / "sites.csv", "--map", "name=name,lat=lat,lon=lon,id=id", code=code)


def test_a_protected_key_signs_with_its_passphrase_alone(run, key, tmp_path, monkeypatch):
    monkeypatch.setenv("VESTIGE_NEW_PASSPHRASE", PASSPHRASE)
    assert "without it the key is lost" in run("key", "protect", key)
    assert b"ENCRYPTED PRIVATE KEY" in key.read_bytes()
    assert key.stat().st_mode & 0o077 == 0
    monkeypatch.delenv("VESTIGE_NEW_PASSPHRASE")
    assert "passphrase" in add(run, tmp_path, code=2)
    monkeypatch.setenv("VESTIGE_PASSPHRASE", "another")
    assert "passphrase" in add(run, tmp_path, code=2)
    assert "unchanged since it was entered" in run("verify", ".")  # whoever reads needs no key
    monkeypatch.setenv("VESTIGE_PASSPHRASE", PASSPHRASE)
    add(run, tmp_path)
    assert run.json("verify", ".")["report"]["size"] == 2
    assert "has no passphrase now" in run("key", "protect", key, "--remove")
    monkeypatch.delenv("VESTIGE_PASSPHRASE")
    assert b"ENCRYPTED" not in key.read_bytes()


def test_a_passphrase_that_is_not_given_changes_nothing(run, key):
    before = key.read_bytes()
    assert "expected a new passphrase" in run("key", "protect", key, code=2)
    assert key.read_bytes() == before


def test_what_is_no_key_is_one_line(run, record, tmp_path, monkeypatch):
    monkeypatch.setenv("VESTIGE_NEW_PASSPHRASE", PASSPHRASE)
    (tmp_path / "no.key").write_text("hello", "utf-8")
    assert "no.key" in run("key", "protect", tmp_path / "no.key", code=2)


def test_a_key_is_listed_when_somebody_proved_to_hold_it_for_this_record(run, record, tmp_path):
    """A bare public key, one that nobody can hold, and a proof for another record are refused, and nothing is entered."""
    with Record.open(record) as opened:
        origin = opened.policy.origin
    for given in ("example.org/another", origin):
        lines = run("key", "new", tmp_path / "keys", "--origin", given).split()
        proved = next(word for word in lines if word.count(".") == 1 and word.partition(".")[0].endswith("="))
        if given == origin:
            assert "expected a proof" in run("key", "add", proved.partition(".")[0], "--handle", "anna", code=2)
            run("key", "add", proved, "--handle", "anna")
        else:
            assert "expected a proof" in run("key", "add", proved, "--handle", "anna", code=2)
    nobody = "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="
    assert "low order" in run("key", "add", f"{nobody}.{'A' * 86}==", "--handle", "nobody", code=2)
    assert run.json("verify", ".")["report"]["size"] == 2


def test_a_site_within_a_record_is_refused(run, record):
    """Its files would be published with the next copy of the folder, or taken for part of the record."""
    for folder in ("site", "archive/site", "keys"):
        run("publish", record / folder, code=2)
        assert not (record / folder / "manifest").exists()
    assert "unchanged since it was entered" in run("verify", ".")
