"""Files that systems, hosts and people leave in a folder, and that no reader would take for part of a record."""

import re
from typing import Final

_NAMES: Final = re.compile(
    r"""(?:^|/)(?:\.DS_Store|\._[^/]*|\.localized|Thumbs\.db|ehthumbs\.db|desktop\.ini|\.directory|\.gitignore|\.gitattributes|\.gitkeep|\.nojekyll
    |\.htaccess|\.nextcloudsync\.log|\.sync_[^/]*\.db|\.~lock\.[^/]*\#|~\$[^/]*)$
    |^(?:CNAME|_headers|_redirects|netlify\.toml|vercel\.json|robots\.txt|google[0-9a-f]+\.html)$
    |^(?:\.git|\.well-known|\.Trashes|\.Trash-\d+|\.Spotlight-V100|\.fseventsd|\$RECYCLE\.BIN|System\ Volume\ Information|__MACOSX)(?:/|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_PLACES: Final = ("ledger/", "archive/", "keys/", "body/", "file/", "data/", "assets/")
"""What lies here could be taken for a part of the record whatever it is called, but for what systems leave in every folder."""
_LOOSE: Final = re.compile(
    r"""^[^/]+\.(?:csv|tsv|xlsx|xls|ods|geojson|kml|kmz|gpkg|gpx|zip|txt|md|rtf|doc|docx|odt|epub|pdf|html?|xhtml|mhtml?|warc(?:\.gz)?|wacz
    |eml|msg|mbox|srt|vtt|jpe?g|png|gif|webp|tiff?|heic|avif|mp4|mov|avi|mkv|webm|mp3|m4a|wav|ogg|toml)$""",
    re.VERBOSE | re.IGNORECASE,
)
"""What people put beside a record on disk: a table or source that was taken in, a note."""


def is_foreign(path: str) -> bool:
    """Whether a file beside those of a record is nobody's part of it: what a system left, or a table or note in the record's own folder."""
    return bool(_NAMES.search(path) or (not path.startswith(_PLACES) and _LOOSE.match(path)))


def is_left_by_systems(path: str) -> bool:
    """Whether a file of a published folder was left there by a system or a host; a page or table of any name would be taken for part of it."""
    return bool(_NAMES.search(path))
