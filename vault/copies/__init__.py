"""A vault's other selves: backed up, restored, repaired, under another key."""
