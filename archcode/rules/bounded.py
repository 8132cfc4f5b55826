"""Boxes outside AWS that take only so much: a database, a partner, what calls them at most.

Each execution, and each call that a task works on, is taken to make one call of the box at a time.
A consumer that works off a backlog is as fast as its concurrency lets it be, whatever the peak is.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from archcode.model import ZERO, Finding, LimitLoad, Severity
from archcode.rules._concurrency import Reach, reach
from archcode.rules._rule import rule
from archcode.services.outside import OutsideSettings
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.traffic import Hop, Traffic


def _boxes(estimate: Estimate) -> Iterator[tuple[str, OutsideSettings, list[Hop]]]:
    """Boxes that say what they take, with the flows that call them."""
    for name, traffic in estimate.topology.traffic.items():
        settings = traffic.settings
        if isinstance(settings, OutsideSettings):
            yield name, settings, [hop for hop in traffic.inflows if hop.kind == "flow"]


class _Caller(Struct, frozen=True):
    """What calls a box on one flow: what it can do at a time, and its work in the mean and peak.

    `backlog` is whether it may find more to do than its peak, in a queue or in Lambda's own.
    """

    hop: Hop
    traffic: Traffic[Any]
    reach: Reach | None
    backlog: bool

    @property
    def mean(self) -> Fraction:
        """Calls/s of the box on average."""
        return self.hop.delivered.messages_per_second / self.hop.batch

    @property
    def peak(self) -> Fraction:
        """Calls/s of the box at the peak."""
        return self.hop.delivered.peak_messages_per_second / self.hop.batch

    @property
    def work(self) -> Fraction | None:
        """Calls that it works on at a time at the peak; None where its duration is not stated."""
        seconds = self.hop.source_settings.processing_seconds()
        inflows = self.traffic.inflows
        rates = (flow.delivered.peak_messages_per_second / flow.batch for flow in inflows)
        return None if seconds is None else sum(rates, ZERO) * seconds

    @property
    def at_a_time(self) -> Fraction | None:
        """Calls at a time that it may make: its cap, or what it does at the peak without one."""
        if self.reach is not None and self.reach.capped:
            return Fraction(self.reach.most)
        return None if self.work is None else Fraction(ceil(self.work))

    @property
    def a_second(self) -> Fraction:
        """Calls/s that it may make at most, as far as that is known."""
        if self.hop.source_settings.invokes == "polled":
            return self.mean  # the box fetches by itself, at its own pace
        own = getattr(self.hop.source_settings, "invocation_rate_limit_per_second", None)
        if own is not None:  # an API destination lets the rest wait
            return min(self.peak, Fraction(own))
        if self.reach is None or not self.reach.capped:
            return self.peak
        if not self.work:
            return self.mean
        most = self.peak * self.reach.most / self.work
        return most if self.backlog else min(self.peak, most)


def _callers(estimate: Estimate, hops: list[Hop]) -> list[_Caller]:
    return [_caller(estimate, hop) for hop in hops]


def _caller(estimate: Estimate, hop: Hop) -> _Caller:
    traffic = estimate.topology.traffic[hop.source]
    flows = [flow for flow in traffic.inflows if flow.kind == "flow"]
    waits = [_backlog(flow) for flow in flows]
    return _Caller(hop, traffic, reach(estimate, hop.source), bool(waits) and all(waits))


def _backlog(flow: Hop) -> bool:
    """Whether what comes on a flow waits for its consumer, instead of being refused."""
    kind = flow.source_settings.invokes
    return kind == "polled" or (kind == "asynchronous" and flow.target_settings.retries_events)


def _names(callers: list[_Caller]) -> str:
    return " and ".join(dict.fromkeys(caller.hop.source for caller in callers))


@rule(
    Severity.WARNING,
    offending="partner: {type: partner, concurrency_limit: 19}",
    clean="partner: {type: partner, concurrency_limit: 20}",
)
def concurrency_limit_exceeded(estimate: Estimate) -> Iterator[LimitLoad]:
    """What calls a bounded resource may do so more often at a time than it bears.

    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    for name, settings, hops in _boxes(estimate):
        most = settings.concurrency_limit
        callers = [c for c in _callers(estimate, hops) if c.at_a_time is not None]
        if most is None or not callers:
            continue
        load = sum((caller.at_a_time or ZERO for caller in callers), ZERO)
        who, together = _names(callers), " together" if len(callers) > 1 else ""
        yield LimitLoad(
            "concurrency_limit_exceeded",
            Severity.WARNING,
            name,
            name,
            "concurrency_limit",
            load,
            Fraction(most),
            "calls at a time",
            f"gets up to {grouped(load)} calls at a time from {who}",
            bound=f", and takes {grouped(most)}",
            hint=f"cap the concurrency of {who} at {grouped(most)}{together}",
        )


