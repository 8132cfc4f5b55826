"""Leaves out what a library loads for others, in a process of our own."""

import sys


def load_structs() -> None:
    """Load msgspec without typing_extensions, of which it takes what `typing` has as well.

    That takes 20 ms, a third of what msgspec takes, and no spec with nothing wrong needs it.
    """
    name = "typing_extensions"
    if name in sys.modules:
        return
    # https://docs.python.org/3/reference/import.html#the-module-cache: None is a missing module.
    sys.modules[name] = None  # type: ignore[assignment]
    try:
        import msgspec  # noqa: F401 - to have it loaded
    finally:
        del sys.modules[name]
