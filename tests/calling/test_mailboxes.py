"""One mailbox, one signature; and openings that only the auditor's key reads."""

import base64
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from vestige.calling import Signature, leaf_of, one_mailbox, sealed, tag_of, unsealed
from vestige.errors import InputError

SIGNATURE = Signature(
    call="call:abcdefghijklmnop", wording="ab" * 32, confirmed="2026-11-03", country="GE", name="Նմուշ Образец"
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("A.Sample@Gmail.com", "asample+peace@googlemail.com"),
        ("ａｓａｍｐｌｅ＠ｇｍａｉｌ．ｃｏｍ", "asample@gmail.com"),
        ("sample@bücher.example", "sample@xn--bcher-kva.example"),
        ("peace@sample.fastmail.com", "sample+x@fastmail.com"),
        ("a-sample@ya.ru", "a.sample@yandex.com"),
        ("sample-peace@yahoo.com", "sample@yahoo.com"),
        ("s.a_mple@pm.me", "sample@protonmail.com"),
        ("sample@example.org.", "SAMPLE+1@example.org"),
    ],
)
def test_spellings_of_one_mailbox_are_one(one, other):
    assert one_mailbox(one) == one_mailbox(other)
    assert tag_of(one, b"key") == tag_of(other, b"key") != tag_of(one, b"another key")


def test_5000_mailboxes_in_every_spelling_are_5000():
    dice = random.Random(5)
    names = [f"reader{number}" for number in range(5000)]
    domains = [
        "gmail.com",
        "example.org",
        "fastmail.com",
        "proton.me",
        "müller.example",
        "yandex.ru",
        "mail.example.net",
    ]
    people = [(name, dice.choice(domains)) for name in names]

    def spelling(name, domain):
        if domain == "gmail.com":
            cut = dice.randrange(1, len(name))
            name, domain = f"{name[:cut]}.{name[cut:]}", dice.choice(["gmail.com", "googlemail.com", "GMAIL.COM"])
        if domain == "fastmail.com" and dice.random() < 0.5:
            return f"tag@{name}.fastmail.com"
        if domain.startswith("mül") and dice.random() < 0.5:
            domain = "xn--mller-kva.example"
        return dice.choice([f"{name}+tag@{domain}", f"{name.upper()}@{domain}", f"{name}@{domain}".replace("r", "ｒ")])

    plain = {one_mailbox(f"{name}@{domain}") for name, domain in people}
    assert len(plain) == 5000
    assert {one_mailbox(spelling(*one)) for one in people} == plain


def test_dots_count_where_the_provider_counts_them():
    assert one_mailbox("a.b@example.org") != one_mailbox("ab@example.org")
    assert one_mailbox("a@mail.example.org") != one_mailbox("a@example.org")


@pytest.mark.parametrize("text", ["", "nobody", "@example.org", "a b@example.org", "a@" + "x" * 70 + ".org", "a@..org"])
def test_a_text_that_is_no_address_gets_one_clear_line(text):
    with pytest.raises(InputError) as refused:
        one_mailbox(text)
    assert "\n" not in str(refused.value) and (not text or "nobody" not in str(refused.value))


def test_an_opening_is_read_by_the_auditors_key_alone():
    key = X25519PrivateKey.generate()
    public = base64.b64encode(key.public_key().public_bytes_raw()).decode()
    leaf, data = sealed(SIGNATURE, "sample@example.org", public)
    assert b"sample" not in data and "Образец".encode() not in data
    opening = unsealed(data, SIGNATURE.call, key, leaf)
    assert (opening.signature, opening.mailbox) == (SIGNATURE, "sample@example.org")
    assert leaf_of(opening.signature, bytes.fromhex(opening.salt)) == leaf
    for call, other, of in (
        (SIGNATURE.call, X25519PrivateKey.generate(), leaf),
        ("call:ponmlkjihgfedcba", key, leaf),
        (SIGNATURE.call, key, bytes(32)),
    ):
        with pytest.raises(InputError):
            unsealed(data, call, other, of)


def test_the_same_signature_twice_has_two_commitments():
    public = base64.b64encode(X25519PrivateKey.generate().public_key().public_bytes_raw()).decode()
    assert sealed(SIGNATURE, "a@example.org", public)[0] != sealed(SIGNATURE, "a@example.org", public)[0]
    with pytest.raises(InputError, match="X25519"):
        sealed(SIGNATURE, "a@example.org", "AAAA")
