"""The pure engine: what is asked and what follows from the answers, on the standard library alone."""
