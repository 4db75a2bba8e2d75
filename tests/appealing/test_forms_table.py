"""The table of forms in the documentation says what the form files hold, and the command that writes it writes the same."""

from pathlib import Path

from vestige.cli import main
from vestige.procedures.forms import form, form_ids

PAGE = Path(__file__).parents[2] / "docs" / "appeals.md"


def test_the_table_of_the_documentation_is_what_the_command_prints(capsys):
    assert main(["appeal", "forms", "--table"]) == 0
    printed = capsys.readouterr().out.strip()
    assert printed in PAGE.read_text("utf-8")
    for name in form_ids():
        assert f"| `{name}` |" in printed
        for key, source in form(name).sources.items():
            assert source.title in printed, (name, key)
        assert all(one.label or one.heading for one in form(name).field)
        assert all(text in printed for text in form(name).unknown)
