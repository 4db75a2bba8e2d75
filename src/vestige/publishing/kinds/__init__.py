"""How the kinds of entry that record what was found out are published: one frozen `PageKind` a kind, a file each.

A new kind is registered in four places, each of which says so in its own words:

1. ``entries/acts/_appeal.py``: its body, which answers `named`, `words`, `links`, `held`, `exposes`; a line in ``entries/acts/__init__``.
2. ``publishing/acts/_appeal.py``: its `PageKind`, for an act made by `publishing.acts._act.act`; a line in ``publishing/acts/__init__``.
3. ``templates/acts/appeal.html``: its card, which its page, its list and the pages of all that it names show.
4. ``tests/kinds/examples.py``: one example body, without which the conformance suite fails.

From the registration come its page in every language with its JSON twin, its list and place in the navigation, its data files with the
meaning of every column, its counts, its table of balance, its line on the front page, and its cards on the pages of sites, actors,
sources, statements and acts that it names. Words that are new need a line in each of ``catalogues/*.po``.
"""

from vestige.publishing.kinds._actor import ACTOR
from vestige.publishing.kinds._kind import PageKind
from vestige.publishing.kinds._site import ASSESSMENT, OBSERVATION, SITE
from vestige.publishing.kinds._source import SOURCE
from vestige.publishing.kinds._statement import STATEMENT
from vestige.publishing.kinds._study import STUDY

ALL: tuple[PageKind, ...] = (SITE, STATEMENT, SOURCE, ASSESSMENT, OBSERVATION, ACTOR, STUDY)
"""Every kind of this folder, in the order in which pages speak of them."""

__all__ = ["ALL", "PageKind"]
