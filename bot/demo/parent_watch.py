"""Runs a program that ends when the process that started it does, however that one ends.

Run as a script: `python -I -S leash.py PARENT PROGRAM ARGUMENT…`. The kernel sends the program SIGTERM when its parent
is gone (prctl(2), PR_SET_PDEATHSIG, kept across exec; Linux only: elsewhere a kill -9 of the demo leaves it running).
"""

from __future__ import annotations

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def main() -> None:
    """Becomes the program."""
    parent, program, *arguments = sys.argv[1:]
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):  # it was gone before we asked
        sys.exit(1)
    os.execv(program, [program, *arguments])


if __name__ == "__main__":
    main()
