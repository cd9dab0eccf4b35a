"""What the packaged desktop program starts."""

import multiprocessing
import sys

from desktop.ui.app import main

if __name__ == "__main__":
    # The process that handles files from outside starts by this same program.
    multiprocessing.freeze_support()
    sys.exit(main())
