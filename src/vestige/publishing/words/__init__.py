"""The words of pages in each language."""
