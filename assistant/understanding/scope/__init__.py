"""What does not belong to this policy, by words and by the learned subject model."""
