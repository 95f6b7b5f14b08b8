"""Checks of a report against last year's, of the set, and of what the county accepts."""
