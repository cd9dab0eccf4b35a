"""Filing online from a relay: procedures, links, drafts and what becomes of them."""
