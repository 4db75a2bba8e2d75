"""No sentence of a study says more than its numbers: "no difference" comes with an interval, or with "could not tell"."""

import re

import pytest

from vestige.studying import danger_study, exposure_study, recovery_study
from vestige.studying.danger import _robustness

CLAIMS = re.compile(
    r"\bno (?:\w+ )?(?:difference|effect|association|change|link)s?\b|\bdo(?:es)? not differ\b|\bthe same\b|\bnull\b|\bunrelated\b|\bequal(?:ly)?\b",
    re.IGNORECASE,
)
BOUNDED = re.compile(
    r"\[-?[\d.,%]+, -?[\d.,%]+\]|could not (?:tell|be told|be estimated)|cannot be|too imprecise|95 % interval|p = 0?\.\d"
)
CAUSE = re.compile(r"\b(?:caused|causes|because of war|due to war|leads to|proves?|shows that war)\b", re.IGNORECASE)


def unbounded(findings):
    """Give the sentences that claim no difference without what the data could have shown."""
    sentences = [line for finding in findings for line in re.split(r"(?<=[.;])\s+(?=[A-Z])", finding)]
    return [line for line in sentences if CLAIMS.search(line) and not BOUNDED.search(line)]


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        ("War makes no difference.", True),
        ("There is no significant association.", True),
        ("Times to removal do not differ.", True),
        ("There is no difference: 1.1 [0.4, 3.0].", False),
        ("The data could not tell whether there is no difference.", False),
    ],
)
def test_the_scan_knows_a_bare_claim(line, bare):
    assert bool(unbounded([line])) == bare


@pytest.fixture(scope="module")
def fewer_choices():
    """Leave the robustness table of the danger study at its main row, which no sentence reads."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(_robustness, "_CHOICES", _robustness._CHOICES[:1])
        yield


@pytest.fixture(scope="module")
def studies(fewer_choices, edition_files, country_year_file, shared_data):
    conflict = shared_data / "conflict"
    return [
        danger_study(edition_files, country_year_file),
        recovery_study(
            sites=edition_files, terminations=conflict / "ucdp-term-dyad-3-2021.csv", violence=country_year_file
        ),
        exposure_study(edition_files[-1:], [conflict / "hdx_bgd.csv"]),
    ]


@pytest.mark.slow
@pytest.mark.long
def test_no_report_claims_no_difference_without_its_interval_nor_a_cause(studies):
    for study in studies:
        assert unbounded(study.findings) == [], study.name
        assert not [line for line in study.findings if CAUSE.search(line)], study.name
