"""Colours, spaces and sizes as named tokens, and the one style sheet made from them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QWidget

from desktop.workflows.settings.looks import Colours

SMALL, BODY, HEADING, PAGE = 10.0, 11.5, 13.5, 18.0
"""Sizes of type, in points at 100 %."""

RADIUS, CARD_RADIUS = 6, 8
TARGET = 32
"""The least height of what is clicked, in pixels at 100 %."""

QUESTION_WIDTH = 600
ZOOM_STEPS = (1.0, 1.1, 1.25, 1.5, 1.75, 2.0)


@dataclass(frozen=True)
class Tokens:
    """One set of colours; `rail` differs between a station and a relay."""

    ink: str
    soft: str
    line: str
    field_line: str
    ground: str
    paper: str
    accent: str
    accent_ground: str
    on_accent: str
    good: str
    good_ground: str
    care: str
    care_ground: str
    bad: str
    bad_ground: str
    neutral_ground: str
    focus: str
    station_rail: str
    relay_rail: str
    rail_ink: str
    badge: str
    badge_ink: str


LIGHT = Tokens(
    ink="#1d2733",
    soft="#55606d",
    line="#dcd9d2",
    field_line="#8a8f95",
    ground="#f6f4ef",
    paper="#ffffff",
    accent="#1c5a6e",
    accent_ground="#e3eff2",
    on_accent="#ffffff",
    good="#1d6b3c",
    good_ground="#e4f2e8",
    care="#7a4d00",
    care_ground="#fbf0d9",
    bad="#9c231c",
    bad_ground="#fbe7e5",
    neutral_ground="#ebe9e4",
    focus="#b35c00",
    station_rail="#20303a",
    relay_rail="#3a2c20",
    rail_ink="#e6ecef",
    badge="#f2b155",
    badge_ink="#20303a",
)

DARK = Tokens(
    ink="#eef2f5",
    soft="#b4bec8",
    line="#3b444d",
    field_line="#7d8790",
    ground="#161b20",
    paper="#20272e",
    accent="#8fd0e4",
    accent_ground="#173642",
    on_accent="#0e1a20",
    good="#8fdcaa",
    good_ground="#17351f",
    care="#f2c879",
    care_ground="#3b2c0c",
    bad="#ffb0a8",
    bad_ground="#451a17",
    neutral_ground="#2b333b",
    focus="#ff9d3b",
    station_rail="#0f161b",
    relay_rail="#241a12",
    rail_ink="#e6ecef",
    badge="#f2b155",
    badge_ink="#20303a",
)

HIGH_CONTRAST = Tokens(
    ink="#000000",
    soft="#1a1a1a",
    line="#000000",
    field_line="#000000",
    ground="#ffffff",
    paper="#ffffff",
    accent="#003b57",
    accent_ground="#ffffff",
    on_accent="#ffffff",
    good="#00401c",
    good_ground="#ffffff",
    care="#4a2c00",
    care_ground="#ffffff",
    bad="#7a0000",
    bad_ground="#ffffff",
    neutral_ground="#ffffff",
    focus="#b30000",
    station_rail="#000000",
    relay_rail="#2b1600",
    rail_ink="#ffffff",
    badge="#ffffff",
    badge_ink="#000000",
)

TOKENS = {Colours.LIGHT: LIGHT, Colours.DARK: DARK, Colours.CONTRAST: HIGH_CONTRAST}


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours (WCAG 2.2, 1.4.3)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def scale_of(widget: QWidget) -> float:
    """How many times larger than at 100 % a widget’s body text is; zoom and screen included."""
    return max(1.0, QFontInfo(widget.font()).pixelSize() / (BODY * 96 / 72))


def palette(tokens: Tokens) -> QPalette:
    """The colours of what the style draws itself: ticks, radio buttons, placeholders."""
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in (
        (roles.Window, tokens.ground),
        (roles.WindowText, tokens.ink),
        (roles.Base, tokens.paper),
        (roles.AlternateBase, tokens.neutral_ground),
        (roles.Text, tokens.ink),
        (roles.Button, tokens.paper),
        (roles.ButtonText, tokens.ink),
        (roles.PlaceholderText, tokens.soft),
        (roles.Highlight, tokens.accent),
        (roles.HighlightedText, tokens.on_accent),
        (roles.Accent, tokens.accent),
        (roles.ToolTipBase, tokens.ink),
        (roles.ToolTipText, tokens.paper),
    ):
        made.setColor(role, QColor(colour))
    return made


def style_sheet(tokens: Tokens, *, zoom: float, relay: bool) -> str:
    """The style sheet of the whole window.

    Args:
        tokens: the colours.
        zoom: 1.0 to 2.0.
        relay: whether the rail is a relay's.
    """

    def points(size: float) -> str:
        return f"{size * zoom:.1f}pt"

    def pixels(size: float) -> str:
        return f"{round(size * zoom)}px"

    t = tokens
    rail = t.relay_rail if relay else t.station_rail
    return f"""
