"""The command line as ``python -m shekara.cli``."""

from shekara.cli import main

main()
