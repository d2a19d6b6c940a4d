"""``python -m assess``."""

from ._command import main

main()
