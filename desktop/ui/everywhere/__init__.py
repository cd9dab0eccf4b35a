"""Keys that are heard wherever the focus is, in the browser too, where the system lends them."""
