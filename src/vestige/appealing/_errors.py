"""The errors of appealing, all of them about what came from outside.

::

    InputError
    ├── FormError    a form file cannot be used as it is
    ├── DraftError   a draft file cannot be used as it is
    └── AppealError  an appeal, a dispatch or a reply does not fit the record
"""

from vestige.errors import InputError
from vestige.procedures._errors import FormError


class DraftError(InputError):
    """A draft cannot be used as it is."""


class AppealError(InputError):
    """An appeal, a dispatch or a reply does not fit the record."""


__all__ = ["AppealError", "DraftError", "FormError"]
