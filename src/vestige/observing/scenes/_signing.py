"""Sign-in to the open archives, as plug-ins.

Credentials come from the environment, live in memory, and never reach a plan, a cache, a result, a log or an error: all of
these hold the unsigned address. Each plug-in is given only to hosts that it was made for.

===============  ==========================================  =====================================================
name             archive                                     environment
===============  ==========================================  =====================================================
``none``         any open server                             none
``planetary``    Microsoft Planetary Computer                ``PC_SDK_SUBSCRIPTION_KEY`` (optional)
``earth-search`` Element 84 Earth Search (AWS)               ``AWS_ACCESS_KEY_ID``, ``AWS_SECRET_ACCESS_KEY`` for the
                                                             requester-pays buckets only
``cdse``         Copernicus Data Space Ecosystem             ``CDSE_S3_ACCESS_KEY``, ``CDSE_S3_SECRET_KEY``
``earthdata``    NASA Earthdata (ASF: OPERA)                 ``EARTHDATA_TOKEN``
===============  ==========================================  =====================================================
"""

import datetime as dt
import os
import re
import threading
from collections.abc import Callable, Mapping
from typing import Protocol
from urllib.parse import urlsplit

import msgspec
import urllib3

from vestige.errors import NOT_JSON, InputError
from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._sigv4 import Keys, presign
from vestige.outside import AddressRefusedError, WebAddress, web_address

Headers = dict[str, str]
_BUCKET = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{1,61}[A-Za-z0-9]")
_WORD = re.compile(r"[A-Za-z0-9$.-]{1,63}")
_EARTH_SEARCH_BUCKETS = frozenset(
    {
        "copernicus-dem-30m", "copernicus-dem-90m", "naip-analytic", "naip-visualization", "sentinel-cogs", "sentinel-s1-l1c",
        "sentinel-s2-l1c", "sentinel-s2-l2a", "usgs-landsat",
    }
)  # fmt: skip
"""The buckets of the collections of Earth Search v1: what another catalogue names is not read on the keeper's bill."""


def address_of(href: str) -> WebAddress | None:
    """Take apart an address as whoever connects will; None for one that nobody connects to."""
    try:
        return web_address(href)
    except AddressRefusedError:
        return None


def _kept_secret(here: WebAddress) -> bool:
    """Whether what is asked there is read by nobody on the way: over https, or without leaving this machine."""
    return here.scheme == "https" or here.host in {"127.0.0.1", "::1"}


class Signer(Protocol):
    """Turns the address that a catalogue gives into one that its server answers."""

    def sign(self, href: str) -> tuple[str, Headers]:
        """Give the address to ask and the headers to ask with."""

    def renew(self, href: str) -> bool:
        """Forget what was signed for this address; say whether signing it again can help."""


class Unsigned:
    """For servers that are open to all."""

    def sign(self, href: str) -> tuple[str, Headers]:
        """Leave the address as it is."""
        return href, {}

    def renew(self, href: str) -> bool:  # noqa: ARG002 - the protocol's signature
        """Nothing was signed, so nothing can be renewed."""
        return False


class PlanetaryComputer:
    """Short-lived tokens (shared access signatures) for each storage container of the Planetary Computer.

    The service gives them to anyone; a subscription key raises its limits.
    """

    service = "https://planetarycomputer.microsoft.com/api/sas/v1/token"
    storage = ".blob.core.windows.net"

    def __init__(
        self, environment: Mapping[str, str] = os.environ, *, now: Callable[[], dt.datetime] | None = None
    ) -> None:
        self._key = environment.get("PC_SDK_SUBSCRIPTION_KEY")
        self._now = now or (lambda: dt.datetime.now(dt.UTC))
        self._tokens: dict[tuple[str, str], tuple[str, dt.datetime]] = {}
        self._lock = threading.Lock()
        self._pools = urllib3.PoolManager(
            retries=urllib3.Retry(4, backoff_factor=1, status_forcelist=(429, 500, 502, 503))
        )

    def sign(self, href: str) -> tuple[str, Headers]:
        """Append the container's token."""
        here = address_of(href)
        if here is None or not here.host.endswith(self.storage) or not _kept_secret(here):
            return href, {}
        return f"{here.asked.partition('?')[0]}?{self._token(*self._container(href))}", {}

    def renew(self, href: str) -> bool:
        """Drop the container's token."""
        with self._lock:
            return self._tokens.pop(self._container(href), None) is not None

    def _container(self, href: str) -> tuple[str, str]:
        here = address_of(href)
        account, container = ("", "") if here is None else (here.host, here.target.strip("/").split("/")[0])
        account = account.removesuffix(self.storage)
        if here is not None and not (_WORD.fullmatch(container) and (_WORD.fullmatch(account) or not account)):
            raise ReadFault(FaultKind.REFUSED, "no storage account and container", where=shown(href))
        return account, container

    def _token(self, account: str, container: str) -> str:
        with self._lock:
            token, until = self._tokens.get((account, container), ("", self._now()))
            if until - self._now() < dt.timedelta(minutes=2):
                token, until = self._ask(account, container)
                self._tokens[account, container] = token, until
            return token

    def _ask(self, account: str, container: str) -> tuple[str, dt.datetime]:
        url = f"{self.service}/{account}/{container}"
        headers = {"Ocp-Apim-Subscription-Key": self._key} if self._key else {}
        try:
            response = self._pools.request("GET", url, headers=headers, timeout=30, redirect=False)
            answer = _decoded(response.data)
        except urllib3.exceptions.HTTPError as error:
            raise ReadFault(FaultKind.UNAVAILABLE, f"no token: {type(error).__name__}", where=shown(url)) from None
        except NOT_JSON:
            raise ReadFault(
                FaultKind.DENIED, f"the server answers {response.status} and no token", where=shown(url)
            ) from None
        return answer.token, answer.until


