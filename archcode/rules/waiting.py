"""Functions that wait for other functions: two are paid for, and all share one time to answer.

The timeout of a function holds for all that it waits for, and its duration contains that too.
"""

from __future__ import annotations

from collections import defaultdict, deque
from typing import TYPE_CHECKING

from msgspec import Struct

from archcode.model import ONE, ZERO, Finding, Severity
from archcode.rules._rule import rule
from archcode.rules._words import listed
from archcode.services.lambda_ import LambdaSettings, invocations_per_second
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from fractions import Fraction

    from archcode.estimate import Estimate
    from archcode.topology import Topology
    from archcode.traffic import Hop


def _waits(hop: Hop) -> bool:
    """Whether a flow is a call whose caller waits, where both know how long they have."""
    ends = (hop.source_settings, hop.target_settings)
    timed = all(end.must_answer() and end.answer_seconds() is not None for end in ends)
    return timed and hop.kind == "flow" and hop.invoked == "synchronous"


def _calls(estimate: Estimate) -> Iterator[tuple[Hop, LambdaSettings, LambdaSettings]]:
    """Calls of one function by another that waits for it."""
    for hop in estimate.topology.hops:
        caller, called = hop.source_settings, hop.target_settings
        if (
            isinstance(caller, LambdaSettings)
            and isinstance(called, LambdaSettings)
            and _waits(hop)
        ):
            yield hop, caller, called


@rule(
    Severity.WARNING,
    offending="order: {type: lambda.function, duration: 80 ms}",
    clean="order: {type: lambda.function, duration: 330 ms}",
)
def duration_below_calls(estimate: Estimate) -> Iterator[Finding]:
    """A function that waits runs as long as what it calls, so its cost and concurrency are more.

    Only the longest call is held against it, since it may make several at a time, and only as
    often as it makes it: a call for every tenth message counts a tenth.
    https://docs.aws.amazon.com/lambda/latest/dg/lambda-invocation.html
    """
    slowest: dict[str, tuple[Fraction, Hop]] = {}
    for hop, caller, called in _calls(estimate):
        if caller.duration is None or called.duration is None:
            continue
        waited = _for_each(estimate.topology, hop) * called.duration
        if waited > slowest.get(hop.source, (caller.duration, hop))[0]:
            slowest[hop.source] = waited, hop
    for name, (waited, hop) in slowest.items():
        own = hop.source_settings.processing_seconds() or ZERO
        message = (
            f"is {grouped(own, 6)} s, but {name} waits {grouped(waited, 6)} s on average for the"
            f" answer of {hop.target}"
        )
        hint = f"add what it waits for: {grouped(waited, 6)} s, and its own work"
        where = f"{name}.duration"
        yield Finding("duration_below_calls", Severity.WARNING, where, message, hint)


def _for_each(topology: Topology, hop: Hop) -> Fraction:
    """Calls for each message that the caller handles, one at most."""
    handled = topology.traffic[hop.source].passed_on.messages_per_second
    return min(ONE, hop.handed.messages_per_second / hop.batch / handled) if handled else ZERO


@rule(
    Severity.WARNING,
    offending="price: {type: lambda.function, duration: 200 ms, timeout: 20}",
    clean="price: {type: lambda.function, duration: 200 ms, timeout: 5}",
)
def synchronous_chain_above_timeout(estimate: Estimate) -> Iterator[Finding]:
    """Whoever asked is gone when the last of the chain answers, and all its work was for nothing.

    A function behind others may take no longer than the first caller waits, and what one function
    waits for has to fit, call after call, into what is left of that time. Where the caller right
    before it gives up first, `function_timeout_above_caller_timeout` says so.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    https://docs.aws.amazon.com/lambda/latest/dg/configuration-timeout.html
    """
    chains = _Chains(estimate.topology)
    yield from chains.too_deep()
    yield from chains.too_wide()


class _Room(Struct, frozen=True):
    """Seconds that are left to a component to answer, who set them, and the way from there."""

    seconds: Fraction
    holder: str
    way: tuple[str, ...]


