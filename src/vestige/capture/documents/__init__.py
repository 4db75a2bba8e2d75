"""Documents as their makers write them: one file a form, and one list of them in ``_forms`` (docs/adr/0145)."""
