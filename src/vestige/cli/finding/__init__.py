"""`vestige list`, `search`, `show` and `history`."""
