"""A message counts as its sender's only when the sender's own domain signed all of it."""

import base64

import dkim
import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

from vestige.mail import MailError, aligned_mail, calendar_part, plain_text

MESSAGE = b"""From: A Sample <signer@mail.example.org>\r
To: call@record.example\r
Subject: I join the call abcdefghijklmnop\r
Date: Tue, 03 Nov 2026 10:00:00 +0000\r
Message-ID: <1@mail.example.org>\r
\r
I join.\r
"""
HEADERS = [b"from", b"to", b"subject", b"date", b"message-id"]


def pair(bits):
    key = rsa.generate_private_key(65537, bits)
    pem = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return pem, b"v=DKIM1; k=rsa; p=" + base64.b64encode(public)


PEM, RECORD = pair(2048)
ZONE = {"s1._domainkey.example.org": RECORD, "s1._domainkey.other.example": RECORD}


def sent(message=MESSAGE, domain=b"example.org", headers=HEADERS, **options):
    return dkim.sign(message, b"s1", domain, PEM, include_headers=headers, **options) + message


def test_what_the_senders_domain_signed_is_taken():
    mail = aligned_mail(sent(), ZONE.get)
    assert (mail.sender, mail.domain, mail.selector) == ("signer@mail.example.org", "example.org", "s1")
    assert mail.subject == "I join the call abcdefghijklmnop" and mail.message_id == "<1@mail.example.org>"


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (MESSAGE, "no domain signed"),
        (sent().replace(b"I join.", b"I object."), "does not fit|cannot be checked"),
        (sent().replace(b"abcdefghijklmnop", b"ponmlkjihgfedcba"), "does not fit"),
        (sent(length=True) + b"and more\r\n", "l="),
        (sent(headers=[b"from", b"to", b"date", b"message-id"]), "leaves out subject"),
        (sent(domain=b"other.example"), "signed by other.example, sent from mail.example.org"),
        (b"From: B <b@other.example>\r\n" + sent(), "one From, got 2"),
        (
            sent(
                MESSAGE.replace(b"<signer@mail.example.org>\r\nTo", b"<signer@mail.example.org>, b@other.example\r\nTo")
            ),
            "one address",
        ),
        (sent(domain=b"org"), "signed by org"),
        (b"\x00\xff\n\n", "one From, got 0"),
    ],
)
def test_everything_else_is_refused_in_one_line(data, says):
    with pytest.raises(MailError, match=says) as refused:
        aligned_mail(data, ZONE.get)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "head",
    [
        b"Subject: I join the call forgedforgedforg",
        b"subject : I join the call forgedforgedforg",
        b"Date: Tue, 03 Nov 2020 10:00:00 +0000",
        b"Message-ID: <2@mail.example.org>",
        b"To: another-call@record.example",
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_a_head_put_above_or_below_a_signed_one_forges_nothing(head, below):
    whole = sent()
    forged = whole.replace(b"\r\n\r\nI join.", b"\r\n" + head + b"\r\n\r\nI join.") if below else head + b"\r\n" + whole
    with pytest.raises(MailError, match=r"more than once|cannot be checked|one From, got 0"):
        aligned_mail(forged, ZONE.get)


def test_content_that_two_readers_read_differently_is_refused():
    message = MESSAGE.replace(b"To:", b"Content-Type: text/plain\r\nTo:")
    assert aligned_mail(sent(message), ZONE.get).domain == "example.org"
    with pytest.raises(MailError, match="content-type more than once"):
        aligned_mail(b"Content-Type: text/calendar\r\n" + sent(message), ZONE.get)


@pytest.mark.parametrize("tag", ["d=unesc\u043e.org; s=s1", "d=example.org; s=s\u0431"])
def test_a_domain_that_only_looks_like_another_is_refused_in_one_line(tag):
    head = f"DKIM-Signature: v=1; a=rsa-sha256; {tag}; t=1; h=from:to:subject:date:message-id; bh=AAAA; b=AAAA\r\n"
    message = MESSAGE.replace(b"mail.example.org", b"unesc\xd0\xbe.org" if "unesc" in tag else b"example.org")
    with pytest.raises(MailError, match="xn-- form"):
        aligned_mail(head.encode() + message, lambda _: RECORD)


@pytest.mark.parametrize(
    "parts",
    [
        b"".join(b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(1500)),
        b"Content-Type: message/rfc822\r\n\r\n" * 3000,
    ],
    ids=["multipart", "mail in mail"],
)
def test_parts_within_parts_without_end_are_read_by_nobody(parts):
    """A hostile sender's mail must not end the collection of a mailbox."""
    message = MESSAGE.replace(b"\r\n\r\nI join.", b"\r\n" + parts + b"\r\nI join.")
    assert plain_text(message) == ""
    assert calendar_part(message) is None
    assert aligned_mail(sent(message), ZONE.get).message_id == "<1@mail.example.org>"


def test_thousands_of_signatures_are_not_checked():
    asked = []
    head = b"DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=s1; t=1; h=from:to:subject:date:message-id; bh=AAAA; b=AAAA\r\n"
    with pytest.raises(MailError, match="at most 10 signatures, got 2000"):
        aligned_mail(head * 2000 + MESSAGE, asked.append)
    assert asked == []


def test_a_key_that_is_gone_and_one_that_is_short_are_named():
    with pytest.raises(MailError, match="key is gone"):
        aligned_mail(sent(), {}.get)
    with pytest.raises(MailError, match=r"does not fit|cannot be checked|one From, got 0"):
        aligned_mail(sent(), {"s1._domainkey.example.org": SHORT}.get)


SHORT = (
    b"v=DKIM1; k=rsa; p=MFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit"
    b"+CqvjWYzvQwECAwEAAQ=="
)


def test_the_second_of_two_signatures_may_be_the_one():
    once = sent()
    twice = dkim.sign(MESSAGE, b"s1", b"other.example", PEM, include_headers=HEADERS) + once
    assert aligned_mail(twice, ZONE.get).domain == "example.org"
