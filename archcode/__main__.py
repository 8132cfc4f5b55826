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


if __name__ == "__main__":
    main()
