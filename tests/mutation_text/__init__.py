"""Sound reports with rich narratives, and one thing changed in their text."""
