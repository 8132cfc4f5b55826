"""The smallest offer that carries the load, where a service leaves its size to the author.

A cluster of Kafka: of all sizes of broker that carry the peak with three replicas, the cheapest
component, then the one with fewer brokers. A data stream: shards for the peak, and for functions
that are too slow with fewer, since a shard feeds ten batches at a time at most. A broker of
Amazon MQ: AWS states no throughput of a size, so that the smallest with replicas is taken on which
storage and connections fit.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace

from archcode.currency import USD, Currency
from archcode.estimate import price
from archcode.model import ZERO
from archcode.services import _mq_brokers as mq
from archcode.services._kinesis_limits import PARALLELIZATION
from archcode.services._kinesis_shards import on_demand_shards
from archcode.services._msk_brokers import BROKERS, BROKERS_PER_CLUSTER
from archcode.services._msk_express import EXPRESS
from archcode.services._msk_sizing import volume
from archcode.topology import propagate
from archcode.units import EXACT, ceil, exact_sum, to_decimal

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from archcode.compare.draft import Draft
    from archcode.estimate import Estimate
    from archcode.model import Capacity, Usage
    from archcode.overlay.model import Overlay
    from archcode.pricebook import PriceBook
    from archcode.spec.model import Spec
    from archcode.topology import Topology
    from archcode.traffic import Hop, Traffic

STANDARD_SIZES = tuple(kind for kind, broker in BROKERS.items() if broker.ebs is not None)
"""Sizes that AWS's guidance sizes by throughput."""
EXPRESS_SIZES = tuple(EXPRESS)
RABBITMQ_SIZES = tuple(mq.NODES)
ACTIVEMQ_SIZES = tuple(mq.M5_CONNECTIONS)
"""Without mq.t3.micro, which is for trying out."""


class Basis(Struct, frozen=True):
    """What every option is priced by: the book, a region in place of the spec's, the month.

    `overlay` is what was agreed beside the list prices, `currency` the one to show amounts in;
    comparisons go by them, sweeps and decisions by list prices in US dollars.
    `third_party_cost` is what a broker that AWS does not run costs a month, in US dollars.
    """

    prices: PriceBook
    region: str = ""
    hours_per_month: Fraction = Fraction(730)
    free_tier: bool = True
    overlay: Overlay | None = None
    currency: Currency = USD
    third_party_cost: Decimal | None = None

    def loaded(self, spec: Spec) -> Topology:
        """A spec with its loads; raises SpecError."""
        return propagate(spec, region=self.region, hours_per_month=self.hours_per_month)

    def priced(
        self, topology: Topology, capacity: Mapping[str, tuple[Capacity, ...]] | None = None
    ) -> Estimate:
        """A topology with its charges, with other sizes than it needs if they are given."""
        found = price(
            topology,
            self.prices,
            free_tier=self.free_tier,
            overlay=self.overlay,
            capacity=capacity,
        )
        return replace(found, currency=self.currency)

    def unit_price(self, file: str, meter: str, region: str) -> Decimal | None:
        """What the first unit of a meter costs, in US dollars, as agreed; None where unknown."""
        tiers = self.prices.prices(file, region).get(meter)
        listed = tiers[0].usd if tiers else None
        term = self.overlay.term(file, meter, region) if self.overlay else None
        return term.unit_price(listed) if term else listed

    def carried(self, draft: Draft) -> Topology:
        """A draft with its loads; raises SpecError."""
        return self.loaded(draft.spec())


def size_cluster(draft: Draft, name: str, sizes: Iterable[str], basis: Basis) -> None:
    """The brokers of a cluster: the cheapest size and number that carry the peak."""
    topology = basis.carried(draft)
    service, traffic = topology.service(name), topology.traffic[name]
    offers = []
    for place, kind in enumerate(sizes):
        settings = traffic.settings.model_copy(
            update={"broker_node_group_info": _group(traffic, kind)}
        )
        sized = replace(traffic, settings=settings)
        capacity = tuple(service.capacity(sized))
        cost = _cost(service.usage(sized, capacity), service.price_file, sized.region, basis)
        brokers = capacity[0].provided
        if cost is not None:
            over = brokers > BROKERS_PER_CLUSTER.value
            offers.append((over, cost, brokers, place, kind, capacity[1].provided))
    if offers:
        *_, brokers, _, kind, partitions = min(offers)
        draft.components[name] |= {
            "number_of_broker_nodes": brokers,
            "broker_node_group_info": {"instance_type": kind} | _volumes(traffic, kind, brokers),
            "partitions": partitions,
        }


def _group(traffic: Traffic[Any], kind: str) -> object:
    return traffic.settings.broker_node_group_info.model_copy(update={"instance_type": kind})


def _volumes(traffic: Traffic[Any], kind: str, brokers: int) -> dict[str, Any]:
    """Volumes of standard brokers: provisioned, and so paid whether there is traffic or not."""
    if kind in EXPRESS:
        return {}
    return {"storage_info": {"ebs_storage_info": {"volume_size": volume(traffic, brokers)}}}


def _cost(usages: Iterable[Usage], file: str, region: str, basis: Basis) -> Decimal | None:
    """What a component costs at the first tier of each of its own meters; None without prices."""
    costs: list[Decimal] = []
    for usage in usages:
        paid = basis.unit_price(file, usage.meter, region)
        if usage.quantity and paid is not None:
            costs.append(EXACT.multiply(to_decimal(usage.quantity), paid))
        elif usage.key == "broker_hours":
            return None
    return exact_sum(costs)


def size_stream(draft: Draft, name: str, basis: Basis) -> None:
    """Shards of a stream, and concurrent batches of each for functions that need them."""
    topology = basis.carried(draft)
    traffic = topology.traffic[name]
    provisioned = not traffic.settings.on_demand
    shards = on_demand_shards(traffic)
    if provisioned:
        (first, *_) = topology.service(name).capacity(traffic)
        shards = max(1, first.required, *_for_functions(traffic))
        draft.components[name]["shard_count"] = shards
    for hop in traffic.outflows:
        factor = min(ceil(_at_work(hop) / shards), int(PARALLELIZATION.value))
        if factor > 1:
            _raise_factor(draft, hop, factor)


def _raise_factor(draft: Draft, hop: Hop, factor: int) -> None:
    for flow in draft.flows:
        if (flow["from"], flow["to"]) == (hop.source, hop.target):
            flow["parallelization_factor"] = max(factor, flow.get("parallelization_factor", 1))


def _for_functions(traffic: Traffic[Any]) -> Iterator[int]:
    """Shards for the mappings, at ten batches a shard."""
    yield 1
    for hop in traffic.outflows:
        yield ceil(_at_work(hop) / PARALLELIZATION.value)


def _at_work(hop: Hop) -> Fraction:
    """Batches that a function works on at a time at the peak."""
    seconds = hop.target_settings.processing_seconds()
    if seconds is None or hop.target_type != "lambda.function":
        return ZERO
    return hop.delivered.peak_messages_per_second * seconds / hop.batch


def smallest_broker(engine: str, stored: Fraction, connections: int) -> str:
    """The smallest size of Amazon MQ that holds what is stored, in GB, and the connections."""
    if engine == "ACTIVEMQ":
        fits = (k for k in ACTIVEMQ_SIZES if connections <= mq.ACTIVEMQ_CONNECTIONS.value)
        return next(fits, ACTIVEMQ_SIZES[-1])
    for kind in RABBITMQ_SIZES:
        node = mq.NODES[kind]
        if stored <= node.cluster_storage and connections <= node.cluster_connections * 3:
            return kind
    return RABBITMQ_SIZES[-1]
