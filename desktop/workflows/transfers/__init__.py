"""A whole person going from one station to another."""
