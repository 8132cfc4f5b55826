"""Amazon EventBridge Pipes: https://aws.amazon.com/eventbridge/pricing/.

A pipe fetches messages of one source in batches, may enrich them, and sends them to one target.
It is charged for requests after its filter. The page counts every 64 KB of a payload as a request
and does not say what the payload of a batch is; here it is that of one execution, as a pipe
receives "every event or batch of events":
https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-batching-concurrency.html.
A batch that fails is fetched again and is another request.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from msgspec.structs import replace

from archcode.fields import Bytes, Properties, Settings, refuse
from archcode.model import (
    ONE,
    ZERO,
    Capacity,
    Finding,
    Invocation,
    LimitLoad,
    Meter,
    Reference,
    Severity,
    Usage,
)
from archcode.rationals import largest
from archcode.services import MODULES
from archcode.services import _pipes_limits as limits
from archcode.services._service import Semantics, Service, against, one_flow
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS, VENDED_LOGS_INGESTION
from archcode.shape import Field, model_validator
from archcode.traffic import Hop, Traffic
from archcode.units import GIB, KIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import ServiceSettings, Verdict

CHUNK = 64 * KIB
WHOLE_BATCHES = ("lambda.function", "stepfunctions.state_machine")
"""What takes a batch of any size as one event, enriching or as a target, and may be waited for."""
ENRICHMENTS = (
    "apigateway.rest_api",
    "apigatewayv2.api",
    "events.api_destination",
    *WHOLE_BATCHES,
)
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/pipes-enrichment.html."""
TARGETS = (
    "apigateway.rest_api",
    "apigatewayv2.api",
    "ecs.service",
    "events.api_destination",
    "events.event_bus",
    "kinesis.stream",
    "kinesisfirehose.delivery_stream",
    "lambda.function",
    "redshift.cluster",
    "sns.topic",
    "sqs.queue",
    "stepfunctions.state_machine",
)
"""https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-event-target.html."""
_BATCHES = {kind: int(limit.value) for kind, limit in limits.TARGET_BATCH.items()}
_BATCHES |= dict.fromkeys(WHOLE_BATCHES, int(limits.BATCH.value))


class PipeLogConfiguration(Properties):
    """What a pipe logs of every execution."""

    level: Literal["OFF", "ERROR", "INFO", "TRACE"]


class PipeSettings(Settings):
    """Properties of AWS::Pipes::Pipe; its source and target are the flows into and out of it."""

    key_setting: ClassVar[str] = "kms_key_identifier"
    managed_poller: ClassVar[bool] = True
    keeps_batches: ClassVar[bool] = True

    enrichment: str | None = Field(
        None, description="The component that is called with every batch, and waited for."
    )
    invocation_type: Literal["REQUEST_RESPONSE", "FIRE_AND_FORGET"] = "REQUEST_RESPONSE"
    log_configuration: PipeLogConfiguration | None = None
    kms_key_identifier: Annotated[str, Field(min_length=1, max_length=2048)] | None = None
    logged: Bytes | None = Field(
        None, description="Mean bytes that one execution writes to CloudWatch Logs, such as 2 KB."
    )

    @model_validator(mode="after")
    def _only_a_pipe_that_logs_has_logs(self) -> Self:
        if self.logged is not None and not self.logs:
            refuse("logged_without_level", "sets logged, which needs log_configuration: {level}")
        return self

    @property
    def invokes(self) -> Invocation:
        """How a target is called; an enrichment is always waited for."""
        return "asynchronous" if self.invocation_type == "FIRE_AND_FORGET" else "synchronous"

    @property
    def logs(self) -> bool:
        """Whether executions write log records."""
        return self.log_configuration is not None and self.log_configuration.level != "OFF"

    def calls(self) -> tuple[Reference, ...]:
        """The enrichment."""
        if self.enrichment is None:
            return ()
        return (Reference(("enrichment",), self.enrichment, ENRICHMENTS),)


def deliveries(settings: PipeSettings, target: ServiceSettings, _flow: FlowSettings) -> int | None:
    """What is handed over asynchronously is retried by the target, the rest by the source."""
    return target.asynchronous_deliveries() if settings.invokes == "asynchronous" else 1


def executions_per_second(traffic: Traffic[PipeSettings], *, peak: bool = False) -> Fraction:
    """Batches fetched, after the filter, those that failed before included."""
    total = ZERO
    for hop in traffic.inflows:
        load = hop.delivered
        total += (load.peak_messages_per_second if peak else load.messages_per_second) / hop.batch
    return total


