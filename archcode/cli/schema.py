"""`archcode schema`: the spec language as a JSON Schema for editors."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli import _io


def schema(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write it to a file.")
    ] = None,
) -> None:
    """Print the JSON Schema of the spec language.

    Examples:

      archcode schema

      archcode schema -o archcode.schema.json

    A first line `# yaml-language-server: $schema=archcode.schema.json` in a spec turns it on.
    """
    import json

    from archcode.spec.schema import json_schema

    text = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"
    if output is None:
        _io.say(text)
    else:
        _io.write_all({output: text.encode()})
