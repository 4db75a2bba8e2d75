"""Arrays and scenes in; tested change out. Knows nothing of records."""
