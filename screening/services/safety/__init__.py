"""What becomes of an alert: announced, owned, passed on, and proved every day."""
