"""AWS Step Functions state machines: https://aws.amazon.com/step-functions/pricing/.

Standard workflows are charged per state transition, every retry included; Express workflows per
execution and for the memory it holds over time. A flow in starts executions, a flow out is a task
of each: `filter` is the share of executions that take that branch. A flow in with `task_token`
only answers a waiting state.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from archcode.model import Capacity, Finding, Meter, Severity, Usage
from archcode.rationals import rational
from archcode.services._rates import mean, peak
from archcode.services._service import FreeTier, Semantics, Service, against, one_flow, size_against
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS, VENDED_LOGS_INGESTION
from archcode.services._stepfunctions_limits import (
    DATA_KEY_REUSE,
    EXPRESS_DURATION,
    EXPRESS_STARTS,
    HISTORY,
    HTTP_TASKS,
    OPEN_EXECUTIONS,
    PAYLOAD,
    STANDARD_DURATION,
    STANDARD_START_BURST,
    STANDARD_STARTS,
    TRANSITIONS,
)
from archcode.services._stepfunctions_quotas import shared_check
from archcode.services._stepfunctions_settings import (
    StateMachineSettings,
    executions_per_second,
    retries_per_second,
    starts,
)
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, KIB, MIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import ServiceSettings, Verdict


MEMORY_CHUNK_MB = 64
DURATION_CHUNK = Fraction(1, 10)
"""https://aws.amazon.com/step-functions/pricing/: 64 MB and 100 ms, rounded up."""


def deliveries(
    _settings: StateMachineSettings, _target: ServiceSettings, flow: FlowSettings
) -> int | None:
    """A task runs once, unless its state says how often it is retried."""
    retries = flow.maximum_retry_attempts or 0
    return None if retries < 0 else 1 + retries


def capacity(traffic: Traffic[StateMachineSettings]) -> Iterator[Capacity]:
    """Executions that are open at a time: rate x duration.

    A Standard execution may wait for days, over which the mean rate counts, an Express one not.
    """
    settings, duration = traffic.settings, traffic.settings.duration
    if duration is None:
        return
    rate = executions_per_second(traffic, mean if settings.standard else peak)
    words = "on average" if settings.standard else "at peak"
    formula = (
        f"{grouped(rate, 6)} executions/s {words} × {grouped(duration, 6)} s"
        f" = {grouped(rate * duration)}, rounded up"
    )
    yield Capacity("open_executions", ceil(rate * duration), None, formula, charged=False)


