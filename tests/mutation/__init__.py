"""Mutation tests: a report model of our own, writers for each layout, one broken thing at a time."""
