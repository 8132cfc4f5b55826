"""`archcode init`: a commented spec to start from."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from archcode.cli import _io
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
  - orders -> worker: {{batch: 10, failure_rate: 0.1%}}

groups:                             # frames in the picture; kinds: account, region, vpc, lane
  fulfilment: {{label: Fulfilment, contains: [orders, orders-dlq, worker]}}
"""


def init(
    file: Annotated[Path, typer.Argument(metavar="[FILE]", help="Where it is written.")] = Path(
        "topology.yaml"
    ),
    force: Annotated[bool, typer.Option("--force", help="Overwrite the file.")] = False,
) -> None:
    """Write a commented spec to start from.

    Examples:

      archcode init

      archcode init orders.yaml
    """
    if file.exists() and not force:
        raise UsageError(f"{file}: exists already; --force overwrites it")
    _io.write_all({file: STARTER.format(name=file).encode()})
    _io.say(f"wrote {file}; next: archcode render {file}\n")
