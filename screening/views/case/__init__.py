"""What the page of a case says, part by part."""
