"""Intake for a ketamine clinic: a protocol, answers, an evaluation, a review."""
