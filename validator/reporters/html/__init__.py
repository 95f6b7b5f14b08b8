"""The result as one HTML page."""
