"""Filing online from a relay: what would be sent, what was sent, the links, the portals."""
