"""The people helped: list, page, new person."""
