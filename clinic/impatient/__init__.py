"""PostgreSQL as pages ask it: named in place of Django's own by `hurry`."""
