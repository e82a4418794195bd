"""The pages of a clinician: the queue, a case, and what can be done about it."""
