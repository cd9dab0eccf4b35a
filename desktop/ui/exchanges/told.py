"""What taking a bundle or receipts in did, in a sentence."""

from __future__ import annotations

from desktop.workflows.exchanges.bundles import ReceivedBundle
from desktop.workflows.exchanges.receipts import TakenReceipt
from desktop.workflows.filling.states import Tone

N = "\u00a0"


def bundle_told(received: ReceivedBundle) -> tuple[str, Tone]:
    """What taking a bundle in did."""
    preview = received.preview
    if not received.new:
        said = f"La liasse n°{N}{preview.number} était déjà reçue. Rien n’a changé."
        return said, Tone.ACCENT
    if not preview.sender_known:
        said = (
            f"Liasse n°{N}{preview.number} reçue d’un expéditeur inconnu, qui se nomme "
            f"«{N}{preview.sender}{N}». Importez sa carte et comparez l’empreinte avant "
            "de déposer."
        )
        return said, Tone.CARE
    count = len(received.application_ids)
    said = (
        f"Liasse n°{N}{preview.number} de {preview.sender}{N}: signature vérifiée, "
        f"{count}{N}démarche{'s' if count > 1 else ''}."
    )
    return said, Tone.GOOD


def receipts_told(taken: tuple[TakenReceipt, ...]) -> tuple[str, Tone]:
    """What taking receipts in did."""
    new = [one for one in taken if one.new]
    if not new:
        return "Cet accusé était déjà importé. Rien n’a changé.", Tone.ACCENT
    parts = [
        f"Accusé de la liasse n°{N}{one.number}{N}: " + " ; ".join(one.lines) + "." for one in new
    ]
    return " ".join(parts), Tone.GOOD
