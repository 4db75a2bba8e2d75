"""The study of the List of World Heritage in Danger."""
