"""``vestige appeal``: forms, drafts, checks, letters, and what became of them."""

from cyclopts import App

from vestige.cli.appeal._drafting import check, compose, draft, forms, sign
from vestige.cli.appeal._following import listing, recompose, record, reply, sent, update

app = App(
    name="appeal",
    help="Appeals that carry their own proof. Example: vestige appeal draft whc-174 --site whc:1703 --as 'Our association'",
    help_format="plaintext",
)
for command in (forms, draft, check, compose, sign, sent, reply, update, recompose, record):
    app.command(command)
app.command(listing, name="list")
