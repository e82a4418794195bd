"""Measurements beside peers and beside the limit: what is fast is shown, not said."""
