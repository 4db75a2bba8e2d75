"""What templates are given: cards, paths, relations, and what things are called."""
