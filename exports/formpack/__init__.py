"""Form packs: signed archives of definitions, how updates reach a PC without a network."""
