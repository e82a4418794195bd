"""What leaves the desk: paper, files and tables."""
