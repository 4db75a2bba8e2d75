"""The docs say what the code does: commands, fields and links are checked."""

import re
from pathlib import Path

import pytest

from vestige.cli import app
from vestige.entries import KINDS, Envelope

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])


def commands():
    return sorted(name for name in app if not name.startswith("-"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_to_a_file_leads_somewhere(page):
    text = re.sub(r"```.*?```", "", page.read_text("utf8"), flags=re.DOTALL)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text):
        if not re.match(r"[a-z]+:", target):
            assert (page.parent / target).exists(), f"{page.name} links to {target}"


@pytest.mark.parametrize("command", commands())
def test_every_command_is_documented_and_has_an_example(command):
    assert f"`vestige {command}" in (ROOT / "docs/commands.md").read_text("utf8")
    help_text = app[command].help + str(app[command].help_epilogue or "")
    subcommands = [name for name in app[command] if not name.startswith("-")]
    texts = [help_text, *(app[command][name].help for name in subcommands)]
    assert any("vestige" in text for text in texts), f"the help of {command} has no example"


def test_the_command_page_names_no_command_that_does_not_exist():
    named = set(re.findall(r"`vestige ([a-z]+)", (ROOT / "docs/commands.md").read_text("utf8")))
    assert named <= set(commands())


def test_the_format_page_names_every_kind_and_envelope_field():
    text = (ROOT / "docs/format.md").read_text("utf8")
    words = set(re.findall(r"\w+", text))
    assert set(KINDS) <= words, f"not named: {set(KINDS) - words}"
    for field in Envelope.__struct_fields__:
        assert f"`{field}`" in text


def test_no_page_or_code_holds_a_path_of_one_machine():
    files = [
        *PAGES,
        *ROOT.glob("src/**/*.py"),
        *ROOT.glob("tests/**/*.py"),
        *ROOT.glob("bench/**/*.py"),
        ROOT / "Makefile",
    ]
    for file in files:
        assert not re.search(r"(?<![\w.])/(work|root|home)/\w", file.read_text("utf8")), file


DECISIONS = sorted((ROOT / "docs/adr").glob("[0-9]*.md"))


def test_the_adr_numbers_are_unique():
    numbers = [path.name[:4] for path in DECISIONS]
    assert len(numbers) == len(set(numbers))


@pytest.mark.parametrize("decision", DECISIONS, ids=lambda path: path.name[:4])
def test_a_decision_has_the_form_of_all_and_stands_in_the_list(decision):
    text = decision.read_text("utf8")
    title = text.splitlines()[0]
    assert re.fullmatch(rf"# {decision.name[:4]}: \S.*", title)
    assert re.match(r"Status: (accepted|superseded by \d{4})$", text.splitlines()[2])
    headings = re.findall(r"^## (.+)$", text, re.MULTILINE)
    assert [name for name in headings if name in {"Context", "Decision", "Consequences"}] == [
        "Context",
        "Decision",
        "Consequences",
    ]
    assert f"- [{title.removeprefix('# ')}]({decision.name})" in (ROOT / "docs/adr/README.md").read_text("utf8")


def test_every_page_of_the_docs_is_reached_from_the_readme():
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md" or not page.is_file():
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#:]+)[^)]*\)", page.read_text("utf8"))
        waiting += [(page.parent / link).resolve() for link in links]
    assert set(ROOT.glob("docs/**/*.md")) - reached == set()
