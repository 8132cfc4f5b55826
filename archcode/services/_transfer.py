"""Data transfer between regions and out to the internet, charged to whoever sends.

https://aws.amazon.com/ec2/pricing/on-demand/#Data_Transfer. Traffic into AWS is free, and so is
traffic between services of one region, but for clients of brokers in another zone, which the
services of those brokers meter. A GB is 2^30 bytes.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.model import ZERO, Meter, Usage
from archcode.regions import PRICED, UNPRICED
from archcode.services._service import FreeTier
from archcode.units import GIB, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.services._service import AnyService
    from archcode.traffic import Hop, Traffic

PRICE_FILE = "data_transfer"
OVER_THE_INTERNET = (None, "http", "https")
"""Protocols of a topic whose messages go over the internet; carriers deliver the others."""


def _meter(dimension: str, words: str) -> Meter:
    return Meter(dimension, "GB", f"Data transfer, {words}", price_file=PRICE_FILE)


def _meter_to(region: str) -> Meter:
    return _meter(_dimension_to(region), f"out to {region}")


def _dimension_to(region: str) -> str:
    return f"inter_region_out_to_{region.replace('-', '_')}"


INTERNET_OUT = _meter("internet_out", "out to the internet")
BETWEEN_ZONES = _meter("inter_az_each_direction", "between zones")
METERS = (INTERNET_OUT, *map(_meter_to, PRICED))
"""What every service on AWS may be charged for, and the price book may have."""
WITHOUT_PRICE = tuple(map(_meter_to, UNPRICED))
"""The same into regions whose prices are in no book."""
KEYS = ("internet_out_gb", "inter_region_gb")
FREE_TIER = FreeTier("free_tier_internet_out_per_month", (INTERNET_OUT.name,), PRICE_FILE)
"""100 GB a month over all services: https://aws.amazon.com/free/."""


def all_usage_keys(service: AnyService) -> tuple[str, ...]:
    """The words under `usage:` of a component: the service's own, and those of transfer."""
    return service.usage_keys if service.settings.outside else (*service.usage_keys, *KEYS)


def usage(service: AnyService, traffic: Traffic[Any]) -> Iterator[Usage]:
    """What a component sends over the border of its region, answers to callers included."""
    yield from _internet(service, traffic)
    regions: dict[str, list[Hop]] = {}
    for hop in traffic.outflows:
        if hop.way.other_region:
            regions.setdefault(hop.way.target_region, []).append(hop)
    for region, hops in regions.items():
        total = sum((_sent(hop) for hop in hops), ZERO)
        yield Usage("inter_region_gb", _dimension_to(region), total, "; ".join(map(_words, hops)))


def _internet(service: AnyService, traffic: Traffic[Any]) -> Iterator[Usage]:
    out = [h for h in traffic.outflows if h.way.leaves_aws and _over_the_internet(h)]
    total, words = sum((_sent(hop) for hop in out), ZERO), [*map(_words, out)]
    for hop in _answered(service, traffic):
        size = hop.options.response_size
        if size is None and not traffic.settings.must_answer():
            continue
        if size is None:
            reason = f"the response_size of {hop.where}"
            yield Usage("internet_out_gb", INTERNET_OUT.name, None, "", reason)
            return
        answers = hop.delivered.monthly_messages
        total += answers * size / GIB
        words.append(f"{hop.source}: {grouped(answers)} answers × {bytes_text(size)}")
    if total:
        yield Usage("internet_out_gb", INTERNET_OUT.name, total, "; ".join(words))


def _answered(service: AnyService, traffic: Traffic[Any]) -> list[Hop]:
    """Callers on the internet that get data back: of a store, those that read."""
    if not service.responds:
        return []
    callers = [hop for hop in traffic.inflows if hop.way.enters_aws]
    store = "operation" in service.inflow_keys
    return [hop for hop in callers if not store or hop.options.operation == "read"]


def _over_the_internet(hop: Hop) -> bool:
    return hop.options.protocol in OVER_THE_INTERNET


def _sent(hop: Hop) -> Fraction:
    """GB a month, redeliveries included."""
    return hop.delivered.monthly_bytes / GIB


def _words(hop: Hop) -> str:
    load = hop.delivered
    size = bytes_text(load.message_size_bytes)
    return f"{hop.target}: {grouped(load.monthly_messages)} messages × {size}"
