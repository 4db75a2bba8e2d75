"""What can go wrong when something is asked of the network.

::

    InputError
    ├── AddressRefusedError     the address is no public web address, or leads to one that is not
    └── TooLargeError           more bytes than the limit
    EnvironmentFault
    └── FetchFault              the network or the server did not deliver, or not in time
"""

from vestige.errors import EnvironmentFault, InputError


class AddressRefusedError(InputError):
    """An address that is not fetched: not http or https, private, loopback, link-local or otherwise not public."""


class TooLargeError(InputError):
    """An answer with more bytes than the limit; nothing of it was kept."""


class FetchFault(EnvironmentFault):
    """The network or the server did not deliver, or not in time."""
