"""What can go wrong when a source comes in.

::

    InputError
    ├── AddressRefusedError     the address is no public web address, or leads to one that is not
    ├── TooLargeError           more bytes than the limit
    └── NotTextError            the bytes are no text that can be read
    EnvironmentFault
    └── FetchFault              the network or the server did not deliver, or not in time
"""

from vestige.errors import EnvironmentFault, InputError


class AddressRefusedError(InputError):
    """An address that is not fetched: not http or https, private, loopback, link-local or otherwise not public."""


class TooLargeError(InputError):
    """A source with more bytes than the limit; nothing of it was kept."""


class NotTextError(InputError):
    """Bytes that hold no readable text: a picture, an archive, a PDF, noise."""


class FetchFault(EnvironmentFault):
    """The network or the server did not deliver, or not in time."""
