"""The carriers: everything that leaves this PC and comes back. No Qt, never the vault."""
