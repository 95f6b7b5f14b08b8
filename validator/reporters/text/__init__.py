"""The result for a terminal or a plain text file."""
