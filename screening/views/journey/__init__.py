"""The pages of a patient: each saved at once, none a dead end."""
