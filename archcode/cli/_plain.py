"""The commonest calls, a command and spec files without an option, need no option parser.

Importing Typer makes an estimate an eighth slower; anything else goes to it.
"""

from __future__ import annotations

from pathlib import Path

from archcode.cli._ending import guarded

COMMANDS = ("estimate", "limits", "render", "validate")


def fits(arguments: list[str]) -> bool:
    """Whether these arguments are a command and file names, and nothing else."""
    command, *files = arguments or [""]
    plain = all(file and not file.startswith("-") for file in files)
    return (
        command in COMMANDS and bool(files) and plain and (command != "estimate" or len(files) == 1)
    )


def run(arguments: list[str]) -> None:
    """Do what the command does by default."""
    guarded(lambda: _run(arguments[0], [Path(name) for name in arguments[1:]]))


def _run(command: str, files: list[Path]) -> None:
    if not _done(command, files):
        raise SystemExit(1)


def _done(command: str, files: list[Path]) -> bool:
    """Whether the work was done without an error."""
    if command == "render":
        from archcode.cli._rendering import draw

        return draw(files)
    if command == "validate":
        from archcode.cli._checking import check

        return check(files)
    if command == "limits":
        from archcode.cli._limiting import tell

        return tell(files)
    from archcode.cli._pricing import price

    return price(files[0])
