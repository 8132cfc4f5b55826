"""Standard against Express workflows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Finding, Severity
from archcode.rules._rule import rule
from archcode.services._rates import mean
from archcode.services._stepfunctions_limits import EXPRESS_DURATION
from archcode.services._stepfunctions_settings import StateMachineSettings, executions_per_second
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate

HIGH_VOLUME = 100
"""Executions/s on average that we take as many."""


@rule(
    Severity.INFO,
    offending="- shop -> checkout: {rate: 100/s, size: 1 KB}",
    clean="- shop -> checkout: {rate: 99/s, size: 1 KB}",
)
def high_volume_on_standard_workflow(estimate: Estimate) -> Iterator[Finding]:
    """A Standard workflow pays for every state of every execution, however short it is.

    Express is charged by execution and memory, ends after five minutes, and runs at least once:
    its steps have to be idempotent. A hundred executions/s is a bound of ours.

    https://docs.aws.amazon.com/step-functions/latest/dg/choosing-workflow-type.html
    """
    for name, traffic in estimate.topology.traffic.items():
        settings = traffic.settings
        if not isinstance(settings, StateMachineSettings) or not settings.standard:
            continue
        waits = any(hop.options.task_token for hop in traffic.inflows)
        rate, duration = executions_per_second(traffic, mean), settings.duration
        if duration is None or waits or rate < HIGH_VOLUME or duration > EXPRESS_DURATION.value:
            continue
        message = (
            f"runs {grouped(rate)} executions/s of {grouped(duration)} s on average as Standard,"
            " which charges every state"
        )
        hint = "set state_machine_type: EXPRESS if every step may run twice"
        where = f"{name}.state_machine_type"
        yield Finding("high_volume_on_standard_workflow", Severity.INFO, where, message, hint)


RULES = (high_volume_on_standard_workflow,)
