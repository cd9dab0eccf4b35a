"""What the packaged terminal program starts."""

import multiprocessing

from desktop.cli import main

if __name__ == "__main__":
    # The process that handles files from outside starts by this same program.
    multiprocessing.freeze_support()
    main(prog_name="traitdunion")
