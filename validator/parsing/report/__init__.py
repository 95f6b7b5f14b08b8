"""Blocks → sections and tables."""
