"""What lies outside and is asked for: addresses taken apart once, and what can go wrong on the way."""

from vestige.outside._address import WebAddress, check_public, web_address
from vestige.outside._answers import MOST_REDIRECTS, REDIRECTS, Pace, ask, blocks, body
from vestige.outside._errors import AddressRefusedError, FetchFault, TooLargeError

__all__ = [
    "MOST_REDIRECTS",
    "REDIRECTS",
    "AddressRefusedError",
    "FetchFault",
    "Pace",
    "TooLargeError",
    "WebAddress",
    "ask",
    "blocks",
    "body",
    "check_public",
    "web_address",
]
