"""The index: derived, disposable, and the only rows of SQL."""