@rule(
    Severity.ERROR,
    offending="partner: {type: partner, rate_limit: 79/s}",
    clean="partner: {type: partner, rate_limit: 80/s}",
)
def rate_limit_exceeded(estimate: Estimate) -> Iterator[LimitLoad]:
    """Calls above what a partner takes are refused, and come back as retries on top.

    An error where even the mean rate is above it.
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    for name, settings, hops in _boxes(estimate):
        most, callers = settings.rate_limit, _callers(estimate, hops)
        if most is None or not callers:
            continue
        load = sum((caller.a_second for caller in callers), ZERO)
        mean = sum((min(caller.mean, caller.a_second) for caller in callers), ZERO)
        hint = "put a queue before it, and cap the concurrency of what works on that"
        if mean > most:
            hint = f"even the mean rate is {grouped(mean)}/s: batch the calls, or agree on more"
        yield LimitLoad(
            "rate_limit_exceeded",
            Severity.ERROR if mean > most else Severity.WARNING,
            name,
            name,
            "rate_limit",
            load,
            most,
            "calls/s",
            f"gets up to {grouped(load)} calls/s from {_names(callers)}",
            bound=f", and takes {grouped(most)}/s",
            hint=hint,
        )


@rule(
    Severity.WARNING,
    offending="- orders -> worker\n- worker -> partner",
    clean="- orders -> worker: {maximum_concurrency: 20}\n- worker -> partner",
)
def caller_without_concurrency_cap(estimate: Estimate) -> Iterator[Finding]:
    """A function that nothing caps overruns the resource as soon as it works off a backlog.

    Reserved concurrency or the maximum_concurrency of its queue holds it back.
    https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-scaling.html
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-concurrency.html
    """
    for name, settings, hops in _boxes(estimate):
        for caller in _callers(estimate, hops):
            if caller.reach is None or caller.reach.capped or not _bounded(settings, caller):
                continue
            message = (
                f"has no cap: {caller.hop.source} may make {grouped(caller.reach.most)} calls at a"
                f" time, and {name} takes {_takes(settings)}"
            )
            where, hint = caller.hop.where, _cap(settings, caller)
            rule_name = "caller_without_concurrency_cap"
            yield Finding(rule_name, Severity.WARNING, where, message, hint)


def _bounded(settings: OutsideSettings, caller: _Caller) -> bool:
    """A rate is exceeded only where more may wait than the peak; a concurrency always may be."""
    if settings.concurrency_limit is not None:
        return settings.concurrency_limit < (caller.reach.most if caller.reach else 0)
    return settings.rate_limit is not None and caller.backlog


def _takes(settings: OutsideSettings) -> str:
    parts = []
    if settings.concurrency_limit is not None:
        parts.append(grouped(settings.concurrency_limit))
    if settings.rate_limit is not None:
        parts.append(f"{grouped(settings.rate_limit)} in a second")
    return " and ".join(parts)


def _cap(settings: OutsideSettings, caller: _Caller) -> str:
    """The largest cap that both limits allow, on the queue if it is the only one to feed it."""
    most = [settings.concurrency_limit] if settings.concurrency_limit is not None else []
    if settings.rate_limit is not None and caller.work:
        most.append(max(1, int(settings.rate_limit * caller.work / caller.peak)))
    flows = [flow for flow in caller.traffic.inflows if flow.kind == "flow"]
    value = f": {min(most)}" if most else ""
    if len(flows) == 1 and flows[0].source_type == "sqs.queue" and (not most or min(most) > 1):
        return f"say maximum_concurrency{value} on {flows[0].where}"
    return f"set reserved_concurrent_executions{value} on {caller.hop.source}"


RULES = (
    caller_without_concurrency_cap,
    concurrency_limit_exceeded,
    rate_limit_exceeded,
)
