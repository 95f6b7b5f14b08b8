"""The contact sentence → its details."""
