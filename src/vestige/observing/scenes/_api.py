"""What pystac-client asks the web with: public addresses, judged redirects, bounds of bytes, pages and time, nothing of the environment."""

from typing import Any

from urllib3 import Retry

from vestige.observing.scenes._bounds import Count
from vestige.observing.scenes._guard import PublicPools, check_url, shown
from vestige.outside import FetchFault, Pace, TooLargeError, body, web_address
from vestige.public_internet import AnyPools

MOST_OF_PAGE = 64 << 20
_TIMEOUT = 60


def guarded_io(count: Count, *, allow_private: bool) -> Any:
    """Give pystac-client a session that asks by our rules, whatever the API's own links say."""
    import requests.adapters
    from pystac_client.exceptions import APIError
    from pystac_client.stac_api_io import StacApiIO

    class Adapter(requests.adapters.HTTPAdapter):
        def init_poolmanager(self, connections: int, maxsize: int, block: bool = False, **options: Any) -> None:
            pools = AnyPools if allow_private else PublicPools
            self.poolmanager = pools(num_pools=connections, maxsize=maxsize, block=block, **options)

    class Session(requests.Session):
        def get_redirect_target(self, resp: requests.Response) -> str | None:
            target = super().get_redirect_target(resp)
            return None if target is None else web_address(str(resp.url)).onward(target).text

    class GuardedIO(StacApiIO):
        def request(
            self,
            href: str,
            method: str | None = None,
            headers: dict[str, str] | None = None,
            parameters: dict[str, Any] | None = None,
        ) -> str:
            count.document()
            check_url(href, allow_private=allow_private)
            posted = (method or "GET").upper() == "POST"
            with self.session.request(
                method or "GET", href, headers=headers, stream=True, timeout=_TIMEOUT,
                json=parameters if posted else None, params=None if posted else parameters,
            ) as reply:  # fmt: skip
                try:
                    data = body(reply.raw, most=MOST_OF_PAGE, pace=Pace(shown(href), seconds=count.left), where=href)
                except (FetchFault, TooLargeError) as error:
                    raise APIError(error.message) from error
                count.more(len(data))
                if not reply.ok:
                    raise APIError(f"the server answers {reply.status_code} {reply.reason}")
            return data.decode("utf-8", "replace")

    io = GuardedIO()
    io.session = Session()
    io.session.trust_env = False  # no password from a .netrc, no proxy that would hide where we connect
    io.session.max_redirects = 5
    io.session.headers["Accept-Encoding"] = "identity"  # what is packed could be a bomb, and is refused as no JSON
    retry = Retry(
        4, backoff_factor=0.5, status_forcelist=(429, 500, 502, 503, 504), allowed_methods=None, retry_after_max=60,
        raise_on_status=False,
    )  # fmt: skip
    for scheme in ("http://", "https://"):
        io.session.mount(scheme, Adapter(max_retries=retry))
    return io
