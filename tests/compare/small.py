"""One small spec, and ways to its options."""

from __future__ import annotations

from decimal import Decimal
from textwrap import dedent

from support import PRICES

from archcode.compare import Basis, Comparison, Option, compare_channel
from archcode.spec.parse import parse

SMALL = """\
title: Small
region: us-east-1
components:
  shop: {type: client}
  orders: {type: sqs.queue, visibility_timeout: 3 min, receive_message_wait_time_seconds: 20}
  worker: {type: lambda.function, memory_size: 1024, timeout: 30, duration: 100 ms}
flows:
  - shop -> orders: {rate: 10/s, peak: 20/s, size: 1 KB}
  - orders -> worker: {batch: 10}
"""


def compared(text: str = SMALL, channel: str = "orders", **options: int) -> Comparison:
    """The options for a channel of a spec, without free tiers."""
    return compare_channel(parse(dedent(text)), channel, Basis(PRICES, free_tier=False), **options)


def options(text: str = SMALL, channel: str = "orders", **changes: int) -> dict[str, Option]:
    """The same by their names."""
    return {option.name: option for option in compared(text, channel, **changes).options}


def cents(cost: Decimal | None) -> Decimal:
    """A cost to the cent."""
    assert cost is not None
    return round(cost, 2)
