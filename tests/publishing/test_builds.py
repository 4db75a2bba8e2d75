"""Whose scripts a site has, and where a reader finds the key of its ledger."""

from vestige.publishing.checking import own_scripts
from vestige.publishing.checking._builds import about_scripts, known_scripts


def test_the_scripts_of_this_installation_are_known():
    scripts = own_scripts()
    assert scripts
    assert "those of Vestige" in about_scripts({**scripts, "en/index.html": "0" * 64})


def test_a_script_that_no_version_has_is_named():
    altered = {**own_scripts(), "assets/check.js": "0" * 64}
    assert about_scripts(altered).endswith("assets/check.js")
    assert "assets/extra.js" in about_scripts({**own_scripts(), "assets/extra.js": "0" * 64})
    assert ("assets/check.js", "0" * 64) not in known_scripts()


def test_a_site_without_scripts_says_so():
    assert "no scripts" in about_scripts({"en/index.html": "0" * 64})
