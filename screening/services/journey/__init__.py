"""What a patient's way writes: begun or found again, followed from save to save."""
