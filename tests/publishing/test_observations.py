"""Observations on the page of a site: what the test came to, in the reader's language, and nothing more than that."""

import pytest

from vestige.entries import DateWindow, Draft, Observation
from vestige.observing import Abstention, _result
from vestige.publishing import LANGUAGES, publish
from vestige.publishing.views import _partials
from vestige.publishing.words._language import language


def observation(site: str, **more) -> Draft:
    before, after = DateWindow(when="on", start="2022"), DateWindow(when="on", start="2023")
    return Draft(Observation(site=site, method="step test", software="vestige", before=before, after=after, **more))


def articles(fresh, code: str) -> list[str]:
    page = (fresh.out / f"{code}/site/{fresh.hostile[5:]}.html").read_text("utf-8")
    return page.split('<article class="observation"')[1:]


def test_every_reason_to_abstain_is_said_in_the_language_of_the_page(fresh):
    reasons = list(Abstention)
    fresh.record.append(*(observation(fresh.hostile, abstained=str(reason)) for reason in reasons))
    publish(fresh.record, fresh.out)
    for code in ("en", "ar"):
        words = language(code)
        for reason, article in zip(reasons, articles(fresh, code), strict=True):
            assert f"<bdi>{words.term(reason, 'abstention')}</bdi>" in article
            assert words.text("No answer") in article


@pytest.mark.parametrize("code", [code for code in LANGUAGES if code != "en"])
def test_reasons_to_abstain_differ_from_one_another_and_from_the_english(code):
    said = [language(code).term(reason, "abstention") for reason in Abstention]
    assert len(set(said)) == len(said)
    assert not set(said) & set(Abstention)


def test_a_reason_that_nobody_translated_stands_as_it_was_entered(published):
    page = (published.out / f"hy/site/{published.cathedral[5:]}.html").read_text("utf-8")
    assert "<bdi>too few acquisitions</bdi>" in page


@pytest.mark.parametrize(
    ("p", "q", "said"),
    [
        (0.05, None, "Change"),
        (0.051, None, "No change found"),
        (0.004, 0.2, "No change found"),
        (0.004, 0.02, "Change"),
    ],
)
def test_change_is_said_by_the_chance_that_is_corrected_for_many_tests(fresh, p, q, said):
    bracket = {"last_unchanged": "2022-12-31T00:00:00Z", "first_changed": "2023-01-02T00:00:00Z"}
    fresh.record.append(observation(fresh.hostile, p_value=p, q_value=q, **bracket))
    publish(fresh.record, fresh.out)
    (article,) = articles(fresh, "en")
    assert f"<h3>{said} <span" in article
    assert ("Changed between" in article) == (said == "Change")
    page = (fresh.out / f"en/site/{fresh.hostile[5:]}.html").read_text("utf-8")
    assert ('class="timeline"' in page) == (said == "Change")


def test_pages_speak_of_change_at_the_level_of_the_tests():
    """Two constants, since pages are made without the libraries that the tests need."""
    assert _partials.LEVEL == _result.LEVEL


def test_a_chart_is_explained_in_the_language_of_the_page(published):
    for code in LANGUAGES:
        page = (published.out / f"{code}/site/{published.cathedral[5:]}.html").read_text("utf-8")
        assert page.count(f"<summary>{language(code).text('How to read the chart')}</summary>") == 1


@pytest.mark.parametrize(("p", "told"), [(0.001, True), (0.4, False)])
def test_a_change_without_controls_says_that_it_may_be_the_instruments(fresh, p, told):
    fresh.record.append(
        observation(fresh.hostile, p_value=p, parameters={"controls": "none"}), observation(fresh.hostile, p_value=p)
    )
    publish(fresh.record, fresh.out)
    for code in ("en", "ar"):
        said = language(code).text(
            "Nothing beside the site was looked at: a change of the instrument cannot be told from one of the site."
        )
        assert [said in article for article in articles(fresh, code)] == [told, False]
