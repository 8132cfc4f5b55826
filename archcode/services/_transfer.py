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
    regions: dict[str, list[tuple[Fraction | None, str]]] = {}
    for hop in traffic.outflows:
        # The data of a read comes back: it is the store that sends it.
        if hop.way.other_region and hop.options.operation != "read":
            regions.setdefault(hop.way.target_region, []).append(_sent(service, traffic, hop))
    for hop in traffic.inflows:
        if hop.way.other_region and hop.options.operation == "read":
            regions.setdefault(hop.way.source_region, []).append(_answer(hop))
    for region, parts in regions.items():
        yield _total("inter_region_gb", _dimension_to(region), parts)


def _internet(service: AnyService, traffic: Traffic[Any]) -> Iterator[Usage]:
    out = [h for h in traffic.outflows if h.way.leaves_aws and _over_the_internet(h)]
    parts = [_sent(service, traffic, hop) for hop in out]
    parts += map(_answer, _answered(service, traffic))
    if parts:
        yield _total("internet_out_gb", INTERNET_OUT.name, parts)


def _total(key: str, meter: str, parts: list[tuple[Fraction | None, str]]) -> Usage:
    """GB of all parts, unknown where one of them is; its words are then what it depends on."""
    total, words = ZERO, []
    for gigabytes, text in parts:
        if gigabytes is None:
            return Usage(key, meter, None, "", text)
        total += gigabytes
        words.append(text)
    return Usage(key, meter, total, "; ".join(words))


def _answered(service: AnyService, traffic: Traffic[Any]) -> list[Hop]:
    """Callers on the internet that get data back: of a store, those that read."""
    if not service.responds:
        return []
    callers = [hop for hop in traffic.inflows if hop.way.enters_aws]
    if not traffic.settings.must_answer():
        callers = [hop for hop in callers if hop.options.response_size is not None]
    store = "operation" in service.inflow_keys
    return [hop for hop in callers if not store or hop.options.operation == "read"]


def _answer(hop: Hop) -> tuple[Fraction | None, str]:
    """GB a month that go back to a caller, and their arithmetic, or what they depend on."""
    size = hop.options.response_size
    if size is None:
        return None, f"the response_size of {hop.where}"
    answers = hop.delivered.monthly_messages
    return answers * size / GIB, f"{hop.source}: {grouped(answers)} answers × {bytes_text(size)}"


def _over_the_internet(hop: Hop) -> bool:
    return hop.options.protocol in OVER_THE_INTERNET


def _sent(service: AnyService, traffic: Traffic[Any], hop: Hop) -> tuple[Fraction | None, str]:
    """GB a month, redeliveries included, and their arithmetic."""
    load = service.sent(traffic, hop)
    size = bytes_text(load.message_size_bytes)
    words = f"{hop.target}: {grouped(load.monthly_messages)} messages × {size}"
    return load.monthly_bytes / GIB, words
