"""What a text is made of: letters, words, pieces, quotation marks and the language they stand in."""
