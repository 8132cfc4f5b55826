"""Short ways to sweeps, and a queue whose cost crosses that of shards again and again."""

from __future__ import annotations

from textwrap import dedent

from small import SMALL
from support import PRICES

from archcode.compare import Basis
from archcode.spec.parse import parse
from archcode.sweep import Sweep, sweep, variable_of

BASIS = Basis(PRICES, free_tier=False)
QUEUE = SMALL.replace("Small", "Queue")
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
