"""Send every route what no browser would, and see that nothing breaks."""
