"""``vestige add``: sites from a register, assessments from a table, a source from a file or the web, a reference without a copy."""

from cyclopts import App

from vestige.cli.adding._actor import actor
from vestige.cli.adding._assessments import assessments
from vestige.cli.adding._sites import sites
from vestige.cli.adding._source import reference, source

app = App(name="add", help="Add sites, assessments, a source or an actor to a record.", help_format="plaintext")
app.command(sites)
app.command(assessments)
app.command(actor)
app.command(source)
app.command(reference)
