"""What clients send to brokers in another zone, and fetch from them.

https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer: every GB is charged twice, as it leaves
one zone and as it enters the other. Clients are taken to be spread evenly over the zones of the
brokers, Lambda's pollers among them, which run in the same subnets. Traffic between the brokers
themselves is free; what leaves the region or AWS is charged as that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.model import ZERO, Usage
from archcode.services._transfer import BETWEEN_ZONES
from archcode.units import GIB, grouped

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from fractions import Fraction

    from archcode.model import Load
    from archcode.traffic import Hop

DIRECTIONS = 2
KEY = "inter_az_gb"


class Crossing(Struct, frozen=True):
    """What a client exchanges with the brokers, and the share of it that changes the zone."""

    client: str
    load: Load
    share: Fraction

    @property
    def gb(self) -> Fraction:
        """GB that change the zone in a month."""
        return self.load.monthly_bytes * self.share / GIB

    @property
    def words(self) -> str:
        """The arithmetic."""
        share = f"{self.share.numerator}/{self.share.denominator}"
        return f"{self.client}: {grouped(self.load.monthly_bytes / GIB)} GB × {share}"


def in_region(hop: Hop) -> bool:
    """Whether both ends of a flow are in one region of AWS."""
    return not (hop.way.leaves_aws or hop.way.enters_aws or hop.way.other_region)


def between_zones(crossings: Iterable[Crossing]) -> Iterator[Usage]:
    """GB out of one zone and into another, of all clients together."""
    crossing = [client for client in crossings if client.gb]
    if crossing:
        total = sum((client.gb for client in crossing), ZERO) * DIRECTIONS
        parts = "; ".join(client.words for client in crossing)
        words = f"{parts}; each out of one zone and into another, × {DIRECTIONS}"
        yield Usage(KEY, BETWEEN_ZONES.name, total, words)
