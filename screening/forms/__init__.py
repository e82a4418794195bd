"""Forms read what people type; they never write."""
