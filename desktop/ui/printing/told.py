"""What is said once a paper has left for a printer, or lies in clear on the disk."""

from __future__ import annotations

from desktop.workflows.filling.states import Tone

N = "\u00a0"

IN_CLEAR = ("Le PDF est enregistré en clair. Effacez-le quand il aura servi.", Tone.CARE)
"""A PDF was saved where the user chose."""


def sent_to(printer: str) -> tuple[str, Tone]:
    """A paper went to a printer, by its name."""
    return f"Envoyé à l’imprimante «{N}{printer}{N}».", Tone.GOOD
