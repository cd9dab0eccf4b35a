"""Official PDF forms: what they ask, filled, read back."""
