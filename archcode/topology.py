"""Spec to Topology: traffic enters at sources and is carried through the graph, exactly.

With h the messages handed over on a flow, n the most deliveries of a message and f the share of
deliveries that fail: deliveries = h·(1 − fⁿ)/(1 − f), given up = h·fⁿ, processed = h·(1 − fⁿ).
A component sends on what it processed; what was given up goes to the dead-letter queue.
"""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archcode.errors import SpecError
from archcode.flow import FlowSettings
from archcode.linear import AmplifyingLoop, components, solve
from archcode.model import ONE, ZERO, Finding, Load, Severity
from archcode.places import Place, places_of, way_between
from archcode.rationals import largest, rational, smallest
from archcode.services import find
from archcode.traffic import Factor, Hop, HopKind, Traffic, given_up_to
from archcode.units import grouped, plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from archcode.services._service import AnyService
    from archcode.spec.model import Component, Flow, Spec

REDRIVE = FlowSettings()


class Topology(Struct, frozen=True):
    """A spec with a load on every flow, and each component among its flows.

    `region` is where a component runs that stands in no frame with a region of its own.
    """

    spec: Spec
    region: str
    hours_per_month: Fraction
    hops: tuple[Hop, ...]
    traffic: Mapping[str, Traffic[Any]]

    @property
    def regions(self) -> tuple[str, ...]:
        """Where components on AWS run, in the order of the spec; its own region if none do."""
        used = [t.region for t in self.traffic.values() if not t.settings.outside]
        return tuple(dict.fromkeys(used)) or (self.region,)

    def service(self, name: str) -> AnyService:
        """The service of a component."""
        return find(self.spec.components[name].type)


class _Edge(Struct, frozen=True, eq=False):
    """A flow before its load is known: its share of what its source processed, or a stated rate."""

    flow: Flow
    source: Component
    target: Component
    weight: Fraction
    factors: tuple[Factor, ...]
    attempts: Fraction
    dead: Fraction
    goes_on: bool
    gathered: bool
    size_factor: Fraction
    kind: HopKind

    @property
    def stated(self) -> bool:
        return self.flow.settings.rate is not None


def propagate(spec: Spec, *, region: str = "", hours_per_month: Fraction | int = 730) -> Topology:
    """Carry the traffic of a spec through its graph.

    Raises SpecError where a source states no rate, a rate has no size, or a loop amplifies.
    """
    hours = Fraction(hours_per_month)
    places = places_of(spec, region or spec.region)
    edges = _edges(spec)
    problems = [*_unknown_sources(spec, edges)]
    if problems:
        raise SpecError(spec.locate(problems))
    try:
        hops = _hops(spec, edges, places, hours)
    except AmplifyingLoop as loop:
        raise SpecError(spec.locate([_amplifying(loop)])) from None
    traffic = _traffic(spec, hops, places, hours)
    return Topology(spec, region or spec.region, hours, hops, traffic)


def _edges(spec: Spec) -> tuple[_Edge, ...]:
    outs: dict[str, list[Flow]] = defaultdict(list)
    flows = (*spec.flows, *spec.unwritten_calls())
    for flow in flows:
        outs[flow.source].append(flow)
    return tuple(_edge(spec, flow, outs[flow.source]) for flow in flows)


def _edge(spec: Spec, flow: Flow, siblings: list[Flow]) -> _Edge:
    source, target = spec.components[flow.source], spec.components[flow.target]
    factors = tuple(_factors(flow, siblings, find(source.type)))
    weight = ONE
    for factor in factors:
        weight *= factor.value
    attempts, dead = _retries(flow, source, target)
    service = find(target.type)
    goes_on, gathered = service.passes_on(flow.settings), service.gathers
    called = any(call.target == target.name for call in source.settings.calls())
    kind: HopKind = "call" if called else "flow"
    size = ONE if called else source.settings.size_factor()
    return _Edge(
        flow, source, target, weight, factors, attempts, dead, goes_on, gathered, size, kind
    )


def _factors(flow: Flow, siblings: list[Flow], service: AnyService) -> Iterable[Factor]:
    """What a flow takes of what its source processed."""
    options = flow.settings
    shared = len(siblings) > 1 or options.share is not None
    if service.emission == "share" and options.rate is None and shared:
        yield _share(flow, siblings)
    if options.per_message is not None:
        yield Factor(
            "per_message", f"per_message {plain(options.per_message)}", options.per_message
        )
    if options.filter is not None:
        yield Factor("filter", f"filter {plain(options.filter * 100)}%", options.filter)


def _share(flow: Flow, siblings: list[Flow]) -> Factor:
    """A queue's messages go to one consumer each: by stated shares, the rest in equal parts."""
    stated = flow.settings.share
    if stated is None:
        left = ONE - sum((s.settings.share or ZERO for s in siblings), ZERO)
        unstated = sum(1 for s in siblings if s.settings.share is None)
        stated = max(left, ZERO) / unstated
    return Factor("share", f"share {grouped(stated * 100)}%", stated)


