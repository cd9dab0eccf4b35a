"""Words of Qt's own dialogs that its French leaves in English."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

_WORDS = {
    ("QFileDialog", "&Look in:"): "&Regarder dans\u00a0:",
    ("QFileDialog", "Look in:"): "&Regarder dans\u00a0:",
    ("QFileDialog", "Files of &type:"): "&Type de fichiers\u00a0:",
    ("QFileDialog", "Files of type:"): "&Type de fichiers\u00a0:",
    ("QFileDialog", "Directory:"): "Dossier\u00a0:",
    ("QFileDialog", "Folder"): "Dossier",
    ("QFileDialog", "File"): "Fichier",
    ("QAbstractFileIconProvider", "Folder"): "Dossier",
    ("QAbstractFileIconProvider", "File Folder"): "Dossier",
    ("QAbstractFileIconProvider", "File"): "Fichier",
    ("QAbstractFileIconProvider", "%1 File"): "Fichier %1",
    ("QAbstractFileIconProvider", "Drive"): "Disque",
    ("QAbstractFileIconProvider", "Shortcut"): "Raccourci",
}


class QtWords(QTranslator):
    """What is missing, asked before Qt's own translator."""

    def isEmpty(self) -> bool:
        """It has words, though no file was loaded."""
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        """The French of a text; None for Qt's own."""
        return _WORDS.get((context, source))
