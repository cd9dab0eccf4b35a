"""The people helped and what is known of them."""
