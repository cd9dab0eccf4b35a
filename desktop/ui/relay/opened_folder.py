"""What opening a folder of bundles did, and which files were refused."""

from __future__ import annotations

from desktop.ui.parts.card import Card
from desktop.ui.parts.text import text
from desktop.workflows.relay.bulk_opening import BulkOpening

N = "\u00a0"
_MOST = 20


class OpenedFolder(Card):
    """The report of one opening; hidden while there is none."""

    def __init__(self) -> None:
        super().__init__("Dossier de liasses")
        self._said = text("")
        self._refused = text("", "error")
        self.add(self._said)
        self.add(self._refused)
        self.hide()

    def show_opening(self, opened: BulkOpening) -> None:
        """Say what was taken in, and list what was refused with its reason."""
        self._said.setText(told(opened))
        shown = opened.unopened[:_MOST]
        lines = [f"{one.name}{N}: {one.why}" for one in shown]
        if len(opened.unopened) > len(shown):
            lines.append(f"Et {len(opened.unopened) - len(shown)} autres.")
        self._refused.setText("\n".join(lines))
        self._refused.setVisible(bool(lines))
        self.show()


def told(opened: BulkOpening) -> str:
    """What was done, in two or three sentences."""
    if not opened.found:
        return "Ce dossier ne contient aucune liasse."
    parts = [
        f"{_count(opened.new, 'liasse reçue', 'liasses reçues')} "
        f"({_count(opened.applications, 'démarche', 'démarches')}), "
        f"{_count(opened.already, 'déjà reçue', 'déjà reçues')}, "
        f"{_count(len(opened.unopened), 'refusée', 'refusées')}."
    ]
    if opened.left:
        parts.append(
            f"Arrêté avant la fin{N}: {_count(opened.left, 'fichier reste', 'fichiers restent')} "
            "à ouvrir. Ouvrez le même dossier pour continuer."
        )
    if opened.unknown_senders:
        names = ", ".join(f"«{N}{name}{N}»" for name in opened.unknown_senders)
        parts.append(
            f"Expéditeurs inconnus, qui se nomment {names}{N}: importez leur carte et comparez "
            "l’empreinte avant de déposer."
        )
    return " ".join(parts)


def _count(number: int, one: str, several: str) -> str:
    return f"{number}{N}{several if number > 1 else one}"
