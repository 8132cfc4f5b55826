"""The commonest calls need no option parser: a command and spec files.

`render` may be told formats and a folder. Importing Typer makes an estimate an eighth slower;
anything else goes to it.
"""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from archcode.cli._ending import guarded

COMMANDS = ("estimate", "limits", "render", "validate")
OPTIONS = {"-f": "format", "--format": "format", "-o": "output", "--output": "output"}


def fits(arguments: list[str]) -> bool:
    """Whether these arguments are a command and file names, and no option but those of `render`."""
    command, *others = arguments or [""]
    files, _ = _parted(others) if command == "render" else (others, {})
    plain = all(file and not file.startswith("-") for file in files)
    return (
        command in COMMANDS and bool(files) and plain and (command != "estimate" or len(files) == 1)
    )


def _parted(arguments: list[str]) -> tuple[list[str], dict[str, str]]:
    """File names, and each option that is known here with its value, both in words of their own."""
    files, found, left = [], dict[str, str](), iter(arguments)
    for argument in left:
        name = OPTIONS.get(argument)
        if name is None or name in found:
            files.append(argument)
        else:
            found[name] = next(left, "")
            # What is missing, or begins like another option, is for the parser to tell.
            files += [argument] if not found[name] or found[name].startswith("-") else []
    return files, found


def run(arguments: list[str]) -> None:
    """Do what the command does by default."""
    guarded(lambda: _run(arguments[0], arguments[1:]))


def _run(command: str, arguments: list[str]) -> None:
    if not _done(command, arguments):
        raise SystemExit(1)


def _rendered(arguments: list[str]) -> bool:
    from archcode.cli._job import Job, names_of
    from archcode.cli._rendering import draw

    files, options = _parted(arguments)
    job = Job()
    if "output" in options:
        job = replace(job, output=Path(options["output"]))
    if "format" in options:
        job = replace(job, formats=names_of(options["format"]))
    return draw([Path(file) for file in files], job)


def _done(command: str, arguments: list[str]) -> bool:
    """Whether the work was done without an error."""
    if command == "render":
        return _rendered(arguments)
    files = [Path(name) for name in arguments]
    if command == "validate":
        from archcode.cli._checking import check

        return check(files)
    if command == "limits":
        from archcode.cli._limiting import tell

        return tell(files)
    from archcode.cli._pricing import price

    return price(files[0])
