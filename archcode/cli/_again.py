"""The options of a command as they were given, to tell how it is run again."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import typer


def given(context: typer.Context, *without: str) -> str:
    """The options that the command line has, but for those of these names, each with a blank."""
    words = [word for name, word in _words(context) if name not in without]
    return "".join(f" {shlex.quote(word)}" for word in words)


def _words(context: typer.Context) -> Iterator[tuple[str, str]]:
    for parameter in context.command.params:
        name, value = str(parameter.name), context.params.get(str(parameter.name))
        source = context.get_parameter_source(name)
        if source is None or source.name != "COMMANDLINE" or parameter.param_type_name != "option":
            continue
        option = min(parameter.opts, key=len)
        for one in value if isinstance(value, list | tuple) else [value]:
            yield name, option
            if not isinstance(one, bool):
                yield name, str(one)
