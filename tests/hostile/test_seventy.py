"""The attacks that were once done on a record, counted off: what each is, what is told of it, and which test does it.

Each row names a test and, where that test goes through many, the case in it. These tests hold that every test and case named here exists, and that the
case expects what stands here.
"""

import ast
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = "record/test_forged.py::test_entries_that_holders_of_keys_forge"
BODIES = "record/test_forged.py::test_bodies_that_a_void_withdrawal_was_to_excuse"
NOTES = "record/test_forged.py::test_checkpoints_that_the_log_key_or_the_host_forges"
FILES = "record/test_forged.py::test_files_that_a_host_alters"
ORIGINS = "record/test_forged.py::test_an_origin_that_could_fool_is_refused"
ALONE = "record/test_attacks.py::test_an_attack_is_told_and_stops_nothing"
COUNTS = ""
"""Nothing is told: it breaks no rule."""


class Attack(NamedTuple):
    """One attack: its number, what is done, what is told (words of the test's case, or our own where there is none), where it is tried."""

    number: str
    done: str
    told: str
    test: str
    case: str = ""


ATTACKS = (
    Attack("00", "an ordinary entry by a keeper, for comparison", COUNTS, ENTRIES, "signed now"),
    Attack("01", "an entry by a retired key", "unsigned key", ENTRIES, "by a retired key"),
    Attack("02", "an entry by a key that no policy lists", "unsigned", ALONE, "a stranger"),
    Attack("03", "a checkpoint by a retired key", "unsigned", NOTES, "signed by a retired key"),
    Attack("04", "a checkpoint by an author's key", "unsigned", NOTES, "signed by an author"),
    Attack("05", "a manifest by an author's key", "unsigned", FILES, "a page, listed by an author"),
    Attack("06", "an author's policy that makes it a keeper", "not-allowed role", ENTRIES, "an author's policy"),
    Attack("07", "an entry by the key that such a policy lists", "unsigned key", ENTRIES, "by the stranger of an author's policy"),
    Attack("08", "a policy in a keeper's name with a signature of zeros", "unsigned signature", ENTRIES, "a policy with a signature of zeros"),
    Attack("09", "a keeper's policy of another origin", "not-allowed policy", ENTRIES, "a policy of another origin"),
    Attack("10", "a keeper's withheld policy that lists a key", "malformed unsigned", ALONE, "a withheld policy"),
    Attack("11", "an author withdraws the policy that retired a key", "not-allowed", ALONE, "an author withdraws the policy"),
    Attack("11b", "the same, its body deleted", "not-allowed withdrawal", BODIES, "an author withdraws the policy that retired a key"),
    Attack("12", "a policy brings a key, which signs the next entry: lawful", COUNTS, ENTRIES, "by the key that it brings"),
    Attack("13", "times that go backwards", COUNTS, ENTRIES, "signed in 2099"),
    Attack("14", "a time that is none", "malformed", ALONE, "a nonsense date"),
    Attack("15", "an id that is not that of the entry's own commitment", "malformed", ALONE, "an id of nothing"),
    Attack("16", "a replacement of nothing", "malformed", ALONE, "a replacement of nothing"),
    Attack("17", "a replacement of another thing", "malformed replaces", ENTRIES, "a replacement of another thing"),
    Attack("18", "two replacements of one entry", "malformed replaces", ENTRIES, "a second replacement of the same"),
    Attack("19", "a citation of what is not there", "malformed", ALONE, "a citation of nothing"),
    Attack("20", "one withdrawal of two entries", "malformed cites", ENTRIES, "a withdrawal of two"),
    Attack("20b", "the same, both bodies deleted", "malformed cites", BODIES, "one withdrawal of two, both bodies gone"),
    Attack("21", "a withdrawal that names one entry and cites another", "malformed withdrawal", ENTRIES, "a withdrawal that names one and cites another"),
    Attack("21b", "the same, the body of the cited one deleted", "malformed withdrawal", BODIES, "a withdrawal that names one, the body of the other gone"),
    Attack("22", "an entry of an unknown kind: counted, and never called unchanged without a word", COUNTS, ENTRIES, "a kind of tomorrow"),
    Attack("22b", "a stranger's withdrawal, the body deleted", "unsigned key", BODIES, "a stranger's withdrawal, the body gone"),
    Attack("23", "a body that is not canonical JSON", "malformed", ALONE, "a body that is not canonical"),
    Attack("23b", "an author's withdrawal of a keeper's site, the body deleted", "not-allowed person", BODIES, "an author's withdrawal of a keeper's site, the body gone"),
    Attack("24", "a body that does not fit its kind", "malformed", ALONE, "a body of no form"),
    Attack("25", "the same leaf twice", "malformed", ALONE, "the same leaf twice"),
    Attack("26", "an entry of another record by a key that both list", "unsigned", ALONE, "an entry of another record"),
    Attack("27", "an old entry of a key retired since, entered again", "malformed doubled", ENTRIES, "an old entry of a retired key again"),
    Attack("28", "another body of the same length, the manifest signed anew", "modified", FILES, "a body of the same length, listed by the log"),
    Attack("29", "a page and its line in the manifest, without a key", "unsigned", FILES, "a page, and its hash without a key"),
    Attack("30", "bytes after a tile, the manifest signed anew", "modified", FILES, "a tile that goes on, listed by the log"),
    Attack("30", "bytes after a bundle, the manifest signed anew", "modified", FILES, "a bundle that goes on, listed by the log"),
    Attack("31", "a whole older publication", "told by what is known from a check before, and by --since", "cli/test_known.py::test_a_record_that_went_back_is_told"),
    Attack("32", "a second line of the log key that does not fit", "unsigned", NOTES, "a line of the log key that does not fit"),
    Attack("33", "the same before the good one", "unsigned", NOTES, "the same before the good one"),
    Attack("34", "16 lines of strangers", COUNTS, NOTES, "16 lines of strangers"),
    Attack("35", "a hundred lines of strangers beside that of the log", "modified", NOTES, "101 lines"),
    Attack("36", "10 MB of lines", "modified", NOTES, "10 MB of lines"),
    Attack("37", "a line as long as one of ML-DSA", COUNTS, NOTES, "a line as long as one of ML-DSA"),
    Attack("38", "the same line twice", COUNTS, NOTES, "the same line twice"),
    Attack("39", "a line with base64 that is not canonical", "modified", NOTES, "base64 with spare bits"),
    Attack("40", "a line with a key id alone", "modified", NOTES, "a key id and no signature"),
    Attack("41", "other line ends", "modified", NOTES, "line ends of another system"),
    Attack("42", "a plus in the name of a key", "modified", NOTES, "a plus in a name"),
    Attack("43", "a no-break space in the name of a key", "modified", NOTES, "a no-break space in a name"),
    Attack("44", "an extension line", COUNTS, NOTES, "an extension line"),
    Attack("45", "an empty extension line", "modified", NOTES, "an empty line within"),
    Attack("46", "a control character", "modified", NOTES, "a control character"),
    Attack("47", "a size with a zero before it", "modified", NOTES, "a size with a zero before it"),
    Attack("48", "a root with spare bits", "modified", NOTES, "a root with spare bits"),
    Attack("49", "10 MB of an extension", "modified", NOTES, "10 MB of an extension"),
    Attack("50", "a look-alike origin", "modified", NOTES, "a look-alike origin"),
    Attack("51", "bytes after the last line", "modified", NOTES, "bytes behind the end"),
    Attack("52", "a mark of byte order", "modified", NOTES, "a mark of byte order"),
    Attack("53", "another root, signed by the log key", "modified", NOTES, "a root of zeros"),
    Attack("54", "a key nobody holds, listed by a keeper", "malformed fields", ENTRIES, "a policy that lists a key nobody holds"),
    Attack("54", "an entry that seems signed with it", "unsigned key", ENTRIES, "by nobody"),
    Attack("55", "the same key in another spelling", "malformed fields", ENTRIES, "a policy that lists it in another spelling"),
    Attack("55", "an entry that seems signed with that", "unsigned key", ENTRIES, "by nobody in another spelling"),
    Attack("56", "a size of millions, tiles that do not lead to the root", "modified unsigned", NOTES, "a size of millions"),
    Attack("57", "a smaller size with the same root", "modified unsigned", NOTES, "a smaller size with the same root"),
    Attack("60", "an origin with an escape sequence", "refused", ORIGINS, "a\x1b[31mRED\x1b[0m\x07"),
    Attack("61", "an origin with NUL", "refused", ORIGINS, "a\x00b"),
    Attack("62", "an origin that turns the direction of writing", "refused", ORIGINS, "example.org/\u202egro.oce\u202c"),
    Attack("63", "an origin with a space of no width", "refused", ORIGINS, "exam\u200bple.org/base"),
    Attack("64", "an origin in Cyrillic look-alikes", "refused", ORIGINS, "ex\u0430mple.org/b\u0430se"),
    Attack("65", "an origin with markup of terminals", "refused", ORIGINS, "[link=http://x]a[/link][bold]"),
    Attack("66", "an origin with HTML", "refused", ORIGINS, "<img/src=x/onerror=alert(1)>"),
    Attack("67", "an origin of combining marks", "refused", ORIGINS, "\u0301"),
    Attack("68", "an origin with U+0085", "refused", ORIGINS, "a\u0085b"),
    Attack("69", "an origin that is a dash", "refused", ORIGINS, "\u2014"),
    Attack("70", "a stranger's record of the same name and origin", "exit code 3", "cli/test_known.py::test_another_record_under_the_same_name_and_origin_is_told_with_exit_code_3"),
    Attack("since", "files that are no checkpoint of this record, given to --since", "exit code 2, nobody is accused", "cli/test_since.py::test_a_file_that_no_log_key_signed_accuses_nobody"),
    Attack("since", "a checkpoint of the log key that contradicts", "exit code 3, evidence", "cli/test_since.py::test_two_histories_have_words_a_code_and_evidence_of_their_own"),
    Attack("since", "an empty checkpoint, one of today, one of before", COUNTS, "cli/test_since.py::test_what_the_log_key_signed_before_is_kept_history"),
    Attack("backup", "a restored backup that is published over a longer history", "refused", "cli/test_restore.py::test_a_publication_is_refused_over_a_longer_history_and_over_a_fork"),
    Attack("backup", "an entry into a copy that is behind what was published", "refused", "cli/test_restore.py::test_an_older_copy_enters_nothing_until_it_is_taken_back"),
    Attack("host", "a byte every five seconds", "left within 30 seconds", "hostile/test_bounds.py::test_a_host_that_drips_a_byte_every_five_seconds_is_left_soon"),
    Attack("host", "a checkpoint of 10 MB", "left after 1 MB", "hostile/test_bounds.py::test_a_checkpoint_of_ten_megabytes_is_not_read_to_its_end"),
    Attack("host", "gzip unasked", "unpacked within bounds", "hostile/test_bounds.py::test_what_was_packed_unasked_is_unpacked_within_its_bound"),
    Attack("host", "an endless answer, redirects elsewhere or for ever, errors, nothing at all", "one line", "hostile/test_hosts.py::test_whatever_a_host_does_ends_in_one_line"),
    Attack("host", "a page that is shown otherwise than it is checked", "modified", "browser/test_check.py::test_a_host_that_shows_visitors_another_page_than_the_check_is_found"),
    Attack("notes", "the forms of signed notes", "as the specification", "ledger/test_vectors.py::test_notes_open_as_the_specification_asks"),
    Attack("envelopes", "170 odd envelopes", "alike in every reader", "ledger/test_vectors.py::test_envelopes_are_read_and_their_signatures_checked_as_the_format_asks"),
    Attack("bodies", "odd policies and bodies", "alike in every reader", "ledger/test_vectors.py::test_bodies_are_read_as_the_format_asks"),
)  # fmt: skip


