"""Checks of the contact sentence."""
