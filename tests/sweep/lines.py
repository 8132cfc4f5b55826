"""Short ways to sweeps, and a queue whose cost crosses that of shards again and again."""

from __future__ import annotations

from textwrap import dedent

from support import PRICES

from archcode.compare import Basis
from archcode.spec.parse import parse
from archcode.sweep import Sweep, sweep, variable_of

BASIS = Basis(PRICES, free_tier=False)
QUEUE = """\
title: Queue
region: us-east-1
components:
  shop: {type: client}
  orders: {type: sqs.queue, visibility_timeout: 3 min, receive_message_wait_time_seconds: 20}
  worker: {type: lambda.function, memory_size: 1024, timeout: 30, duration: 100 ms}
flows:
  - shop -> orders: {rate: 10/s, peak: 20/s, size: 1 KB}
  - orders -> worker: {batch: 10}
"""
BURSTS = QUEUE.replace("rate: 10/s, peak: 20/s", "rate: 1/s, peak: 100/s")


def swept(
    text: str = QUEUE,
    start: str = "1/s",
    end: str = "100/s",
    vary: str = "rate",
    channel: str = "orders",
    options: str = "",
    basis: Basis = BASIS,
) -> Sweep:
    """A sweep without free tiers; `options` are names with commas."""
    names = [name for name in options.split(",") if name]
    variable = variable_of(vary, start, end)
    return sweep(parse(dedent(text)), variable, basis, channel=channel, options=names)
