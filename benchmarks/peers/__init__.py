"""Other rule engines on the same decisions, each in the fastest form that its documentation shows."""
