"""What is asked and what follows from the answers, in pure functions."""
