"""The command ``assess``."""

import signal
import sys

from . import _assess


def main() -> None:
    """Runs the command line of this process."""
    # Ctrl-C ends the command at once, as it ends any other.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.exit(_assess.run(["assess", *sys.argv[1:]]))