def _retries(flow: Flow, source: Component, target: Component) -> tuple[Fraction, Fraction]:
    """Deliveries per message and the share given up, from the failure rate."""
    failure = flow.settings.failure_rate
    if not failure:
        return ONE, ZERO
    most = find(source.type).deliveries(source.settings, target.settings, flow.settings)
    if most is None:
        return (ONE / (1 - failure), ZERO) if failure < 1 else (ONE, ONE)
    if failure == 1:
        return Fraction(most), ONE
    dead = failure**most
    return (1 - dead) / (1 - failure), dead


def _unknown_sources(spec: Spec, edges: tuple[_Edge, ...]) -> Iterable[Finding]:
    """Flows whose load cannot be known: no rate upstream, or a rate without a size."""
    fed = {edge.target.name for edge in edges}
    fed |= {c.settings.dead_letter_target() or "" for c in spec.components.values()}
    fed |= {edge.flow.settings.on_failure or "" for edge in edges}
    fed |= {name for name, c in spec.components.items() if c.settings.produced()}
    for edge in edges:
        where, options = f"{edge.source.name} -> {edge.target.name}", edge.flow.settings
        if options.rate is None and edge.source.name not in fed and not edge.target.usage:
            message = f"needs a rate: nothing flows into {edge.source.name}"
            own = edge.source.settings.own_rate
            hint = "say what enters here, such as {rate: 350/s, size: 2 KB}"
            hint = f"set {own} on {edge.source.name}, or {hint}" if own else hint
            yield Finding("source_without_rate", Severity.ERROR, where, message, hint)
        if options.rate is not None and options.size is None:
            message = "has a rate, but no size"
            hint = "say how large a message is, such as size: 2 KB"
            yield Finding("rate_without_size", Severity.ERROR, where, message, hint)


def _hops(
    spec: Spec, edges: tuple[_Edge, ...], places: Mapping[str, Place], hours: Fraction
) -> tuple[Hop, ...]:
    """Every flow with its load, dead-letter hops last."""
    loads, batches = _loads(spec, edges, hours)
    flows = tuple(_hop(edge, loads[edge], batches[edge], places) for edge in edges)
    return (*flows, *_redrives(spec, edges, loads, places))


def _loads(
    spec: Spec, edges: tuple[_Edge, ...], hours: Fraction
) -> tuple[dict[_Edge, Load], dict[_Edge, Fraction]]:
    """The load and the batch of every edge.

    How many objects a bucket gets depends on the batches of its inflows, and those on the load:
    each pass settles the next bucket on a path.
    """
    gathered, batches = [e for e in edges if e.gathered], dict[_Edge, Fraction]()
    for _ in range(len(gathered) + 1):
        known = batches
        loads = _carried(spec, edges, known, hours)
        batches = _batches(edges, loads)
        if all(batches[edge] == known.get(edge) for edge in gathered):
            break
    return loads, batches


def _carried(
    spec: Spec, edges: tuple[_Edge, ...], batches: Mapping[_Edge, Fraction], hours: Fraction
) -> dict[_Edge, Load]:
    """The load on every edge, for these batches."""
    graph = _Graph(spec, edges, batches)
    made = spec.productions()
    rates = {name: made.messages_per_second for name, made in made.items()}
    mean = graph.solve({e: _mean(e) * e.weight for e in edges if e.stated}, rates)
    peaks = {name: made.peak_messages_per_second for name, made in made.items()}
    peak = graph.solve({e: _peak(spec, e) * e.weight for e in edges if e.stated}, peaks)
    sized = {e: e.flow.settings.size * mean[e] for e in edges if e.flow.settings.size is not None}
    volumes = {name: m.messages_per_second * m.message_size_bytes for name, m in made.items()}
    sizes = graph.solve(sized, volumes, in_bytes=True)
    return {e: Load(mean[e], peak[e], sizes[e], hours) for e in edges}


def _mean(edge: _Edge) -> Fraction:
    return edge.flow.settings.rate or ZERO


def _peak(spec: Spec, edge: _Edge) -> Fraction:
    return spec.peak_of(edge.flow) or _mean(edge)


class _Graph:
    """The linear system of a spec: what each component processed, from what its sources did."""

    def __init__(
        self, spec: Spec, edges: tuple[_Edge, ...], batches: Mapping[_Edge, Fraction]
    ) -> None:
        self.spec, self.edges, self.batches = spec, edges, batches

    def solve(
        self,
        given: Mapping[_Edge, Fraction],
        made: Mapping[str, Fraction],
        *,
        in_bytes: bool = False,
    ) -> dict[_Edge, Fraction]:
        """The amount on every edge, where some edges carry, some components make a given amount."""
        weights: dict[str, dict[str, Fraction]] = {name: {} for name in self.spec.components}
        constants: dict[str, Fraction] = defaultdict(Fraction, made)
        sent = {e: e.weight * e.size_factor if in_bytes else e.weight for e in self.edges}
        for edge in self.edges:
            for target, part in self._receivers(edge, in_bytes=in_bytes):
                if edge in given:
                    constants[target] += part * given[edge]
                else:
                    row = weights[target]
                    source = edge.source.name
                    row[source] = row.get(source, ZERO) + part * sent[edge]
        processed = solve(weights, constants, components(weights))
        return {
            edge: given[edge] if edge in given else sent[edge] * processed[edge.source.name]
            for edge in self.edges
        }

    def _receivers(self, edge: _Edge, *, in_bytes: bool) -> Iterable[tuple[str, Fraction]]:
        """The target gets what succeeds, a bucket as objects; the dead-letter queue the rest."""
        if edge.goes_on:
            part = 1 - edge.dead
            if edge.gathered and not in_bytes:
                batch = self.batches.get(edge)
                part = part / batch if batch else ZERO
            yield edge.target.name, part
        owner, dead_letters = _dead_letters(edge)
        if dead_letters and edge.dead and owner:
            yield dead_letters, edge.dead