def execution_seconds(traffic: Traffic[PipeSettings]) -> tuple[Fraction, str] | None:
    """Seconds of the enrichment and the target, where they are waited for, and in words.

    None where nothing is waited for, or its duration is not stated; a target that only stores
    messages takes no time here.
    """
    parts = []
    for hop in traffic.outflows:
        waited = hop.kind == "call" or traffic.settings.invokes == "synchronous"
        if waited and hop.target_type in ENRICHMENTS:
            seconds = hop.target_settings.processing_seconds()
            if seconds is None:
                return None
            parts.append((seconds, f"{grouped(seconds, 6)} s in {hop.target}"))
    if not parts:
        return None
    return sum((seconds for seconds, _ in parts), ZERO), " + ".join(text for _, text in parts)


def capacity(traffic: Traffic[PipeSettings]) -> Iterator[Capacity]:
    """Executions at a time at the peak: batches/s x seconds of an execution."""
    known = execution_seconds(traffic)
    if known is None:
        return
    seconds, words = known
    peak = executions_per_second(traffic, peak=True)
    formula = (
        f"{grouped(peak)} batches/s at peak × ({words}) = {grouped(peak * seconds)}, rounded up"
    )
    needed = ceil(peak * seconds)
    yield Capacity("concurrent_executions", needed, None, formula, charged=False)


