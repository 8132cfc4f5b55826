"""Express brokers of Amazon MSK: what each size carries, and their limits.

They have no volumes, always three zones and three replicas. MB/s are those that clients write and
read; beyond the most of a size AWS throttles.
"""

from __future__ import annotations

from fractions import Fraction

from msgspec import Struct

from archcode.model import Limit

_GUIDE = "https://docs.aws.amazon.com/msk/latest/developerguide"
_QUOTAS = f"{_GUIDE}/limits.html (mirror c2hans/aws-docs@07f049d)"
_AS_OF = "2026-09-17"

ZONES = 3
REPLICAS = 3
"""https://docs.aws.amazon.com/msk/latest/developerguide/bestpractices-express.html."""


class ExpressBroker(Struct, frozen=True):
    """One size: MB/s in and out that it sustains and carries at most, partitions likewise."""

    sustained_in: Fraction
    most_in: Fraction
    sustained_out: Fraction
    most_out: Fraction
    partitions_advised: int
    partitions_most: int


def _broker(into: tuple[str, str], out: tuple[str, str], advised: int, most: int) -> ExpressBroker:
    (least_in, most_in), (least_out, most_out) = map(Fraction, into), map(Fraction, out)
    return ExpressBroker(least_in, most_in, least_out, most_out, advised, most)


EXPRESS = {
    "express.m7g.large": _broker(("15.6", "23.4"), ("31.2", "58.5"), 1000, 1500),
    "express.m7g.xlarge": _broker(("31.2", "46.8"), ("62.5", "117"), 1000, 2000),
    "express.m7g.2xlarge": _broker(("62.5", "93.7"), ("125", "234.2"), 2500, 4000),
    "express.m7g.4xlarge": _broker(("124.9", "187.5"), ("249.8", "468.7"), 6000, 8000),
    "express.m7g.8xlarge": _broker(("250", "375"), ("500", "937.5"), 12_000, 16_000),
    "express.m7g.12xlarge": _broker(("375", "562.5"), ("750", "1406.2"), 16_000, 24_000),
    "express.m7g.16xlarge": _broker(("500", "750"), ("1000", "1875"), 20_000, 32_000),
}
"""All of them as of 2026-09-17 (limits.html)."""


def _sustained(name: str, value: Fraction, kind: str, words: str) -> Limit:
    scope = f"{words} per {kind} broker, sustained"
    return Limit(name, value, "MB/s", "guideline", scope, _QUOTAS, _AS_OF)


def _most(name: str, value: Fraction, kind: str, words: str) -> Limit:
    scope = f"{words} per {kind} broker, above which it throttles"
    return Limit(name, value, "MB/s", "hard", scope, _QUOTAS, _AS_OF)


SUSTAINED_IN = {
    kind: _sustained("sustained_ingress", broker.sustained_in, kind, "written")
    for kind, broker in EXPRESS.items()
}
SUSTAINED_OUT = {
    kind: _sustained("sustained_egress", broker.sustained_out, kind, "read")
    for kind, broker in EXPRESS.items()
}
MOST_IN = {
    kind: _most("ingress_throughput", broker.most_in, kind, "written")
    for kind, broker in EXPRESS.items()
}
MOST_OUT = {
    kind: _most("egress_throughput", broker.most_out, kind, "read")
    for kind, broker in EXPRESS.items()
}
PARTITIONS_ADVISED = {
    kind: Limit(
        "partitions_advised",
        broker.partitions_advised,
        "partitions",
        "guideline",
        f"per {kind} broker, replicas included",
        _QUOTAS,
        _AS_OF,
    )
    for kind, broker in EXPRESS.items()
}
PARTITIONS_MOST = {
    kind: Limit(
        "partitions",
        broker.partitions_most,
        "partitions",
        "hard",
        f"per {kind} broker, replicas included",
        _QUOTAS,
        _AS_OF,
    )
    for kind, broker in EXPRESS.items()
}
PARTITION_THROUGHPUT = Limit(
    "partition_throughput", 15, "MB/s", "hard", "written per Express partition", _QUOTAS, _AS_OF
)

LIMITS = (
    PARTITION_THROUGHPUT,
    *SUSTAINED_IN.values(),
    *MOST_IN.values(),
    *SUSTAINED_OUT.values(),
    *MOST_OUT.values(),
    *PARTITIONS_ADVISED.values(),
    *PARTITIONS_MOST.values(),
)
"""All of them, in the order they are explained."""
