"""The lead's charts."""
