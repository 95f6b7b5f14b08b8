"""Reports with one thing in them each: what must be said of it and what must not."""
