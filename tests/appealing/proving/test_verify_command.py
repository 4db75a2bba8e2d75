"""`vestige verify` for what somebody received."""

import json

import pytest

from tests.appealing.proving.test_bundle import bundle, record, sent  # noqa: F401 - fixtures
from vestige.cli import main


def test_a_bundle_is_checked_by_its_name(bundle, capsys):  # noqa: F811
    assert main(["verify", str(bundle)]) == 0
    told = capsys.readouterr().out
    assert "unchanged since it was entered" in told and "compare it with what the record publishes" in told.replace(
        "\n", " "
    )


def test_a_letter_is_found_in_its_record(sent, record, tmp_path, capsys):  # noqa: F811
    (tmp_path / "letter.pdf").write_bytes(sent[1]["whc-174-en.pdf"])
    assert main(["verify", str(tmp_path / "letter.pdf"), "--record", str(record.path), "--json"]) == 0
    (carried,) = json.loads(capsys.readouterr().out)["report"]["carried"]
    assert carried["entry"] == sent[2].entry


@pytest.mark.parametrize(("name", "code"), [("x.pdf", 1), ("x.zip", 2)])
def test_another_file_is_told_in_one_line(tmp_path, capsys, name, code):
    (tmp_path / name).write_bytes(b"hello")
    assert main(["verify", str(tmp_path / name)]) == code
    told = capsys.readouterr()
    assert "Traceback" not in told.err and (told.out + told.err).strip()