* {{ font-family: "FiraGO"; font-size: {points(BODY)}; color: {t.ink}; }}
QWidget#paper {{ background: {t.paper}; }}
QWidget#ground, QScrollArea, QScrollArea > QWidget > QWidget#ground {{ background: {t.ground}; }}
QScrollArea {{ border: none; }}
QLabel {{ background: transparent; }}
QLabel[role="page"] {{ font-size: {points(PAGE)}; font-weight: 700; }}
QLabel[role="heading"] {{ font-size: {points(HEADING)}; font-weight: 700; }}
QLabel[role="strong"] {{ font-weight: 700; }}
QLabel[role="soft"] {{ color: {t.soft}; }}
QLabel[role="small"] {{ color: {t.soft}; font-size: {points(SMALL)}; }}
QLabel[role="error"] {{ color: {t.bad}; }}
QLabel[role="warning"] {{ color: {t.care}; }}
QLabel[role="profile"] {{ color: {t.accent}; font-size: {points(SMALL)}; }}
QLabel[role="key"] {{ font-size: {points(PAGE)}; font-weight: 700; }}

QFrame#topbar, QFrame#bottombar {{ background: {t.paper}; border: none; }}
QFrame#topbar {{ border-bottom: 1px solid {t.line}; }}
QFrame#bottombar {{ border-top: 1px solid {t.line}; }}
QFrame[role="card"] {{
  background: {t.paper}; border: 1px solid {t.line}; border-radius: {pixels(CARD_RADIUS)};
}}
QFrame[role="rule"] {{ background: {t.line}; border: none; max-height: 1px; min-height: 1px; }}

QFrame#rail {{ background: {rail}; border: none; }}
QFrame#rail QLabel {{ color: {t.rail_ink}; }}
QFrame#rail QLabel[role="brand"] {{ font-size: {points(HEADING)}; font-weight: 700; }}
QFrame#rail QLabel[role="small"] {{ color: {t.rail_ink}; font-size: {points(SMALL)}; }}
QFrame#rail QLabel[role="dash"] {{
  background: {t.badge}; border-radius: 2px; min-width: {pixels(26)}; max-width: {pixels(26)};
  min-height: {pixels(5)}; max-height: {pixels(5)};
}}
QFrame#rail QPushButton {{
  background: transparent; color: {t.rail_ink}; border: 3px solid transparent; text-align: left;
  border-radius: {pixels(RADIUS)}; padding: {pixels(6)} {pixels(9)}; min-height: {pixels(24)};
  font-weight: 400;
}}
QFrame#rail QPushButton:hover {{ background: rgba(255, 255, 255, 24); }}
QFrame#rail QPushButton:checked {{ background: rgba(255, 255, 255, 40); font-weight: 700; }}
QFrame#rail QPushButton:focus {{ border-color: {t.badge}; }}
QLabel[role="badge"], QFrame#rail QLabel[role="badge"] {{
  background: {t.badge}; color: {t.badge_ink}; border-radius: {pixels(8)};
  padding: 1px {pixels(7)}; font-weight: 700; font-size: {points(SMALL)};
}}

QPushButton {{
  background: {t.paper}; border: 1px solid {t.field_line}; border-radius: {pixels(RADIUS)};
  padding: {pixels(6)} {pixels(15)}; min-height: {pixels(20)}; font-weight: 600;
}}
QPushButton:hover {{ background: {t.accent_ground}; }}
QPushButton:focus {{ border: 3px solid {t.focus}; padding: {pixels(4)} {pixels(13)}; }}
QPushButton:disabled {{ color: {t.soft}; border-color: {t.line}; }}
QPushButton[kind="primary"] {{
  background: {t.accent}; color: {t.on_accent}; border: 1px solid {t.accent};
}}
QPushButton[kind="primary"]:focus {{ border: 3px solid {t.focus}; }}
QPushButton[kind="primary"]:disabled {{ background: {t.field_line}; border-color: {t.field_line}; }}
QPushButton[kind="danger"] {{ color: {t.bad}; border-color: {t.bad}; }}
QPushButton[kind="link"] {{
  background: transparent; border: 3px solid transparent; color: {t.accent}; font-weight: 400;
  text-align: left; padding: {pixels(4)} {pixels(4)};
}}
QPushButton[kind="link"]:hover {{ text-decoration: underline; }}
QPushButton[kind="link"]:focus {{ border-color: {t.focus}; }}

