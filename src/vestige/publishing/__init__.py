"""The public record: static site, open data, proofs, browser check."""

from vestige.publishing._errors import ExposedPlaceError, KeyNeededError, NotASiteError
from vestige.publishing._publish import publish
from vestige.publishing._serve import SiteServer
from vestige.publishing.checking._bodies import PublishedEntry, PublishedRecord
from vestige.publishing.checking._restore import restore
from vestige.publishing.checking._site import find_root, is_site, verify_site
from vestige.publishing.making._publication import Published
from vestige.publishing.pages._colour import LEAST_CONTRAST, contrast_on_paper, readable_on_paper
from vestige.publishing.words._catalogue import LANGUAGES, require_languages, words_for_terms

__all__ = [
    "LANGUAGES",
    "LEAST_CONTRAST",
    "ExposedPlaceError",
    "KeyNeededError",
    "NotASiteError",
    "Published",
    "PublishedEntry",
    "PublishedRecord",
    "SiteServer",
    "contrast_on_paper",
    "find_root",
    "is_site",
    "publish",
    "readable_on_paper",
    "require_languages",
    "restore",
    "verify_site",
    "words_for_terms",
]
