"""Files of geographic programs and spreadsheets, as rows."""
