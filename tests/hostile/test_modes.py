"""What is withheld, keys, index and caches are their owner's alone, whatever the umask, and are mended when opened."""

import marshal
import os
import stat
from pathlib import Path

import pytest

from vestige.entries import Draft, Source
from vestige.publishing.pages._template_code import _read
from vestige.record import Record
from vestige.user_cache import cache_folder, is_ours

posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")
PRIVATE = ("archive/bodies/withheld", "archive/files/withheld", "keys", "index.sqlite")


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request):
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def private(record: Path):
    for name in PRIVATE:
        place = record / name
        yield place
        yield from place.rglob("*") if place.is_dir() else ()


def made(path: Path) -> Record:
    record = Record.create(path, "Test")
    record.append(
        Draft(
            Source(title="Kept back", file=record.add_file(b"kept back", withheld=True), size=9), visibility="withheld"
        )
    )
    return record


@posix
def test_what_is_withheld_is_its_keepers_alone_whatever_the_umask(umask, tmp_path):
    made(tmp_path / "r")
    found = list(private(tmp_path / "r"))
    assert len(found) >= 8
    assert {path.name: oct(mode(path)) for path in found if mode(path) not in {0o600, 0o700}} == {}
    if umask == 0:
        assert not [path for path in (tmp_path / "r").rglob("*") if mode(path) & 0o002 and path.name != "lock"]


@posix
def test_an_open_record_is_mended_when_it_is_opened(tmp_path):
    made(tmp_path / "r")
    for path in private(tmp_path / "r"):
        path.chmod(0o777 if path.is_dir() else 0o666)
    Record.open(tmp_path / "r")
    assert {path.name: oct(mode(path)) for path in private(tmp_path / "r") if mode(path) not in {0o600, 0o700}} == {}


@posix
def test_the_cache_is_its_users_alone(umask, tmp_path, monkeypatch):
    monkeypatch.delenv("VESTIGE_CACHE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "a" / "cache"))
    monkeypatch.setattr("sys.platform", "linux")
    assert cache_folder() == tmp_path / "a" / "cache" / "vestige"
    assert mode(cache_folder()) == 0o700


@posix
def test_what_others_could_write_in_the_cache_is_dropped(tmp_path, monkeypatch):
    monkeypatch.setenv("VESTIGE_CACHE", str(tmp_path / "cache"))
    templates = cache_folder() / "templates"
    templates.mkdir()
    (templates / "planted").write_bytes(b"x")
    (cache_folder() / "other").write_bytes(b"not ours to delete")
    (tmp_path / "cache").chmod(0o777)
    assert mode(cache_folder()) == 0o755
    assert not (templates / "planted").exists()
    assert (cache_folder() / "other").exists()


@posix
def test_code_that_others_may_have_written_is_not_run(tmp_path):
    import hashlib

    code = marshal.dumps(compile("1", "x", "eval"))
    (tmp_path / "code").write_bytes(hashlib.sha256(code).digest() + code)
    tmp_path.chmod(0o700)
    assert _read(tmp_path / "code") is not None
    (tmp_path / "code").chmod(0o666)
    assert _read(tmp_path / "code") is None
    (tmp_path / "code").chmod(0o600)
    tmp_path.chmod(0o777)
    assert _read(tmp_path / "code") is None
    (tmp_path / "link").symlink_to(tmp_path / "code")
    assert not is_ours(tmp_path / "absent")


@posix
@pytest.mark.skipif(os.geteuid() != 0, reason="only root may give files away")
def test_another_users_cache_is_not_used(tmp_path, monkeypatch):
    monkeypatch.setenv("VESTIGE_CACHE", str(tmp_path / "cache"))
    (cache_folder()).mkdir(exist_ok=True)
    os.chown(tmp_path / "cache", 65534, 65534)
    assert cache_folder() != tmp_path / "cache"
    assert mode(cache_folder()) == 0o700
