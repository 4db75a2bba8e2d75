"""The types of page of a published record, each with one example."""

import json
from pathlib import Path

from vestige.publishing import acts, kinds
from vestige.publishing._registry import LISTED

FIXED = {
    "front": "index.html",
    "sites": "sites/index.html",
    "findings": "findings/index.html",
    **{kind.listing.folder: f"{kind.listing.folder}/index.html" for kind in LISTED},
    "ledger": "ledger/index.html",
    "ledger-page": "ledger/0.html",
    "balance": "balance.html",
    "peace": "peace.html",
    "check": "check.html",
    "data": "data.html",
}
ACTS = tuple(kind.name for kind in acts.ALL)
ONE_OF = ("assessments", *sorted(kind.name for kind in kinds.ALL if kind.paged and kind.name != "site"))
KINDS = (*FIXED, "site", "sensitive-site", *ONE_OF)


def path_of(kind: str, published: Path, language: str = "en") -> str:
    """Give the path of a page of this type from the top of the site."""
    if kind in FIXED:
        return f"{language}/{FIXED[kind]}"
    if kind in (*ONE_OF, *ACTS):
        return f"{language}/{kind}/{min(path.name for path in (published / 'en' / kind).glob('*.html'))}"
    rows = json.loads((published / "data/sites-index.json").read_text())["sites"]
    row = next(row for row in rows if bool(row[6]) == (kind == "sensitive-site"))
    return f"{language}/site/{row[0]}.html"
