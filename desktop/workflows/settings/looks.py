"""How the window looks on this PC, kept between two starts: nothing of anybody is in it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from enum import Enum
from pathlib import Path


class Colours(Enum):
    """The sets of colours."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True)
class Looks:
    """What was chosen.

    Attributes:
        zoom: how many steps larger than at 100 %.
        colours: the set of colours.
    """

    zoom: int = 0
    colours: Colours = Colours.LIGHT


def kept_looks() -> Looks:
    """What was chosen last on this PC; the usual looks when nothing can be read."""
    try:
        kept = json.loads(_file().read_text(encoding="utf-8"))
        return Looks(max(0, int(kept["zoom"])), Colours(kept["colours"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Looks()


def keep_looks(looks: Looks) -> None:
    """Keep what was chosen; where the settings folder cannot be written, it is chosen again."""
    file = _file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(
            json.dumps({**asdict(looks), "colours": looks.colours.value}), encoding="utf-8"
        )
        beside.replace(file)
    except OSError:
        return


def _file() -> Path:
    import platformdirs

    return platformdirs.user_config_path("traitdunion", appauthor=False) / "looks.json"
