"""PostgreSQL that is given up when it falls silent: named as ENGINE by `opened`."""
