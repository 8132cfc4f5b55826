"""The same spec with more traffic, or without its peaks: what limits are measured with.

Every stated rate, and everything that components send by themselves, is multiplied alike; sizes,
shares, batches, durations and counts of things stay. What depends on a rate, such as how full the
buffers of a delivery stream get, is carried through the graph anew.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from msgspec.structs import replace

from archcode.model import ONE, Production
from archcode.spec.model import Flow, Spec
from archcode.topology import Topology, propagate

if TYPE_CHECKING:
    from fractions import Fraction

    from archcode.traffic import Hop, Traffic


class _Grown(Spec, frozen=True):
    """A spec whose components send `times` as much by themselves; `level` is without a peak."""

    times: Fraction = ONE
    level: bool = False

    def productions(self) -> dict[str, Production]:
        """What components send by themselves."""
        return {name: self._grown(made) for name, made in Spec.productions(self).items()}

    def _grown(self, made: Production) -> Production:
        peak = made.messages_per_second if self.level else made.peak_messages_per_second
        return Production(
            made.messages_per_second * self.times, peak * self.times, made.message_size_bytes
        )


def grown(topology: Topology, times: Fraction) -> Topology:
    """The topology with `times` its traffic."""
    return _carried(topology, times, level=False)


def level(topology: Topology) -> Topology:
    """The topology with its mean traffic only: no rate has a peak."""
    return _carried(topology, ONE, level=True)


def scaled(spec: Spec, times: Fraction, *, level: bool = False) -> Spec:
    """The spec with `times` its traffic; without its peaks where it is `level`."""
    same = {name: getattr(spec, name) for name in Spec.__struct_fields__}
    same["flows"] = tuple(_flow(flow, times, level=level) for flow in spec.flows)
    if isinstance(spec, _Grown):
        times, level = times * spec.times, level or spec.level
    return _Grown(**same, times=times, level=level)


def grown_like(spec: Spec, changed: Spec) -> Spec:
    """A changed spec with as many times its traffic as the spec that it was made of."""
    return scaled(changed, spec.times, level=spec.level) if isinstance(spec, _Grown) else changed


def times_of(spec: Spec) -> Fraction:
    """How many times its stated traffic a spec has."""
    return spec.times if isinstance(spec, _Grown) else ONE


def _carried(topology: Topology, times: Fraction, *, level: bool) -> Topology:
    found = scaled(topology.spec, times, level=level)
    return propagate(found, region=topology.region, hours_per_month=topology.hours_per_month)


def _flow(flow: Flow, times: Fraction, *, level: bool) -> Flow:
    options = flow.settings
    if options.rate is None:
        return flow
    peak = None if level or options.peak is None else options.peak * times
    changed: dict[str, object] = {"rate": options.rate * times, "peak": peak}
    if level:
        changed["profile"] = None
    return replace(flow, settings=options.model_copy(update=changed))


def proportional(before: Topology, after: Topology, times: Fraction) -> set[str]:
    """The components with the same on every flow, only `times` as much of it."""
    odd = {
        name
        for hop, later in zip(before.hops, after.hops, strict=True)
        if later.batch != hop.batch or later.handed != hop.handed.times(times)
        for name in (hop.source, hop.target)
    }
    return set(before.traffic) - odd


def alone(traffic: Traffic[Any], times: Fraction) -> Traffic[Any]:
    """The traffic of a component that grows in proportion: no graph has to be solved."""
    return replace(
        traffic,
        inflows=tuple(_hop(hop, times) for hop in traffic.inflows),
        outflows=tuple(_hop(hop, times) for hop in traffic.outflows),
        received=traffic.received.times(times),
        passed_on=traffic.passed_on.times(times),
    )


def _hop(hop: Hop, times: Fraction) -> Hop:
    return replace(hop, handed=hop.handed.times(times))
