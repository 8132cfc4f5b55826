"""`archcode init`: a commented spec to start from, or an example of a pattern."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli import _io
from archcode.cli._patterns import PATTERNS, text, words
from archcode.errors import UsageError

STARTER = """\
# yaml-language-server: $schema=archcode.schema.json
# Make the schema for your editor with: archcode schema -o archcode.schema.json
# Then: archcode render {name}
title: My first topology
region: us-east-1                   # where everything runs; prices and quotas follow

components:                         # boxes: a name, a type (archcode services), its settings
  shop: {{type: client, label: Web shop}}
  orders:
    type: sqs.queue
    visibility_timeout: 3 min       # AWS's own properties, in AWS's units or with yours
    redrive_policy: {{dead_letter_target: orders-dlq, max_receive_count: 5}}
  orders-dlq: {{type: sqs.queue, message_retention_period: 14 d}}
  worker: {{type: lambda.function, memory_size: 512, timeout: 30, duration: 120 ms}}

flows:                              # arrows: traffic enters once and is carried on
  - shop -> orders: {{rate: 100/s, peak: 800/s, size: 2 KB}}
  - orders -> worker:
      batch: 10
      failure_rate: 0.1%
      function_response_types: [ReportBatchItemFailures]    # or the whole batch comes again

groups:                             # frames in the picture; kinds: account, region, vpc, lane
  fulfilment: {{label: Fulfilment, contains: [orders, orders-dlq, worker]}}
"""


def _complete(incomplete: str) -> list[str]:
    """Names of patterns for the shell."""
    return [name for name in PATTERNS if name.startswith(incomplete)]


def init(
    file: Annotated[
        Path | None, typer.Argument(metavar="[FILE]", help="Where it is written.")
    ] = None,
    pattern: Annotated[
        str,
        typer.Option(
            "--pattern", metavar="NAME", help="Write this example.", autocompletion=_complete
        ),
    ] = "",
    patterns: Annotated[bool, typer.Option("--patterns", help="List the examples.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a commented spec to start from, or an example.

    Examples:

      archcode init

      archcode init orders.yaml

      archcode init --patterns

      archcode init --pattern fan-out
    """
    if patterns:
        _list()
        return
    if pattern and pattern not in PATTERNS:
        raise UsageError(_unknown(pattern))
    place = file or Path(f"{pattern or 'topology'}.yaml")
    if place.exists() and not force:
        raise UsageError(f"{place}: exists already; --force overwrites it")
    spec = text(pattern) if pattern else STARTER.format(name=place)
    _io.write_all({place: spec.encode()})
    _io.say(f"wrote {place}; next: archcode render {place}\n")


def _list() -> None:
    from archcode.render.columns import aligned

    rows = [("PATTERN", "WHAT IT SHOWS"), *((name, words(name)) for name in PATTERNS)]
    _io.say("".join(f"{line}\n" for line in aligned(rows)))


def _unknown(pattern: str) -> str:
    from archcode.spec.problems import suggestion
    from archcode.units import quoted

    return f"{quoted(pattern)} is no known pattern; {suggestion(pattern, tuple(PATTERNS), 'known')}"
