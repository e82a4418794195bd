"""The lead's team, and how a colleague comes in."""
