"""Our own A4 papers: the page they share, and what is set on it."""
