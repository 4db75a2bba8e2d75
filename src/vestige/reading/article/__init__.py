"""Which lines of a page are the article, and which its furniture."""