class _Chains:
    """The calls that are waited for, and how long the callers before each function wait."""

    def __init__(self, topology: Topology) -> None:
        self.topology = topology
        self.calls: dict[str, list[Hop]] = defaultdict(list)
        for hop in topology.hops:
            if _waits(hop):
                self.calls[hop.source].append(hop)
        self.room: dict[str, _Room] = {}
        waiting = deque(self.calls)
        while waiting:
            caller = waiting.popleft()
            waiting.extend(hop.target for hop in self.calls[caller] if self._narrows(hop))

    def _narrows(self, hop: Hop) -> bool:
        """Whether this call leaves its target less time than any other that is known."""
        waits = hop.source_settings.answer_seconds() or ZERO
        before = self.room.get(hop.source)
        room = _Room(waits, hop.source, (hop.source, hop.target))
        if before is not None and before.seconds < waits:
            room = _Room(before.seconds, before.holder, (*before.way, hop.target))
        known = self.room.get(hop.target)
        if hop.target in room.way[:-1] or (known is not None and known.seconds <= room.seconds):
            return False
        self.room[hop.target] = room
        return hop.target in self.calls

    def too_deep(self) -> Iterator[Finding]:
        """Functions that may run longer than a caller waits that is not the one before them."""
        for hops in self.calls.values():
            for hop in hops:
                room, function = self.room.get(hop.target), hop.target_settings
                if room is None or not isinstance(function, LambdaSettings):
                    continue
                told = function.timeout > (hop.source_settings.answer_seconds() or ZERO)
                if room.way[-2] == hop.source and function.timeout > room.seconds and not told:
                    message = (
                        f"is {function.timeout} s at the end of {' -> '.join(room.way)}, and"
                        f" {room.holder} waits {grouped(room.seconds)} s for all of it"
                    )
                    hint = (
                        f"set it to {grouped(room.seconds)} s or less, or do the work behind a"
                        " queue"
                    )
                    where = f"{hop.target}.timeout"
                    name = "synchronous_chain_above_timeout"
                    yield Finding(name, Severity.WARNING, where, message, hint)

    def too_wide(self) -> Iterator[Finding]:
        """Functions that wait for several others, which fit one by one and not together."""
        for caller, hops in self.calls.items():
            function = hops[0].source_settings
            if not isinstance(function, LambdaSettings) or len(hops) == 1:
                continue
            room = self.room.get(caller, _Room(ZERO, "", ()))
            outer = room.holder and room.seconds < function.timeout
            most = room.seconds if outer else function.timeout
            limits = [hop.target_settings.answer_seconds() or ZERO for hop in hops]
            together = sum((_for_each(self.topology, hop) for hop in hops), ZERO) > 1
            if together and max(limits) <= most < sum(limits):
                words = " + ".join(map(grouped, limits))
                message = (
                    f"waits for {listed(hop.target for hop in hops)}, which may take"
                    f" {words} = {grouped(sum(limits, ZERO))} s one after another, and"
                    f" {f'{room.holder} waits' if outer else 'it has'} {grouped(most)} s"
                )
                hint = "call them at the same time, shorten their timeouts, or use a state machine"
                name = "synchronous_chain_above_timeout"
                yield Finding(name, Severity.INFO, caller, message, hint)


@rule(
    Severity.WARNING,
    offending="- order -> price",
    clean="- order -> price: {invocation_type: Event}",
)
def synchronous_function_call(estimate: Estimate) -> Iterator[Finding]:
    """While one function waits for another both are paid for, and where one fails both do.

    Functions that call each other and wait are one program in several parts: they scale, fail and
    are throttled together.
    https://docs.aws.amazon.com/lambda/latest/dg/concepts-event-driven-architectures.html
    """
    for hop, _, called in _calls(estimate):
        message = f"{hop.source} waits for {hop.target}, and both are paid for meanwhile"
        if called.duration is not None:
            rate = invocations_per_second(hop)
            message += (
                f": {grouped(rate, 4)} calls/s × {grouped(called.duration, 6)} s are"
                f" {grouped(rate * called.duration, 4)} executions that only wait"
            )
        hint = (
            "say invocation_type: Event where no answer is needed, else put a queue or an event"
            " bus between them, or let a state machine call both"
        )
        yield Finding("synchronous_function_call", Severity.WARNING, hop.where, message, hint)


RULES = (
    duration_below_calls,
    synchronous_chain_above_timeout,
    synchronous_function_call,
)
