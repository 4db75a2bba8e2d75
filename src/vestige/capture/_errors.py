"""What can go wrong when a source comes in; the first two and the last are those of whatever is asked of the network.

::

    InputError
    ├── AddressRefusedError     the address is no public web address, or leads to one that is not
    ├── TooLargeError           more bytes than the limit
    └── NotTextError            the bytes are no text that can be read
    EnvironmentFault
    └── FetchFault              the network or the server did not deliver, or not in time
"""

from vestige.errors import InputError
from vestige.outside import AddressRefusedError, FetchFault, TooLargeError

__all__ = ["AddressRefusedError", "FetchFault", "NotTextError", "TooLargeError"]


class NotTextError(InputError):
    """Bytes that hold no readable text: a picture, an archive, a PDF, noise."""
