"""`vestige study`."""
