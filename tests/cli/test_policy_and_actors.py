"""What a record says of itself, and those who speak in it, by command."""

import pytest


def test_what_a_record_says_of_itself_is_set_and_shown(run, record):
    assert "no contact" in run("policy", "show")
    run(
        "policy",
        "set",
        "--name",
        "The valley",
        "--contact",
        "mail@example.org",
        "--region",
        "AZ",
        "--region",
        "AM",
        "--required-assessors",
        "3",
    )
    policy = run.json("policy", "show")["policy"]
    assert (policy["name"], policy["contact"], policy["region"]) == ("The valley", "mail@example.org", ["AZ", "AM"])
    assert policy["required_assessors"] == 3
    assert "no contact" not in run("policy", "show")
    run("policy", "set", "--contact", "-")
    assert "contact" not in run.json("policy", "show")["policy"]
    assert run("verify", record)


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ("--origin", "x"),
        ("--keys", "x"),
        ("--banana", "x"),
        ("--required-assessors", "many"),
        ("--region", "Armenia"),
        ("--name", "-"),
    ],
)
def test_a_policy_that_cannot_be_meant_is_refused(run, record, changes):
    before = run.json("policy", "show")
    run("policy", "set", *changes, code=2)
    assert run.json("policy", "show") == before


def test_setting_what_is_so_enters_nothing(run, record):
    before = run.json("index")
    assert "already" in run("policy", "set", "--required-assessors", "2")
    assert run.json("index") == before


def test_an_actor_is_entered_once(run, record):
    arguments = (
        "add",
        "actor",
        "City Museum",
        "--type",
        "organisation",
        "--also",
        "Musée;fr",
        "--identifier",
        "isil:X1",
    )
    first = run.json(*arguments)
    assert run.json(*arguments) == {"actor": first["actor"], "known": True, "corrected": []}
    shown = run.json("show", "isil:X1")
    assert [one["text"] for one in shown["body"]["names"]] == ["City Museum", "Musée"]
    assert "SCHEME:VALUE" in run("add", "actor", "X", "--type", "person", "--identifier", "isil", code=2)


def test_the_terms_are_listed(run):
    assert "Destroyed" in run("terms", "condition")
    assert run.json("terms", "extent")["grades"] == {}
    assert "Severe Damage" in run.json("terms")["grades"]["unosat"]
    assert "condition" in run("terms", "colour", code=2)


def test_what_is_said_of_an_actor_later_corrects_it_and_nothing_is_lost(run, record):
    run("add", "actor", "City Museum", "--type", "organisation", "--also", "Musée de la ville;fr")
    said = run(
        *("add", "actor", "city museum", "--type", "organisation", "--language", "en"),
        *("--description", "Keeps the hall", "--also", "Museum of the town;en", "--identifier", "wikidata:Q1"),
    )
    assert "corrected (description, identifiers, names)" in said
    body = run.json("show", "City Museum")["body"]
    assert [name["text"] for name in body["names"]] == ["City Museum", "Musée de la ville", "Museum of the town"]
    assert body["names"][0]["language"] == "en"
    assert body["description"] == "Keeps the hall"
    assert "already" in run("add", "actor", "City Museum", "--type", "organisation")


def test_several_codes_stand_in_one_value(run, record):
    run("policy", "set", "--region", "az, am", "--languages", "en,fr hy")
    policy = run.json("policy", "show")["policy"]
    assert (policy["region"], policy["languages"]) == (["AZ", "AM"], ["en", "fr", "hy"])
    refused = run("policy", "set", "--languages", "en", "fr", code=2)
    assert "--languages en --languages fr" in refused
    assert "XX" in run("policy", "set", "--region", "XX,AM", code=2)
