"""Checks of sections and required statements."""