class _Token(msgspec.Struct):
    token: str
    until: dt.datetime = msgspec.field(name="msft:expiry")


_decoded = msgspec.json.Decoder(_Token).decode


class S3:
    """``s3://bucket/key`` addresses, presigned with AWS Signature Version 4 for the server that holds the bucket.

    ``endpoint`` is the server (path style); None means AWS, in the ``region``. ``requester_pays`` agrees that the reader is
    charged for requests and transfer. ``buckets`` are those that may be asked for in the reader's name; None means any.
    """

    def __init__(
        self, keys: Keys | None, *, region: str, endpoint: str | None = None, requester_pays: bool = False,
        buckets: frozenset[str] | None = None, now: Callable[[], dt.datetime] | None = None,
    ) -> None:  # fmt: skip
        self._keys, self._region, self._endpoint, self._pays = keys, region, endpoint, requester_pays
        self._buckets = buckets
        self._now = now or (lambda: dt.datetime.now(dt.UTC))

    def sign(self, href: str) -> tuple[str, Headers]:
        """Presign an ``s3://`` address for an hour; leave any other."""
        if not href.lower().startswith("s3://"):
            return href, {}
        bucket, _, key = href[len("s3://") :].partition("/")
        if not _BUCKET.fullmatch(bucket):
            raise ReadFault(FaultKind.REFUSED, "this is no name of a bucket", where=repr(shown(href)[:200]))
        if self._buckets is not None and bucket.lower() not in self._buckets:
            known = ", ".join(sorted(self._buckets))
            raise ReadFault(FaultKind.REFUSED, f"keys are for these buckets only: {known}", where=shown(href))
        if self._keys is None:
            raise ReadFault(FaultKind.DENIED, "this bucket needs keys, and none are set", where=shown(href))
        if self._endpoint:
            url = f"{self._endpoint}/{bucket}/{key}"
        else:
            url = f"https://{bucket}.s3.{self._region}.amazonaws.com/{key}"
        extra = {"x-amz-request-payer": "requester"} if self._pays else {}
        return presign(url, self._keys, region=self._region, at=self._now(), seconds=3600, query=extra), {}

    def renew(self, href: str) -> bool:  # noqa: ARG002 - the protocol's signature
        """Each request is signed anew, so a refusal is final."""
        return False


class Bearer:
    """A token in the ``Authorization`` header, for the named hosts only."""

    def __init__(self, token: str | None, hosts: tuple[str, ...]) -> None:
        self._token, self._hosts = token, hosts

    def sign(self, href: str) -> tuple[str, Headers]:
        """Add the header where the host is one of ours, over https."""
        here = address_of(href)
        if here is None or here.scheme != "https" or not self._token or not any(map(here.of_host, self._hosts)):
            return href, {}
        return here.asked, {"Authorization": f"Bearer {self._token}"}

    def renew(self, href: str) -> bool:  # noqa: ARG002 - the protocol's signature
        """Refuse: the token came from the user; another one must too."""
        return False


def _keys(environment: Mapping[str, str], access: str, secret: str, session: str = "") -> Keys | None:
    if access not in environment or secret not in environment:
        return None
    return Keys(environment[access], environment[secret], environment.get(session, ""))


def _earth_search(environment: Mapping[str, str]) -> Signer:
    keys = _keys(environment, "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
    return S3(keys, region="eu-central-1", requester_pays=True, buckets=_EARTH_SEARCH_BUCKETS)


def _cdse(environment: Mapping[str, str]) -> Signer:
    keys = _keys(environment, "CDSE_S3_ACCESS_KEY", "CDSE_S3_SECRET_KEY")
    return S3(keys, region="default", endpoint="https://eodata.dataspace.copernicus.eu", buckets=frozenset({"eodata"}))


def _earthdata(environment: Mapping[str, str]) -> Signer:
    return Bearer(environment.get("EARTHDATA_TOKEN"), ("asf.alaska.edu", "earthdatacloud.nasa.gov"))


SIGNERS: dict[str, Callable[[Mapping[str, str]], Signer]] = {
    "none": lambda _: Unsigned(),
    "planetary": PlanetaryComputer,
    "earth-search": _earth_search,
    "cdse": _cdse,
    "earthdata": _earthdata,
}
"""Sign-in plug-ins by name; each is made from the environment."""

_CATALOGUES = {
    "planetarycomputer.microsoft.com": "planetary",
    "earth-search.aws.element84.com": "earth-search",
    "catalogue.dataspace.copernicus.eu": "cdse",
    "stac.dataspace.copernicus.eu": "cdse",
    "cmr.earthdata.nasa.gov": "earthdata",
}


def signer_name(catalogue: str) -> str:
    """Guess the plug-in from the host of a catalogue; ``none`` where it is not one of those we know."""
    return _CATALOGUES.get(urlsplit(catalogue).hostname or "", "none")


def make_signer(name: str, environment: Mapping[str, str] = os.environ) -> Signer:
    """Make a plug-in by its name. Raises `InputError` for a name that is not in `SIGNERS`."""
    if name not in SIGNERS:
        raise InputError(f"there is no sign-in called {name!r}", hint=f"choose one of: {', '.join(SIGNERS)}")
    return SIGNERS[name](environment)
