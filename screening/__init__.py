"""The intake: a clinic publishes, a patient answers, the engine evaluates, a clinician reviews."""
