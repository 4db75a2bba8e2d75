"""Sources come in: files, web pages, media."""