def usage(traffic: Traffic[PipeSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Requests, logs and uses of a key of one's own."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        chunks = largest(1, ceil(hop.batch_bytes / CHUNK))
        messages = hop.delivered.monthly_messages
        total += messages / hop.batch * chunks
        words.append(
            f"{hop.source}: {grouped(messages)} messages ÷ {grouped(hop.batch)} × {chunks} chunk"
        )
    yield Usage("requests", "pipes_requests", total, "; ".join(words))
    if traffic.settings.logs:
        yield _logs(traffic)
    if traffic.settings.kms_key_identifier is not None:
        reason = "how often EventBridge uses the key"
        yield Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def _logs(traffic: Traffic[PipeSettings]) -> Usage:
    """GB of log records, which the spec knows only where it says how many bytes they are."""
    logged = traffic.settings.logged
    if logged is None:
        reason = "the bytes that an execution logs (say logged: 2 KB)"
        return Usage("logs_gb", VENDED_LOGS_INGESTION.name, None, "", reason)
    executions = executions_per_second(traffic) * traffic.seconds
    words = f"{grouped(executions)} executions × {bytes_text(logged)}"
    return Usage("logs_gb", VENDED_LOGS_INGESTION.name, executions * logged / GIB, words)


def check(traffic: Traffic[PipeSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Batches and payloads that a target takes, and how long an execution lasts."""
    for hop in traffic.outflows:
        yield from _batches(traffic, hop)
        yield from _invocation_type(traffic, hop)
    for hop in traffic.inflows:
        yield from _payload(traffic, hop)
    known = execution_seconds(traffic)
    if known:
        load = f"an execution lasts {grouped(known[0])} s ({known[1]})"
        hint = "set invocation_type: FIRE_AND_FORGET, or shorten the work"
        yield against(traffic, limits.DURATION, known[0], load, hint)


def _batches(traffic: Traffic[PipeSettings], hop: Hop) -> Iterator[Verdict]:
    """A batch goes to the enrichment and to the target as it was fetched, or as it was enriched."""
    taken = hop.target_settings.outside or hop.kind == "redrive" or hop.target_type not in TARGETS
    source = next(iter(traffic.inflows), None)
    if source is None or taken:
        return
    sent = largest(source.batch, source.batch * _grown(traffic, hop))
    where, limit = f"{source.where}.batch", limits.TARGET_BATCH.get(hop.target_type)
    if limit:
        load = f"{traffic.name} sends batches of {grouped(sent)} messages to {hop.target}"
        hint = f"say batch: {int(limit.value / sent * source.batch)}"
        yield replace(against(traffic, limit, sent, load, hint), where=where)
    elif hop.target_type not in WHOLE_BATCHES and source.batch > 1:
        message = f"is {grouped(source.batch)}, but {hop.target} takes one message at a time"
        yield Finding("batch_to_single_target", Severity.ERROR, where, message, "say batch: 1")
    elif hop.target_type == "stepfunctions.state_machine":
        yield from _state_machine(traffic, hop)


def _grown(traffic: Traffic[PipeSettings], hop: Hop) -> Fraction:
    """Messages sent for each that was fetched: an enrichment may return more or fewer."""
    fetched = traffic.passed_on.messages_per_second
    return hop.handed.messages_per_second / fetched if fetched else ZERO


def _state_machine(traffic: Traffic[PipeSettings], hop: Hop) -> Iterator[Verdict]:
    load = f"{hop.target} gets batches of {bytes_text(hop.batch_bytes)}"
    hint = "fetch smaller batches"
    yield against(traffic, limits.STATE_MACHINE_INPUT, hop.batch_bytes, load, hint)


def _invocation_type(traffic: Traffic[PipeSettings], hop: Hop) -> Iterator[Verdict]:
    """Only functions and state machines may be called without waiting for them."""
    other = hop.kind == "flow" and hop.target_type not in WHOLE_BATCHES
    if other and traffic.settings.invokes == "asynchronous":
        message = f"is FIRE_AND_FORGET, which {hop.target} does not know"
        hint = "leave it out: only functions and state machines have an invocation type"
        where = f"{traffic.name}.invocation_type"
        yield Finding("invocation_type_of_other_target", Severity.ERROR, where, message, hint)


def _payload(traffic: Traffic[PipeSettings], hop: Hop) -> Iterator[Verdict]:
    """A batch ends before it is larger than 6 MB; one message cannot be split."""
    size, most = hop.handed.message_size_bytes, int(limits.PAYLOAD.value)
    load = f"{hop.source} hands over messages of {bytes_text(size)}"
    hint = "keep the payload in Amazon S3 and send its key"
    yield against(traffic, limits.PAYLOAD, size, load, hint, one_flow(hop))
    yield LimitLoad(
        "batch_above_pipe_payload",
        Severity.WARNING,
        traffic.name,
        f"{hop.where}.batch",
        "pipe_batch_payload",
        hop.batch_bytes,
        Fraction(most),
        "bytes",
        f"a batch of {grouped(hop.batch)} messages of {bytes_text(size)} is"
        f" {bytes_text(hop.batch_bytes)}",
        scope=limits.PAYLOAD.scope,
        bound=f", over the payload limit of {bytes_text(most)}",
        hint=f"batches will hold {most // max(size, ONE)} messages at most; say so",
        about=one_flow(hop),
    )


def shared_check(pipes: tuple[Traffic[PipeSettings], ...]) -> Iterator[Verdict]:
    """All pipes together against the quotas of the account."""
    load = f"{grouped(len(pipes))} pipes"
    yield against(pipes[0], limits.PIPES, len(pipes), load, "request a higher quota")
    needs = {pipe.name: sum(need.required for need in capacity(pipe)) for pipe in pipes}
    total, largest = sum(needs.values()), max(pipes, key=lambda pipe: needs[pipe.name])
    if total:
        load = f"all pipes together need {grouped(total)} concurrent executions at peak"
        hint = "fetch larger batches, shorten the work, or request a higher quota"
        yield against(largest, limits.EXECUTIONS, total, load, hint)


def _detail(settings: PipeSettings) -> str:
    """Whether it does not wait for its target."""
    return "fire and forget" if settings.invokes == "asynchronous" else ""


PIPE = Service(
    type="pipes.pipe",
    resource_type="AWS::Pipes::Pipe",
    name="Amazon EventBridge Pipes",
    settings=PipeSettings,
    icon=lambda _: "aws/integration/eventbridge-pipes.png",
    summary=lambda _: "EventBridge pipe",
    detail=_detail,
    price_file="eventbridge",
    deliveries=deliveries,
    batches={kind: most for kind, most in _BATCHES.items() if kind in MODULES},
    inflow_keys=frozenset(
        {
            "maximum_batching_window_in_seconds",
            "maximum_record_age_in_seconds",
            "maximum_retry_attempts",
            "on_failure",
            "parallelization_factor",
        }
    ),
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("pipes_requests", "64 KB Requests", "Requests of pipes"),
        VENDED_LOGS_INGESTION,
        KMS_REQUESTS,
    ),
    usage_keys=("requests", "logs_gb", "kms_requests"),
    free_tiers=(KMS_FREE_TIER,),
    limits=limits.LIMITS,
    semantics=(
        Semantics(
            variant="pipe",
            ordering="that of its source, where the target is called in order",
            delivery="at least once",
            replay="no; its source may keep messages",
            retention="none",
            consumers="one target, after an optional enrichment",
            dead_letter="that of a queue; a queue or topic for a data stream or table",
            source="https://docs.aws.amazon.com/eventbridge/latest/userguide/"
            "eb-pipes-batching-concurrency.html",
            as_of="2026-08-31",
        ),
    ),
)

SERVICES = {PIPE.type: PIPE}
