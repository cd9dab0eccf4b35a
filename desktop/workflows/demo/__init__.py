"""The demonstration: the whole round trip on invented people."""
