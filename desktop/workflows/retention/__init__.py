"""How long people are kept, how they are erased, and what is held on them."""
