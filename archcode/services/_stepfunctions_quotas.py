"""All state machines of a region together against the quotas of the account."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from archcode.model import ZERO
from archcode.services._rates import mean, peak
from archcode.services._service import against
from archcode.services._stepfunctions_limits import (
    EXPRESS_STARTS,
    HTTP_TASKS,
    OPEN_EXECUTIONS,
    STANDARD_START_BURST,
    STANDARD_STARTS,
    TRANSITIONS,
)
from archcode.services._stepfunctions_settings import (
    StateMachineSettings,
    executions_per_second,
    transitions_per_second,
)
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from fractions import Fraction

    from archcode.model import Limit, Verdict
    from archcode.traffic import Traffic


def shared_check(machines: tuple[Traffic[StateMachineSettings], ...]) -> Iterator[Verdict]:
    """Starts, transitions, open executions and HTTP tasks, region by region."""
    regions: dict[str, list[Traffic[StateMachineSettings]]] = defaultdict(list)
    for machine in machines:
        regions[machine.region].append(machine)
    for together in regions.values():
        standard = [machine for machine in together if machine.settings.standard]
        express = [machine for machine in together if not machine.settings.standard]
        more = "request a higher quota"
        words = "start {} executions/s at peak"
        yield from _above(standard, STANDARD_STARTS, _started, words, _burst_hint(standard))
        yield from _above(express, EXPRESS_STARTS, _started, words, more)
        words = "make {} state transitions/s at peak"
        yield from _above(standard, TRANSITIONS, _made, words, more)
        words = "have {} executions open on average"
        yield from _above(standard, OPEN_EXECUTIONS, _open, words, more)
        words = "make {} HTTP requests/s to others at peak"
        yield from _above(together, HTTP_TASKS, _http_tasks, words, more)


def _started(machine: Traffic[StateMachineSettings]) -> Fraction:
    return executions_per_second(machine, peak)


def _made(machine: Traffic[StateMachineSettings]) -> Fraction:
    return transitions_per_second(machine, peak)


def _open(machine: Traffic[StateMachineSettings]) -> Fraction:
    return executions_per_second(machine, mean) * (machine.settings.duration or ZERO)


def _http_tasks(machine: Traffic[StateMachineSettings]) -> Fraction:
    hops = (hop for hop in machine.outflows if hop.target_settings.over_internet)
    return sum((hop.delivered.peak_messages_per_second for hop in hops), ZERO)


def _above(
    machines: list[Traffic[StateMachineSettings]],
    limit: Limit,
    load: Callable[[Traffic[StateMachineSettings]], Fraction],
    words: str,
    hint: str,
) -> Iterator[Verdict]:
    """A load on a quota, at the state machine with its largest part; none where none is known."""
    total = sum((load(machine) for machine in machines), ZERO)
    if total:
        largest = max(machines, key=load)
        text = f"all state machines together {words.format(grouped(total))}"
        yield against(largest, limit, total, text, hint)


def _burst_hint(machines: list[Traffic[StateMachineSettings]]) -> str:
    """How long the bucket of starts lasts at the peak."""
    total = sum((_started(machine) for machine in machines), ZERO)
    if not machines:
        return ""
    region = machines[0].region
    bucket, refill = STANDARD_START_BURST.in_region(region), STANDARD_STARTS.in_region(region)
    if total <= refill:
        return ""
    lasts = grouped(bucket / (total - refill))
    return (
        f"a bucket of {grouped(bucket)} starts lasts {lasts} s; request a higher quota, or put a"
        " queue in front"
    )
