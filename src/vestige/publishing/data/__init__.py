"""The data files of a publication: CSV, Parquet, GeoParquet, and the pages that describe them."""
