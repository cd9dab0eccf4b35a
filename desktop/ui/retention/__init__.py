"""How long what is known is kept: the rules, what falls due, erasing it."""
