"""Mails as a signer's domain signs them (DKIM), the domain records to check them by, and mailboxes that hold them."""

import base64

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

_KEY = rsa.generate_private_key(65537, 1024)
PEM = _KEY.private_bytes(
    serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
)
_PUBLIC = _KEY.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
DOMAINS = ("mail.example", "post.example", "planted-domain.example")
ZONE = {f"s1._domainkey.{domain}": b"v=DKIM1; k=rsa; p=" + base64.b64encode(_PUBLIC) for domain in DOMAINS}


def mail(call, number, domain="mail.example", *, date="Tue, 03 Nov 2026 10:00:00 +0000", text="I join.\r\n", heads=""):
    """Give a mail that joins a call, signed by its sender's domain."""
    message = (
        f"From: Planted Name <planted-signer{number}@{domain}>\r\nTo: call@record.example\r\nSubject: I join {call}\r\n"
        f"Date: {date}\r\nMessage-ID: <{number}@{domain}>\r\n{heads}\r\n{text}"
    ).encode()
    heads_signed = [b"from", b"to", b"subject", b"date", b"message-id"]
    return dkim.sign(message, b"s1", domain.encode(), PEM, include_headers=heads_signed) + message


def mbox(path, mails):
    """Write an mbox as a mail server does: plain line ends, lines of the body that begin with From set off."""
    posted = (one.replace(b"\r\n", b"\n").replace(b"\n\nFrom ", b"\n\n>From ") for one in mails)
    path.write_bytes(b"".join(b"From signer Tue Nov  3 10:00:00 2026\n" + one + b"\n" for one in posted))
    return path


def zone_file(path):
    """Write the domain records as kept answers."""
    path.write_text("".join(f'"{name}" = "{text.decode()}"\n' for name, text in ZONE.items()), "utf-8")
    return path
