"""`vestige add`."""
