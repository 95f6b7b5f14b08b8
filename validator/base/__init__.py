"""What everybody may use and what needs the standard library alone."""