@cache
def functions_of(file: str) -> dict[str, ast.FunctionDef]:
    """Give the functions of a file of tests by name."""
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return {node.name: node for node in tree.body if isinstance(node, ast.FunctionDef)}


@cache
def cases_of(file: str) -> dict[str, set[str]]:
    """Give the texts that stand beside each text which a file uses as a key or in a list: the words of what a case expects."""
    cases: dict[str, set[str]] = {}
    for node in ast.walk(ast.parse((ROOT / "tests" / file).read_text("utf-8"))):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(key.value, str):
                    cases.setdefault(key.value, set()).update(texts_in(value))
        elif isinstance(node, ast.List):
            for text in texts_in(node):
                cases.setdefault(text, set())
    return cases


def texts_in(tree: ast.AST) -> set[str]:
    """Give every text within a piece of code."""
    return {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def test_what_the_docs_claim_names_tests_that_exist():
    """docs/security.md makes no claim but by a test."""
    text = (ROOT / "docs/security.md").read_text("utf-8")
    named = re.findall(r"`((?:tests|web/test)/[^`]+)`", text)
    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_all_seventy_are_here():
    numbers = [*(f"{number:02}" for number in (*range(58), *range(60, 71))), "11b", "20b", "21b", "22b", "23b"]
    assert {attack.number for attack in ATTACKS} >= set(numbers)
    assert len(numbers) >= 70


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: f"{attack.number} {attack.done}")
def test_each_is_tried_and_what_is_told_is_what_its_test_expects(attack):
    file, _, name = attack.test.partition("::")
    assert name in functions_of(file)
    if attack.case:
        cases = cases_of(file)
        assert attack.case in cases
        told = {word for text in cases[attack.case] for word in text.split()}
        wanted = set(attack.told.split()) - {"refused"}
        assert wanted <= told, (attack.case, told)
        assert wanted or attack.test == ORIGINS or not told & {"modified", "unsigned", "malformed", "not-allowed"}
