"""What tests of a keeper's use cases share."""

import pytest

from vestige.record import Record


@pytest.fixture
def record(tmp_path, monkeypatch):
    """Give an empty record, opened with what it withholds."""
    monkeypatch.setenv("VESTIGE_CACHE", str(tmp_path / "cache"))
    Record.create(tmp_path / "record", "Acts", origin="test.example/acts").close()
    with Record.open(tmp_path / "record", withheld=True) as made:
        yield made
