"""One spec, stage by stage in this process: prints the seconds of each stage as JSON.

    python benchmarks/stages.py SPEC

The peer is a dictionary of prices and a loop in binary floating point over the same usage: what
exact money and the words of each charge cost beside it.
"""

from __future__ import annotations

import gc
import json
import math
import sys
from collections import defaultdict
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import topologies

from archcode.estimate import price
from archcode.metering import paid_tiers
from archcode.pricebook import PriceBook
from archcode.rules import findings
from archcode.services._transfer import PRICE_FILE
from archcode.services._transfer import usage as transfer
from archcode.spec.parse import parse
from archcode.topology import Topology, propagate

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PRICING = Path(__file__).resolve().parents[1] / "pricing"

Key = tuple[str, str]
"""A price file and a meter in it."""
Tiers = list[tuple[float, float, float]]
"""Beginning, end and price of each tier."""


def prices() -> PriceBook:
    """The price files of this checkout."""
    return PriceBook(lambda name: (PRICING / f"{name}.csv").read_text("utf-8"))


def stages(text: str) -> dict[str, float]:
    """Seconds of each stage, and of the peer, who must come to the same total."""
    book, marks = prices(), [perf_counter()]
    spec = parse(text)
    marks.append(perf_counter())
    topology = propagate(spec)
    marks.append(perf_counter())
    found = price(topology, book, free_tier=False)
    marks.append(perf_counter())
    findings(found)
    marks.append(perf_counter())
    usage = [*used(topology)]
    marks.append(perf_counter())
    tiers = {key: _tiers(book, key, topology.region) for key, _ in usage}
    start = perf_counter()
    total = priced(usage, tiers)
    loop = perf_counter() - start
    if not math.isclose(total, float(found.list_cost), rel_tol=1e-9):
        sys.exit(f"the peer's total is {total}, ours {found.list_cost}")
    names = ("parse", "propagate", "estimate", "findings", "usage")
    times = {name: marks[at + 1] - marks[at] for at, name in enumerate(names)}
    return {**times, "float loop": loop, "usages": float(len(usage))}


def used(topology: Topology) -> Iterator[tuple[Key, float]]:
    """What each component uses of which meter in a month."""
    for name, traffic in topology.traffic.items():
        service = topology.service(name)
        for usage in service.usage(traffic, tuple(service.capacity(traffic))):
            yield (service.price_file, usage.meter), float(usage.quantity or 0)
        for usage in () if traffic.settings.outside else transfer(service, traffic):
            yield (PRICE_FILE, usage.meter), float(usage.quantity or 0)


def priced(usage: list[tuple[Key, float]], tiers: Mapping[Key, Tiers]) -> float:
    """The total of a month: each meter's tiers hold for its usage in all components together."""
    sums: dict[Key, float] = defaultdict(float)
    for key, quantity in usage:
        sums[key] += quantity
    total = 0.0
    for key, quantity in usage:
        used = sums[key]
        for start, end, usd in tiers[key]:
            if used > start:
                total += (min(used, end) - start) * quantity / used * usd
    return total


def _tiers(book: PriceBook, key: Key, region: str) -> Tiers:
    """Prices as plain numbers, free first tiers at the price of the next as in list cost."""
    tiers = paid_tiers(book.find(*key, region))
    return [(float(t.start), float(t.end or "inf"), float(t.usd)) for t in tiers]


def main() -> None:
    """Time the stages of a spec, after a small one that loads what they need."""
    stages(topologies.spec(topologies.topology(100)))
    text = Path(sys.argv[1]).read_text("utf-8")
    gc.collect()
    # As the command line does.
    gc.disable()
    print(json.dumps(stages(text)))


if __name__ == "__main__":
    main()
