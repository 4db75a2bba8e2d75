"""Types of sites that pages have words for: what a register calls a site in English, whatever its case, is shown in the reader's language."""

SITE_TYPES = (
    "Archaeological landscape",
    "Archaeological site",
    "Archive",
    "Bridge",
    "Castle",
    "Cathedral",
    "Cemetery",
    "Church",
    "Fortress",
    "Historic town",
    "House",
    "Library",
    "Mausoleum",
    "Monastery",
    "Monument",
    "Mosque",
    "Museum",
    "Palace",
    "Rock-cut sculpture",
    "School",
    "Synagogue",
    "Temple",
    "Theatre",
)
_BY_TEXT = {name.casefold(): name for name in SITE_TYPES}


def known_type(text: str) -> str | None:
    """Give the type that a register's text means; None for what is none of these, which is shown as it stands."""
    return _BY_TEXT.get(" ".join(text.split()).casefold())
