"""The criteria to read, and the pages on which a lead changes them."""
