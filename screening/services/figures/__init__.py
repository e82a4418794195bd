"""How the clinic is doing, in numbers for which no answer is opened."""
