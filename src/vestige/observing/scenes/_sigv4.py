"""AWS Signature Version 4 in the query string of an address ("presigned"), as S3 and its many re-implementations take it.

Follows the AWS documentation "Authenticating Requests: Using Query Parameters"; the example given there is a test.
A whole S3 client would weigh more than the rest of Vestige together, and all that we need of one is a GET.
"""

import datetime as dt
import hashlib
import hmac
from typing import NamedTuple
from urllib.parse import quote, urlsplit


class Keys(NamedTuple):
    """An access key; it prints without its secret."""

    access: str
    secret: str
    session: str = ""

    def __repr__(self) -> str:
        return "Keys(hidden)"


def presign(
    url: str, keys: Keys, *, region: str, at: dt.datetime, seconds: int, query: dict[str, str] | None = None
) -> str:
    """Give the address of a GET that holds for so many ``seconds`` from ``at`` (UTC); ``query`` adds signed parameters."""
    parts = urlsplit(url)
    stamp, scope = at.strftime("%Y%m%dT%H%M%SZ"), f"{at:%Y%m%d}/{region}/s3/aws4_request"
    signed = {
        "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
        "X-Amz-Credential": f"{keys.access}/{scope}",
        "X-Amz-Date": stamp,
        "X-Amz-Expires": str(seconds),
        "X-Amz-SignedHeaders": "host",
        **({"X-Amz-Security-Token": keys.session} if keys.session else {}),
        **(query or {}),
    }
    line = "&".join(f"{quote(key, safe='')}={quote(value, safe='')}" for key, value in sorted(signed.items()))
    path = quote(parts.path, safe="/~")
    request = f"GET\n{path}\n{line}\nhost:{parts.netloc}\n\nhost\nUNSIGNED-PAYLOAD"
    text = f"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{hashlib.sha256(request.encode()).hexdigest()}"
    key = f"AWS4{keys.secret}".encode()
    for word in (f"{at:%Y%m%d}", region, "s3", "aws4_request"):
        key = hmac.digest(key, word.encode(), "sha256")
    signature = hmac.digest(key, text.encode(), "sha256").hex()
    return f"{parts.scheme}://{parts.netloc}{path}?{line}&X-Amz-Signature={signature}"
