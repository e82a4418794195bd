"""What keeps the records whole: keys, backups, erasure, retention, readiness."""