QPushButton[kind="step"] {{
  background: transparent; border: 3px solid transparent; color: {t.soft}; font-weight: 400;
  text-align: left; padding: {pixels(5)} {pixels(9)};
}}
QPushButton[kind="step"]:checked {{
  background: {t.accent_ground}; color: {t.ink}; font-weight: 700;
}}
QPushButton[kind="step"]:hover {{ color: {t.ink}; }}
QPushButton[kind="step"]:focus {{ border-color: {t.focus}; }}

QLineEdit, QPlainTextEdit, QComboBox, QListWidget {{
  background: {t.paper}; border: 1px solid {t.field_line}; border-radius: {pixels(RADIUS)};
  padding: {pixels(7)} {pixels(11)}; selection-background-color: {t.accent};
  selection-color: {t.on_accent}; placeholder-text-color: {t.soft};
}}
QLineEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{
  border: 3px solid {t.focus}; padding: {pixels(5)} {pixels(9)};
}}
QComboBox::drop-down {{ border: 0; width: {pixels(26)}; }}
QLineEdit[invalid="true"], QPlainTextEdit[invalid="true"] {{ border: 2px solid {t.bad}; }}
QLineEdit[invalid="true"]:focus {{ border: 3px solid {t.focus}; }}
QLineEdit:read-only {{ background: {t.neutral_ground}; }}
QListWidget::item {{ padding: {pixels(6)}; }}
QListWidget::item:selected {{ background: {t.accent_ground}; color: {t.ink}; }}

QRadioButton, QCheckBox {{
  spacing: {pixels(10)}; min-height: {pixels(TARGET - 6)}; padding: 0 {pixels(6)};
  border: 3px solid transparent; border-radius: {pixels(RADIUS)};
}}
QRadioButton:disabled, QCheckBox:disabled {{ color: {t.soft}; }}
QRadioButton:focus, QCheckBox:focus {{ border-color: {t.focus}; }}
QRadioButton::indicator, QCheckBox::indicator {{
  width: {pixels(18)}; height: {pixels(18)};
}}

QLabel[role="chip"] {{
  border-radius: {pixels(11)}; padding: {pixels(3)} {pixels(10)};
  font-size: {points(SMALL)}; font-weight: 700;
}}
QLabel[tone="neutral"] {{ background: {t.neutral_ground}; color: {t.ink}; }}
QLabel[tone="accent"] {{ background: {t.accent_ground}; color: {t.accent}; }}
QLabel[tone="good"] {{ background: {t.good_ground}; color: {t.good}; }}
QLabel[tone="care"] {{ background: {t.care_ground}; color: {t.care}; }}
QLabel[tone="bad"] {{ background: {t.bad_ground}; color: {t.bad}; }}
QFrame[role="banner"] {{ border: none; border-radius: {pixels(RADIUS)}; }}
QFrame[role="countdown"] {{
  background: {t.care_ground}; border: 2px solid {t.care}; border-radius: {pixels(RADIUS)};
}}
QFrame[tone="good"] {{ background: {t.good_ground}; }}
QFrame[tone="care"] {{ background: {t.care_ground}; }}
QFrame[tone="bad"] {{ background: {t.bad_ground}; }}
QFrame[tone="accent"] {{ background: {t.accent_ground}; }}

QPushButton[kind="row"] {{
  background: {t.paper}; border: 3px solid transparent; border-radius: {pixels(RADIUS)};
  text-align: left; padding: 0; font-weight: 400;
}}
QPushButton[kind="row"]:hover {{ background: {t.accent_ground}; }}
QPushButton[kind="row"]:checked {{
  background: {t.accent_ground}; border-left: 4px solid {t.accent};
}}
QPushButton[kind="row"]:focus {{ border-color: {t.focus}; }}

QProgressBar {{
  border: 1px solid {t.field_line}; border-radius: 4px; background: {t.paper};
  min-height: {pixels(8)}; max-height: {pixels(8)};
}}
QProgressBar::chunk {{ background: {t.accent}; border-radius: 3px; }}
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{
  background: {t.field_line}; border-radius: 5px; min-height: 32px; margin: 1px;
}}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; }}
QScrollBar::handle:horizontal {{
  background: {t.field_line}; border-radius: 5px; min-width: 32px; margin: 1px;
}}
QToolTip {{ background: {t.ink}; color: {t.paper}; border: none; padding: 4px; }}
"""


def _luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
