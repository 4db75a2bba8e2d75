"""`vestige policy`."""
