"""Text in; candidate statements, places and related news out. Knows nothing of records."""
