"""What is mailed, and how it is made sure that it arrives."""
