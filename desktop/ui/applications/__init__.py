"""Applications: the list, and starting one from the catalogue."""
