"""The relay's desk: what came in, what became of it, the receipts."""
