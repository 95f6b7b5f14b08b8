"""Checks of title, unit, year, period and day of publication."""
