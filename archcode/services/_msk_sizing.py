"""How many brokers an MSK cluster needs, standard or Express.

Standard brokers are sized by the sizing guidance that AWS publishes in its toolkit
(github:aws/agent-toolkit-for-aws@d6ad2e4:managing-amazon-msk), which assumes three zones and a
replication factor of 3; it is advice, not a quota. Express brokers are to carry three quarters of
what they sustain, as it advises as well.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Capacity
from archcode.rationals import largest, rational, told
from archcode.services import _msk_brokers as limits
from archcode.services import _msk_express as express
from archcode.services._kafka import Need, groups, kept, partitions, peak_in, peak_out
from archcode.units import MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.services._msk_settings import MskSettings
    from archcode.traffic import Traffic

UTILISATION = Fraction(1, 2)
EXPRESS_UTILISATION = Fraction(3, 4)
STORAGE_HEADROOM = 2
EBS_PER_BYTE = {"LOCAL": Fraction("6.5"), "TIERED": Fraction(8)}
NETWORK_PER_BYTE = {"LOCAL": Fraction("5.7"), "TIERED": Fraction("7.2")}
NETWORK_PER_READER = Fraction("1.5")
"""Bytes of broker I/O for a byte written, and the share of it that a broker should carry, as in
scripts/msk_sizing.py of the toolkit; storage is doubled since a full disk stops a broker."""


def on_volumes(traffic: Traffic[MskSettings]) -> Fraction:
    """GiB of all replicas on the brokers' volumes."""
    settings = traffic.settings
    return kept(traffic, settings.on_brokers) * settings.replication_factor


def network_per_byte(settings: MskSettings, readers: int) -> Fraction:
    """Bytes over a broker's network for a byte that is written and that groups read."""
    return NETWORK_PER_READER * readers + NETWORK_PER_BYTE[settings.storage_mode]


def sustainable_in(settings: MskSettings, readers: int) -> Fraction | None:
    """Bytes/s that clients should write to one standard broker at most, by AWS's guidance.

    Half of what its volume and its network carry, whichever is less; a volume without
    provisioned throughput carries 250 MiB/s. None for a size that the guidance leaves out.
    """
    broker, mode = settings.broker, settings.storage_mode
    if broker.ebs is None or broker.network is None:
        return None
    volume = min(broker.ebs, Fraction(settings.volume_throughput)) / EBS_PER_BYTE[mode]
    network = broker.network / network_per_byte(settings, readers)
    return UTILISATION * min(volume, network) * MIB


def throughput_needs(traffic: Traffic[MskSettings]) -> Iterator[Need]:
    """The brokers that the peak asks for."""
    sized = _express_throughput if traffic.settings.express else _standard_throughput
    return sized(traffic)


def broker_needs(traffic: Traffic[MskSettings], partitions: int) -> Iterator[Need]:
    """Every reason for brokers, with the number that it asks for."""
    settings = traffic.settings
    yield from throughput_needs(traffic)
    broker = settings.express_broker if settings.express else settings.broker
    advised = broker.partitions_advised
    copies = settings.replication_factor
    count = "1 partition" if partitions == 1 else f"{grouped(partitions)} partitions"
    words = f"{count} × {copies} replicas over {grouped(advised)}"
    yield Need(ceil(rational(partitions * copies) / advised), words)
    if not settings.express:
        yield _storage(traffic)
    yield Need(copies, f"{copies} replicas over 1")


def _express_throughput(traffic: Traffic[MskSettings]) -> Iterator[Need]:
    broker = traffic.settings.express_broker
    for way, peak, sustained in (
        ("in", peak_in(traffic), broker.sustained_in),
        ("out", peak_out(traffic), broker.sustained_out),
    ):
        each = sustained * EXPRESS_UTILISATION * MIB
        words = (
            f"{bytes_text(peak)}/s {way} at peak over {bytes_text(each)}/s, three quarters of"
            f" {grouped(sustained)},"
        )
        yield Need(ceil(peak / each), words)


def _standard_throughput(traffic: Traffic[MskSettings]) -> Iterator[Need]:
    peak, readers = peak_in(traffic), len(groups(traffic))
    each = sustainable_in(traffic.settings, readers)
    if each is not None:
        words = (
            f"{bytes_text(peak)}/s in at peak, read by {readers} consumer"
            f" group{'' if readers == 1 else 's'}, over {bytes_text(each)}/s"
        )
        yield Need(ceil(peak / each), words)


def _storage(traffic: Traffic[MskSettings]) -> Need:
    settings, stored = traffic.settings, on_volumes(traffic) * STORAGE_HEADROOM
    # With a stated number of brokers the volume is what is wrong, and it is checked on its own.
    own = None if settings.number_of_broker_nodes else settings.volume_size
    most = own or int(limits.VOLUME_SIZE.value)
    words = f"{grouped(stored)} GiB of volumes, half of them free, over {grouped(most)} GiB"
    return Need(ceil(stored / most), words)


def _partitions(traffic: Traffic[MskSettings]) -> Capacity:
    if not traffic.settings.express:
        return partitions(traffic, charged=False)
    peak, each = peak_in(traffic), express.PARTITION_THROUGHPUT.value
    words = f"{bytes_text(peak)}/s in at peak over {each} MB/s of one partition"
    return partitions(traffic, Need(ceil(peak / (each * MIB)), words), charged=False)


def capacity(traffic: Traffic[MskSettings]) -> Iterator[Capacity]:
    """Brokers, a multiple of the zones, and partitions."""
    settings, partitions = traffic.settings, _partitions(traffic)
    needs = sorted(broker_needs(traffic, partitions.provided), key=lambda need: -told(need.number))
    binding, *others = needs
    zones = settings.availability_zones
    required = ceil(rational(largest(zones, *(need.number for need in needs))) / zones) * zones
    formula = (
        f"needs {required} brokers, a multiple of {zones} zones: {binding.words} per broker needs"
        f" {binding.number}; " + ", ".join(f"{o.words} needs {o.number}" for o in others)
    )
    yield Capacity("brokers", required, settings.number_of_broker_nodes, formula)
    yield partitions


def volume(traffic: Traffic[MskSettings], brokers: int) -> int:
    """GiB of one broker's volume: as stated, else twice what it holds."""
    derived = ceil(on_volumes(traffic) * STORAGE_HEADROOM / brokers)
    return traffic.settings.volume_size or largest(1, derived)
