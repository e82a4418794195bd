"""What a clinician writes beside the decision: whose case it is, notes, words sent."""
