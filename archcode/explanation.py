"""The arithmetic behind one component, from the sources of its traffic to its charges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.currency import USD
from archcode.model import ZERO
from archcode.statement import price_words
from archcode.units import bytes_text, grouped, plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.currency import Currency
    from archcode.estimate import Estimate
    from archcode.model import Capacity, Charge
    from archcode.topology import Topology
    from archcode.traffic import Hop


def explain(estimate: Estimate, name: str) -> str:
    """Text in four parts: traffic, load, capacity and charges of a component."""
    topology = estimate.topology
    component = topology.spec.components[name]
    traffic = topology.traffic[name]
    lines = [f"{name} ({component.type}, {traffic.region})"]
    if estimate.overlay or estimate.currency != USD:
        lines.append(price_words(estimate))
    lines += ["", "Traffic"]
    hops = _upstream(topology, name)
    lines += [f"  {line}" for hop in hops for line in _hop(topology, hop)]
    lines += ["", "Load", *(f"  {line}" for line in _load(topology, name))]
    sizes = [f"  {_size(size)}" for size in estimate.capacity[name]]
    lines += ["", "Capacity", *(sizes or ["  nothing to size"])]
    lines += ["", "Charges", *(f"  {line}" for line in _charges(estimate, name))]
    return "\n".join(lines) + "\n"


def _upstream(topology: Topology, name: str) -> list[Hop]:
    """Every flow that contributes to a component, sources first, in the order of the spec."""
    wanted: dict[str, None] = {}
    queue = [name]
    for target in queue:
        for hop in topology.traffic[target].inflows:
            if hop.source not in wanted and hop.source != name:
                wanted[hop.source] = None
                queue.append(hop.source)
    reach = {name, *wanted}
    return [hop for hop in topology.hops if hop.target in reach and hop.source in reach]


def _hop(topology: Topology, hop: Hop) -> Iterator[str]:
    """One flow: what its source processed, times its factors, and its redeliveries."""
    load = hop.handed
    rate = f"{grouped(load.messages_per_second, 6)}/s"
    peak = f"peak {grouped(load.peak_messages_per_second, 6)}/s{_profile(topology, hop)}"
    size = bytes_text(load.message_size_bytes)
    steps = "".join(f" × {factor.text}" for factor in hop.factors)
    if hop.stated:
        entered = f"{grouped(hop.options.rate or ZERO, 6)}/s stated"
        terms = f"{entered}{steps} = {rate}" if steps else entered
        yield f"{hop.where}: {terms}, {peak}, {size} a message"
    elif hop.kind == "redrive":
        yield f"{hop.where}: {rate} given up after the last delivery"
    else:
        before = topology.traffic[hop.source].passed_on.messages_per_second
        terms = f"{grouped(before, 6)}/s{steps} = {rate}" if steps else rate
        yield f"{hop.where}: {terms}, {peak}, {size} a message"
    if hop.attempts != 1:
        failure = plain((hop.options.failure_rate or 0) * 100)
        yield (
            f"  failure_rate {failure}%: {grouped(hop.attempts, 9)} deliveries per message"
            f" = {grouped(hop.delivered.messages_per_second, 6)}/s,"
            f" {grouped(hop.dead * 100, 6)}% given up"
        )


def _profile(topology: Topology, hop: Hop) -> str:
    """Where a peak comes from that the author does not state."""
    name = hop.options.profile
    if name is None or hop.options.peak is not None:
        return ""
    ratio = grouped(topology.spec.profiles[name].peak_to_mean)
    return f" ({name}: the busiest hour is {ratio} times the mean)"


def _load(topology: Topology, name: str) -> Iterator[str]:
    load = topology.traffic[name].received
    seconds = grouped(load.seconds)
    yield (
        f"{grouped(load.messages_per_second, 6)} messages/s × {seconds} s"
        f" = {grouped(load.monthly_messages)} messages a month"
    )
    yield f"× {bytes_text(load.message_size_bytes)} = {bytes_text(load.monthly_bytes)} a month"
    yield f"peak {grouped(load.peak_messages_per_second, 6)} messages/s"


def _size(size: Capacity) -> str:
    """What is needed and why, and what the author configured, which is what is paid for."""
    text = f"{size.name}: {size.required:,} = {size.formula}"
    return text if size.configured is None else f"{text}; {size.configured:,} configured"


def _charges(estimate: Estimate, name: str) -> Iterator[str]:
    charges = estimate.of(name)
    if not charges:
        yield "nothing is charged"
    for charge in charges:
        yield f"{charge.charge_description}: {_cost(charge, estimate.currency)}"
        step = estimate.currency.factor if charge.contracted_cost is not None else ""
        yield f"  {charge.formula or 'the quantity is not known'}{step}"
        if charge.price_source:
            yield f"  price of {charge.price_date}, {charge.price_source}"


def _cost(charge: Charge, currency: Currency) -> str:
    """What is paid, and beside it what the list price would make of it."""
    if charge.contracted_cost is None:
        return "unknown"
    paid = currency.precise(charge.contracted_cost)
    if not charge.contract_terms:
        return paid
    listed = "unknown" if charge.list_cost is None else currency.precise(charge.list_cost)
    return f"{paid} ({charge.contract_terms}, list {listed})"
