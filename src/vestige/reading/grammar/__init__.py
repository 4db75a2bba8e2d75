"""Phrases, clauses, drafts and the page: what the rules of every language use."""
