"""The unlock window waits for nothing that it does not show."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HEAVY = (
    "PIL",
    "cryptography",
    "elementpath",
    "exports",
    "forms.reader",
    "phonenumbers",
    "pikepdf",
    "pypdfium2",
    "reportlab",
    "segno",
    "sqlcipher3",
    "sqlite_utils",
    "uharfbuzz",
    "yaml",
    "zxcvbn",
    "zxingcpp",
)

PROGRAM = """
import sys
from pathlib import Path
from desktop.ui.app import make_application
make_application()
from desktop.ui.window import Window
window = Window(Path(sys.argv[1]))
window.show()
print(*sys.modules)
"""


def test_the_unlock_window_loads_none_of_the_heavy_libraries(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    loaded = set(done.stdout.split())
    assert "desktop.ui.start.unlock" in loaded
    assert sorted(loaded.intersection(HEAVY)) == []
