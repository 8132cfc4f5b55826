"""What the brokers of an MSK cluster bear; that there are too few of them is told elsewhere.

Standard brokers bear what AWS's sizing guidance makes of a byte written, Express brokers what
clients write and read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Limit
from archcode.services import _msk_brokers as limits
from archcode.services import _msk_express as express
from archcode.services._kafka import groups, peak_in, peak_out
from archcode.services._msk_sizing import (
    EBS_PER_BYTE,
    network_per_byte,
    on_volumes,
    sustainable_in,
)
from archcode.services._service import against, stated
from archcode.units import MIB, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.model import LimitLoad
    from archcode.services._msk_settings import MskSettings
    from archcode.traffic import Traffic


def throughput(traffic: Traffic[MskSettings], brokers: int) -> Iterator[LimitLoad]:
    """What every broker writes and sends."""
    yield from (_sustained if traffic.settings.express else _guided)(traffic, brokers)


def _sustained(traffic: Traffic[MskSettings], brokers: int) -> Iterator[LimitLoad]:
    """What clients write and read against what AWS says that a broker sustains."""
    kind = traffic.settings.instance_type
    for words, peak, limit in (
        ("written to", peak_in(traffic), express.SUSTAINED_IN[kind]),
        ("read from", peak_out(traffic), express.SUSTAINED_OUT[kind]),
    ):
        each = peak / MIB / brokers
        text = f"{grouped(each)} MB/s {words} each of {brokers} brokers at peak"
        yield against(traffic, limit, each, text)


def _guided(traffic: Traffic[MskSettings], brokers: int) -> Iterator[LimitLoad]:
    """The volume and the network of a broker, and the half of them that AWS advises to use."""
    settings, readers = traffic.settings, len(groups(traffic))
    kind, each = settings.instance_type, peak_in(traffic) / MIB / brokers
    advised = sustainable_in(settings, readers)
    if advised is None:
        return
    words = f"{grouped(each)} MiB/s written at peak to each of {brokers} brokers"
    yield against(traffic, _advised(kind, advised / MIB), each, words)
    disk = EBS_PER_BYTE[settings.storage_mode]
    for limit, factor in (
        (_volume_limit(settings), disk),
        (limits.NETWORK_THROUGHPUT[kind], network_per_byte(settings, readers)),
    ):
        load = each * factor
        text = f"{words} × {grouped(factor)} = {grouped(load)} MiB/s"
        yield against(traffic, limit, load, text)


def _advised(kind: str, most: Fraction) -> Limit:
    scope = f"written per {kind} broker, half of what it carries"
    source = limits.EBS_THROUGHPUT[kind].source
    return Limit("sustainable_ingress", most, "MiB/s", "guideline", scope, source, "2026-08-20")


def _volume_limit(settings: MskSettings) -> Limit:
    """The throughput of the instance, or of its volume where that is less."""
    instance = limits.EBS_THROUGHPUT[settings.instance_type]
    if instance.value <= settings.volume_throughput:
        return instance
    return stated("volume_throughput", settings.volume_throughput, "MiB/s", "per broker volume")


def held(traffic: Traffic[MskSettings], brokers: int, size: int) -> LimitLoad:
    """GiB that a broker holds at the mean rate, of those of its volume."""
    each = on_volumes(traffic) / brokers
    words = f"{grouped(each)} GiB held at the mean rate by each of {brokers} brokers"
    return against(traffic, stated("volume_size", size, "GiB", "per broker"), each, words)
