"""Checks of the running text: figures told there, wording, private details."""
