"""Sentences → what they count."""
