import json

import pytest

from vestige.cli import main


def test_sites_are_ranked_with_their_evidence(shared_data, capsys):
    arguments = ["observe", "--series", str(shared_data / "s1_series"), "--after", "2021-10/2021-12"]
    assert main(arguments) == 0
    table = capsys.readouterr().out
    assert len(table.splitlines()) == 36
    assert "damage" not in table
    assert main([*arguments, "--json"]) == 0
    results = json.loads(capsys.readouterr().out)
    assert len(results) == 35
    answered, at_sea = results[:-1], results[-1]
    assert [one["p_value"] for one in answered] == sorted(one["p_value"] for one in answered)
    assert (at_sea["site"], at_sea["p_value"]) == ("228", None)
    assert "open water" in at_sea["abstained"]
    assert results[0]["window"] == ["2021-10-01T00:00:00Z", "2022-01-01T00:00:00Z"]


@pytest.mark.parametrize(
    "arguments", [[], ["--series", "nowhere", "--after", "2021"], ["--series", "."], ["--series", ".", "--after", "x"]]
)
def test_wrong_use_is_one_line_and_exit_2(arguments, capsys):
    assert main(["observe", *arguments]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