def usage(
    traffic: Traffic[StateMachineSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Transitions or executions and their memory, then logs, traces and keys."""
    rate = executions_per_second(traffic, mean)
    executions = rate * traffic.seconds
    words = f"{grouped(rate, 6)} executions/s × {grouped(traffic.seconds)} s"
    if traffic.settings.standard:
        yield _standard(traffic, executions)
    else:
        yield Usage("requests", "express_requests", executions, words)
        yield _memory(traffic.settings, executions)
    yield from _observed(traffic.settings, executions)
    if traffic.settings.kms_key():
        reason = "how many data keys its executions ask for"
        yield Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def _standard(traffic: Traffic[StateMachineSettings], executions: Fraction) -> Usage:
    """State transitions of Standard executions."""
    stated = traffic.settings.transitions
    if stated is None:
        return Usage("transitions", "standard_state_transitions", None, "", "transitions")
    retries = retries_per_second(traffic, mean) * traffic.seconds
    words = f"{grouped(executions)} executions × {grouped(stated, 6)} transitions"
    if retries:
        words += f" + {grouped(retries)} retries of tasks"
    total = executions * stated + retries
    return Usage("transitions", "standard_state_transitions", total, words)


def _memory(settings: StateMachineSettings, executions: Fraction) -> Usage:
    """GB-seconds of Express executions."""
    if settings.memory is None or settings.duration is None:
        missing = [word for word in ("memory", "duration") if getattr(settings, word) is None]
        return Usage("gb_seconds", "express_duration", None, "", " and ".join(missing))
    chunks = ceil(settings.memory / (MEMORY_CHUNK_MB * MIB))
    billed = ceil(settings.duration / DURATION_CHUNK) * DURATION_CHUNK
    memory = rational(chunks * MEMORY_CHUNK_MB) / KIB
    words = (
        f"{grouped(executions)} executions × {chunks} × {MEMORY_CHUNK_MB} MB ÷ 1,024"
        f" × {grouped(billed)} s"
    )
    return Usage("gb_seconds", "express_duration", executions * memory * billed, words)


def _observed(settings: StateMachineSettings, executions: Fraction) -> Iterator[Usage]:
    """What executions write to their log and trace, where a setting asks for it."""
    if settings.logging_configuration.level != "OFF":
        if settings.logged is None:
            reason = "logged, the size of what an execution logs"
            yield Usage("logs_gb", VENDED_LOGS_INGESTION.name, None, "", reason)
        else:
            words = f"{grouped(executions)} executions × {bytes_text(settings.logged)}"
            total = executions * settings.logged / GIB
            yield Usage("logs_gb", VENDED_LOGS_INGESTION.name, total, words)
    if settings.tracing_configuration.enabled:
        yield Usage("traces", "x_ray_traces", None, "", "the sampling rule of AWS X-Ray")


def check(
    traffic: Traffic[StateMachineSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Sizes, durations and histories of executions, and what their type cannot do."""
    for hop in traffic.inflows:
        hint = "keep the payload in Amazon S3 and send its key"
        most, about = int(PAYLOAD.value), one_flow(hop)
        yield size_against(traffic, hop, most, hint, together=True, about=about)
        if hop.options.task_token and not traffic.settings.standard:
            yield _token_in_express(hop)
    for hop in traffic.outflows:
        yield from _task(traffic, hop)
    yield from _execution(traffic)


def _token_in_express(hop: Hop) -> Finding:
    """https://docs.aws.amazon.com/step-functions/latest/dg/connect-to-resource.html."""
    message = f"{hop.target} is an Express workflow, which cannot wait for a task token"
    hint = f"set state_machine_type: STANDARD on {hop.target}"
    return Finding(
        "task_token_in_express_workflow", Severity.ERROR, f"{hop.where}.task_token", message, hint
    )


def _task(traffic: Traffic[StateMachineSettings], hop: Hop) -> Iterator[Verdict]:
    """The input of a task that states its own size, and its retries."""
    if hop.options.size is not None:
        size = hop.batch_bytes
        load = f"the input of {hop.target} is {bytes_text(size)}"
        hint = "keep the payload in Amazon S3 and hand over its key"
        yield against(traffic, PAYLOAD, size, load, hint)
    if deliveries(traffic.settings, hop.target_settings, hop.options) is None:
        message = "is -1, but the retries of a state have an end"
        where = f"{hop.where}.maximum_retry_attempts"
        hint = "say how often it is retried, such as maximum_retry_attempts: 3"
        yield Finding("retries_of_a_state_without_end", Severity.ERROR, where, message, hint)


def _execution(traffic: Traffic[StateMachineSettings]) -> Iterator[Verdict]:
    """The time and the history of one execution."""
    settings = traffic.settings
    longest = STANDARD_DURATION if settings.standard else EXPRESS_DURATION
    if settings.duration is not None:
        load = f"an execution takes {grouped(settings.duration)} s"
        hint = "" if settings.standard else "set state_machine_type: STANDARD"
        yield against(traffic, longest, settings.duration, load, hint)
    # A state is entered and exited; the start and the end of an execution are one event each.
    if settings.standard and settings.transitions is not None:
        events = 2 * settings.transitions - 2
        load = f"{grouped(settings.transitions)} transitions are at least {grouped(events)} events"
        hint = "split the work into executions of a state machine of its own"
        yield against(traffic, HISTORY, events, load, hint)


def _summary(settings: StateMachineSettings) -> str:
    return f"Step Functions {settings.state_machine_type.title()}"


STATE_MACHINE = Service(
    type="stepfunctions.state_machine",
    resource_type="AWS::StepFunctions::StateMachine",
    name="AWS Step Functions",
    settings=StateMachineSettings,
    icon=lambda _: "aws/integration/step-functions.png",
    summary=_summary,
    price_file="step_functions",
    deliveries=deliveries,
    passes_on=starts,
    flow_keys=frozenset({"maximum_retry_attempts"}),
    inflow_keys=frozenset({"task_token"}),
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("standard_state_transitions", "Transitions", "State transitions"),
        Meter("express_requests", "Requests", "Requests, Express"),
        Meter("express_duration", "GB-Seconds", "Duration, Express"),
        Meter("x_ray_traces", "Traces", "X-Ray traces"),
        VENDED_LOGS_INGESTION,
        KMS_REQUESTS,
    ),
    usage_keys=("transitions", "requests", "gb_seconds", "logs_gb", "traces", "kms_requests"),
    free_tiers=(
        FreeTier("free_tier_standard_state_transitions_per_month", ("standard_state_transitions",)),
        KMS_FREE_TIER,
    ),
    limits=(
        PAYLOAD,
        HISTORY,
        STANDARD_DURATION,
        EXPRESS_DURATION,
        OPEN_EXECUTIONS,
        TRANSITIONS,
        STANDARD_STARTS,
        STANDARD_START_BURST,
        EXPRESS_STARTS,
        HTTP_TASKS,
        DATA_KEY_REUSE,
    ),
    semantics=(
        Semantics(
            variant="Standard workflow",
            ordering="within an execution",
            delivery="exactly once per execution; a retried task may run again",
            replay="redrive of failed executions for 14 days",
            retention="executions up to 1 year, their history 90 days",
            consumers="one orchestrator of many tasks",
            dead_letter="Catch and Retry of its states",
            source="https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"
            " (mirror c2hans/aws-docs@8a28e5e)",
            as_of="2026-07-01",
        ),
        Semantics(
            variant="Express workflow",
            ordering="within an execution",
            delivery="asynchronous at least once, synchronous at most once",
            replay="no",
            retention="executions up to 5 minutes, their history in CloudWatch Logs only",
            consumers="one orchestrator of many tasks",
            dead_letter="Catch and Retry of its states",
            source="https://docs.aws.amazon.com/step-functions/latest/dg/express-at-least-once-execution.html",
            as_of="2026-07-01",
        ),
    ),
)

SERVICES = {STATE_MACHINE.type: STATE_MACHINE}
