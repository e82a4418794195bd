"""The safety board, and the page of each alert."""
