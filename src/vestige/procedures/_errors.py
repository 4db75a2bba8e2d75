"""The error of procedures."""

from vestige.errors import InputError


class FormError(InputError):
    """A form file cannot be used as it is."""
