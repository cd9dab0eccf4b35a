"""The bar above the page: search or the page's own title, who works, and « Verrouiller »."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from desktop.ui.parts.button import button
from desktop.ui.parts.search_line import SearchLine
from desktop.ui.parts.text import line, text
from desktop.ui.parts.voice import say_aloud


class TopBar(QFrame):
    """State: the text searched, what was found, or the title of the page."""

    def __init__(
        self,
        *,
        examples: tuple[str, ...],
        user: str,
        on_search: Callable[[str], Sequence[tuple[str, str, str]]],
        on_found: Callable[[str], object],
        on_lock: Callable[[], object],
        on_menu: Callable[[], object],
    ) -> None:
        """Make the bar.

        Args:
            examples: what can be searched, from the longest words to the shortest.
            user: who works here.
            on_search: given the text typed; gives key, title and subtitle of what was found.
            on_found: given the key chosen.
            on_lock: locks the vault.
            on_menu: shows or hides the rail, on a narrow screen.
        """
        super().__init__()
        self.setObjectName("topbar")
        self._on_search, self._on_found = on_search, on_found
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 10, 24, 10)
        row.setSpacing(16)
        self.search = SearchLine(examples, name="Chercher", widest=440)
        self.search.textEdited.connect(self._typed)
        self.search.returnPressed.connect(self._open_first)
        self.search.installEventFilter(self)
        titles = QWidget()
        column = QVBoxLayout(titles)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._above = text("", "small")
        self._title = text("", "heading")
        column.addWidget(self._above)
        column.addWidget(self._title)
        self._titles = titles
        titles.hide()
        self._menu = button("Menu", on_menu)
        self._menu.hide()
        row.addWidget(self._menu)
        row.addWidget(self.search, 3)
        row.addWidget(titles, 3)
        row.addStretch(1)
        self._user = line(user, "soft")
        row.addWidget(self._user)
        row.addWidget(button("Verrouiller", on_lock))
        self.found = QListWidget(self)
        self.found.setWindowFlags(Qt.WindowType.ToolTip)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.found.setAccessibleName("Résultats de la recherche")
        self.found.itemClicked.connect(self._open)
        self.found.hide()

    def show_compact(self, compact: bool) -> None:
        """Make room on a narrow screen: the rail behind a button, the user's name left out."""
        self._menu.setVisible(compact)
        self._user.setVisible(not compact)

    def show_search(self) -> None:
        """Show the search line."""
        self._titles.hide()
        self.search.show()

    def show_title(self, above: str, title: str) -> None:
        """Show the page's own title in place of the search."""
        self._above.setText(above)
        self._title.setText(title)
        self.search.hide()
        self._titles.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move through what was found with the arrows; put it away with Escape."""
        if watched is self.search and event.type() == QEvent.Type.FocusOut:
            self.found.hide()
        if watched is self.search and isinstance(event, QKeyEvent) and self.found.isVisible():
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
            if event.type() == QEvent.Type.KeyPress and event.key() in steps:
                row = self.found.currentRow() + steps[Qt.Key(event.key())]
                self.found.setCurrentRow(max(0, min(row, self.found.count() - 1)))
                chosen = self.found.currentItem()
                if chosen is not None:
                    say_aloud(self.search, chosen.text().replace("\n", ", "))
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.found.hide()
                return True
        return super().eventFilter(watched, event)

    def _typed(self, words: str) -> None:
        self.found.clear()
        for key, title, subtitle in self._on_search(words):
            item = QListWidgetItem(f"{title}\n{subtitle}" if subtitle else title)
            item.setData(Qt.ItemDataRole.UserRole, key)
            self.found.addItem(item)
        if not words.strip():
            self.found.hide()
            return
        found = self.found.count()
        if not found:
            nothing = QListWidgetItem(f"Rien ne commence par «\u00a0{words.strip()}\u00a0».")
            nothing.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(nothing)
            say_aloud(self.search, nothing.text())
        else:
            self.found.setCurrentRow(0)
            plural = "s" if found > 1 else ""
            said = self.found.item(0).text().replace("\n", ", ")
            say_aloud(self.search, f"{found} résultat{plural}. {said}")
        corner = self.search.mapToGlobal(QPoint(0, self.search.height() + 2))
        height = min(360, self.found.sizeHintForRow(0) * self.found.count() + 24)
        self.found.setGeometry(corner.x(), corner.y(), self.search.width(), height)
        self.found.show()

    def _open_first(self) -> None:
        row = self.found.currentRow()
        if row >= 0 and self.found.item(row).data(Qt.ItemDataRole.UserRole) is not None:
            self._open(self.found.item(row))

    def _open(self, item: QListWidgetItem) -> None:
        key = str(item.data(Qt.ItemDataRole.UserRole))
        self.found.hide()
        self.search.clear()
        self._on_found(key)
