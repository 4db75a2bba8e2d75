"""What goes wrong between a log and its witnesses."""

from vestige.errors import InputError


class WitnessError(InputError):
    """A witness cannot be set up, or a request or an answer is not what the protocol asks for."""
