"""The command line as ``python -m shekara``."""

from shekara.cli import main

if __name__ == "__main__":
    main()
