"""The functions that write, one module a verb; each is one transaction."""
