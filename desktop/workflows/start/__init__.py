"""Before and after the work: a vault opened, locked, come back to."""
