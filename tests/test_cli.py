from vestige.cli import main


def test_an_unknown_command_is_one_line_and_exit_2(capsys):
    assert main(["no-such-command"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