def _dead_letters(edge: _Edge) -> tuple[str, str]:
    """The component that gives a message up, and where it then goes."""
    source, target = edge.source, edge.target
    end, taker = given_up_to(source.settings, target.settings, edge.flow.settings)
    return (source if end == "source" else target).name if taker else "", taker


def _batches(edges: tuple[_Edge, ...], loads: Mapping[_Edge, Load]) -> dict[_Edge, Fraction]:
    """Messages in one call on every edge; some components hand on a batch as it came in."""
    found = {edge: _batch(edge, loads[edge]) for edge in edges}
    came = {edge.target.name: batch for edge, batch in found.items()}
    for edge in edges:
        if edge.source.settings.keeps_batches and edge.flow.settings.batch is None:
            grown = came.get(edge.source.name, ONE) * edge.weight
            found[edge] = smallest(largest(grown, ONE), found[edge])
    return found


def _batch(edge: _Edge, load: Load) -> Fraction:
    """Messages in one call: as stated, as the load makes it, or as is usual."""
    service, options = find(edge.source.type), edge.flow.settings
    derived = service.batch(edge.source.settings, edge.target.settings, load)
    return rational(options.batch or derived or service.batches.get(edge.target.type, 1))


def _hop(edge: _Edge, load: Load, batch: Fraction, places: Mapping[str, Place]) -> Hop:
    options = edge.flow.settings
    return Hop(
        edge.source.name,
        edge.target.name,
        edge.source.type,
        edge.target.type,
        edge.source.settings,
        edge.target.settings,
        options,
        batch,
        load,
        edge.attempts,
        edge.dead,
        edge.kind,
        edge.factors,
        edge.stated,
        way_between(places[edge.source.name], places[edge.target.name]),
    )


def _redrives(
    spec: Spec,
    edges: tuple[_Edge, ...],
    loads: Mapping[_Edge, Load],
    places: Mapping[str, Place],
) -> Iterable[Hop]:
    """One hop to each dead-letter queue, even while nothing fails: it is drawn all the same."""
    dead = {
        (name, taker): Load()
        for name, component in spec.components.items()
        if (taker := component.settings.dead_letter_target()) is not None
    }
    for edge in edges:
        pair = _dead_letters(edge)
        if pair[1]:
            dead[pair] = dead.get(pair, Load()) + loads[edge].times(edge.dead)
    for (owner, taker), load in dead.items():
        component, queue = spec.components[owner], spec.components[taker]
        batch = find(component.type).batch(component.settings, queue.settings, load)
        yield Hop(
            owner,
            taker,
            component.type,
            queue.type,
            component.settings,
            queue.settings,
            REDRIVE,
            batch or ONE,
            load,
            kind="redrive",
            way=way_between(places[owner], places[taker]),
        )


def _traffic(
    spec: Spec, hops: tuple[Hop, ...], places: Mapping[str, Place], hours: Fraction
) -> dict[str, Traffic[Any]]:
    ins: dict[str, list[Hop]] = defaultdict(list)
    outs: dict[str, list[Hop]] = defaultdict(list)
    for hop in hops:
        ins[hop.target].append(hop)
        outs[hop.source].append(hop)
    made = spec.productions()
    return {
        name: Traffic(
            name,
            component.settings,
            places[name].region,
            hours,
            tuple(ins[name]),
            tuple(outs[name]),
            sum((hop.delivered for hop in ins[name]), Load(hours_per_month=hours)),
            find(component.type).passed_on(made.get(name), ins[name], hours),
            places[name].account,
        )
        for name, component in spec.components.items()
    }


def _amplifying(loop: AmplifyingLoop) -> Finding:
    where = f"{loop.loop[0]} -> {loop.loop[1]}"
    path = " -> ".join(loop.loop)
    if loop.gain >= 1:
        message = f"the loop {path} feeds itself with a gain of {grouped(loop.gain, 4)}"
    else:
        message = f"the loops through {path} feed each other with a gain of 1 or more"
    hint = "a filter, a smaller per_message or a way out must bring the gain below 1"
    return Finding("amplifying_loop", Severity.ERROR, where, message, hint)
