"""The public record: static site, open data, proofs, browser check."""

from vestige.publishing._catalogue import LANGUAGES, require_languages
from vestige.publishing._errors import ExposedPlaceError, KeyNeededError, NotASiteError
from vestige.publishing._pictures import tells_place
from vestige.publishing._publication import Published
from vestige.publishing._publish import publish
from vestige.publishing._serve import SiteServer
from vestige.publishing._verify_site import is_site, verify_site

__all__ = [
    "LANGUAGES",
    "ExposedPlaceError",
    "KeyNeededError",
    "NotASiteError",
    "Published",
    "SiteServer",
    "is_site",
    "publish",
    "require_languages",
    "tells_place",
    "verify_site",
]
