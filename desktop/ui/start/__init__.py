"""The first start, and unlocking."""
