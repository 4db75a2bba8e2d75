"""The report of a study: page, PDF, figures, tables."""
