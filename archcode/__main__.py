"""The `archcode` command; answers `--version` before anything heavy is imported."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line."""
    if sys.argv[1:] == ["--version"]:
        from archcode._version import __version__

        sys.stdout.write(f"archcode {__version__}\n")
        return
    if sys.argv[1:2] == ["render"] and not {"-h", "--help"} & set(sys.argv):
        # The drawing process takes as long to start as this one: both at once.
        from archcode.cli._hiring import hire

        hire(sys.argv)
    _without_plugins()
    from archcode.cli._lean import load_structs

    load_structs()
    from archcode.cli import _plain

    if _plain.fits(sys.argv[1:]):
        _plain.run(sys.argv[1:])
        return
    from archcode.cli.app import run

    run()


def _without_plugins() -> None:
    """Keep pydantic from looking for plugins in all installed packages, which takes its time.

    https://docs.pydantic.dev/latest/concepts/plugins/ says how.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def script() -> None:
    """Run the command line as a process of its own, which ends at once.

    What it holds would else be given back one by one, which takes 15 ms.
    """
    code: object = 0
    _open_streams()
    try:
        main()
    except SystemExit as end:
        code = end.code
    if not isinstance(code, int | None):
        raise SystemExit(code)
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError):
        # Python has words for a terminal that is gone.
        sys.exit(code)
    os._exit(code or 0)


def _open_streams() -> None:
    """Have streams that were closed before the start, as a service does, lead nowhere.

    Python has None in their place, and the next file that is opened has their number.
    """
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115


if __name__ == "__main__":
    script()
