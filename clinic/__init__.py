"""The clinic around the screening: its settings, addresses and contacts."""
