"""`vestige observe`."""
