"""Break it on purpose, on both databases, and count what was lost."""
