"""Rasa extension point: none; the memory that the process has let go of, given back to the machine."""

import ctypes


def give_back() -> None:
    """Return what lies unused between what is kept; milliseconds. Harmless where the C library is another one."""
    try:
        ctypes.CDLL("libc.so.6").malloc_trim(0)
    except (OSError, AttributeError):
        return
