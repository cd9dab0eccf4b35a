"""What the packaged terminal program starts."""

from desktop.cli import main

if __name__ == "__main__":
    main(prog_name="traitdunion")
