"""Checks of tables, rows, columns and cells."""
