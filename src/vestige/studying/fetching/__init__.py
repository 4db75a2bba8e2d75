"""Data sets of studies: catalogued, fetched, read."""
