"""AWS Lambda functions: https://aws.amazon.com/lambda/pricing/."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from archcode.fields import (
    ConsumerSettings,
    Duration,
    Properties,
    Seconds,
    SizeInMib,
    refuse,
)
from archcode.model import (
    ONE,
    ZERO,
    Capacity,
    Invocation,
    LimitLoad,
    Reference,
    Severity,
    Usage,
    Verdict,
)
from archcode.rationals import rational, smallest
from archcode.services import _lambda_account as account
from archcode.services import _lambda_pollers as pollers
from archcode.services._lambda_limits import (
    EPHEMERAL_STORAGE,
    EVENT_AGE,
    LIMITS,
    MEMORY_SIZE,
    PAYLOAD_ASYNCHRONOUS,
    PAYLOAD_SYNCHRONOUS,
    RETRY_ATTEMPTS,
    TIMEOUT,
)
from archcode.services._lambda_meters import METERS
from archcode.services._mapping import FUNCTION_KEYS, call_deliveries
from archcode.services._mapping_limits import LIMITS as MAPPING_LIMITS
from archcode.services._service import FreeTier, Semantics, Service, against, one_flow
from archcode.shape import Field, model_validator
from archcode.traffic import Hop, Traffic
from archcode.units import KIB, bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator


FREE_STORAGE_MB = 512


class EphemeralStorage(Properties):
    """The size of /tmp in MB; the first 512 MB are free."""

    size: Annotated[SizeInMib, Field(ge=512, le=int(EPHEMERAL_STORAGE.value))] = 512


class ProvisionedConcurrency(Properties):
    """Environments kept warm all month."""

    provisioned_concurrent_executions: Annotated[int, Field(ge=1, le=100_000)]


class DeadLetterConfig(Properties):
    """Where failed asynchronous invocations go: the name of a queue or topic in the spec."""

    target_arn: str = Field(description="The queue's or topic's name in the spec.")


class LambdaSettings(ConsumerSettings):
    """Properties of AWS::Lambda::Function; memory in MB, times in seconds."""

    managed_poller: ClassVar[bool] = True
    retries_events: ClassVar[bool] = True

    memory_size: Annotated[SizeInMib, Field(ge=128, le=int(MEMORY_SIZE.value))] = 128
    timeout: Annotated[Seconds, Field(ge=1, le=int(TIMEOUT.value))] = 3
    architectures: tuple[Literal["x86_64", "arm64"], ...] = Field(
        ("x86_64",), min_length=1, max_length=1
    )
    ephemeral_storage: EphemeralStorage = EphemeralStorage()
    reserved_concurrent_executions: Annotated[int, Field(ge=0, le=1_000_000)] | None = None
    provisioned_concurrency_config: ProvisionedConcurrency | None = None
    dead_letter_config: DeadLetterConfig | None = None
    maximum_retry_attempts: Annotated[int, Field(ge=0, le=int(RETRY_ATTEMPTS.value))] = 2
    maximum_event_age_in_seconds: Annotated[Seconds, Field(ge=60, le=int(EVENT_AGE.value))] = 21_600
    duration: Duration | None = Field(
        None, description="Mean billed time of one invocation, such as 80 ms; a batch is one."
    )

    @model_validator(mode="after")
    def _finishes_before_its_timeout(self) -> Self:
        if self.duration is not None and self.duration > self.timeout:
            text = (
                f"has a duration of {grouped(self.duration)} s, above its timeout of"
                f" {self.timeout} s"
            )
            refuse("duration_above_timeout", text)
        return self

    def references(self) -> tuple[Reference, ...]:
        """The dead-letter queue or topic."""
        if self.dead_letter_config is None:
            return ()
        path, target = ("dead_letter_config", "target_arn"), self.dead_letter_config.target_arn
        return (Reference(path, target, ("sqs.queue", "sns.topic")),)

    def dead_letter_target(self) -> str | None:
        """Where invocations go that failed on every try."""
        return self.dead_letter_config.target_arn if self.dead_letter_config else None

    def dead_letters_of(self, invoked: Invocation) -> str | None:
        """Its dead-letter queue is that of asynchronous invocations only."""
        return self.dead_letter_target() if invoked == "asynchronous" else None

    def asynchronous_deliveries(self) -> int:
        """The first try and the retries."""
        return 1 + self.maximum_retry_attempts

    def processing_seconds(self) -> Fraction | None:
        """The mean duration of one invocation."""
        return self.duration

    def answer_seconds(self) -> Fraction | None:
        """What it waits for ends with its own timeout."""
        return Fraction(self.timeout)

    @property
    def suffix(self) -> str:
        """How the price list marks the architecture."""
        return "arm" if self.architectures[0] == "arm64" else "x86"

    @property
    def billed_seconds(self) -> Fraction | None:
        """The duration rounded up to whole milliseconds, as it is billed."""
        return None if self.duration is None else rational(ceil(self.duration * 1000)) / 1000


def invocations_per_second(hop: Hop, *, peak: bool = False) -> Fraction:
    """Calls that a flow makes: deliveries divided by the batch."""
    load = hop.delivered
    rate = load.peak_messages_per_second if peak else load.messages_per_second
    return rate / hop.batch


def _rate(traffic: Traffic[LambdaSettings], *, peak: bool = False) -> Fraction:
    return sum((invocations_per_second(hop, peak=peak) for hop in traffic.inflows), ZERO)


def capacity(traffic: Traffic[LambdaSettings]) -> Iterator[Capacity]:
    """Concurrent executions at the peak: invocations/s x duration."""
    duration = traffic.settings.duration
    if duration is None:
        return
    peak = _rate(traffic, peak=True)
    configured = traffic.settings.reserved_concurrent_executions
    formula = (
        f"{grouped(peak)} invocations/s at peak × {grouped(duration, 6)} s"
        f" = {grouped(peak * duration)}, rounded up"
    )
    needed = ceil(peak * duration)
    yield Capacity("concurrent_executions", needed, configured, formula, charged=False)


def usage(traffic: Traffic[LambdaSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Requests, GB-seconds of duration and storage, provisioned concurrency and pollers."""
    settings = traffic.settings
    rate = _rate(traffic)
    invocations = rate * traffic.seconds
    words = f"{grouped(rate, 6)} invocations/s × {grouped(traffic.seconds)} s"
    yield Usage("requests", f"requests_{settings.suffix}", invocations, words)
    yield from _duration(traffic, invocations)
    yield from _provisioned(traffic)
    yield from pollers.usage(traffic)


def _duration(traffic: Traffic[LambdaSettings], invocations: Fraction) -> Iterator[Usage]:
    """On-demand, provisioned and storage GB-seconds of the invocations."""
    settings, billed = traffic.settings, traffic.settings.billed_seconds
    memory = Fraction(settings.memory_size, KIB)
    if billed is None:
        if traffic.inflows or traffic.outflows:
            yield Usage("gb_seconds", f"duration_{settings.suffix}", None, "", "duration")
        return
    warm = _warm_share(traffic)
    words = (
        f"{grouped(invocations)} invocations × {settings.memory_size} MB ÷ 1,024"
        f" × {grouped(billed, 3)} s"
    )
    total = invocations * memory * billed
    if warm < 1:
        part = f"{words} × {grouped((1 - warm) * 100)}% on demand" if warm else words
        yield Usage("gb_seconds", f"duration_{settings.suffix}", total * (1 - warm), part)
    if warm:
        part = f"{words} × {grouped(warm * 100)}% on provisioned concurrency"
        meter = f"provisioned_duration_{settings.suffix}"
        yield Usage("provisioned_gb_seconds", meter, total * warm, part)
    extra = Fraction(settings.ephemeral_storage.size - FREE_STORAGE_MB, KIB)
    if extra:
        part = (
            f"{grouped(invocations)} invocations × ({settings.ephemeral_storage.size} − 512) MB"
            f" ÷ 1,024 × {grouped(billed, 3)} s"
        )
        meter = f"ephemeral_storage_{settings.suffix}"
        yield Usage("ephemeral_gb_seconds", meter, invocations * extra * billed, part)


def _warm_share(traffic: Traffic[LambdaSettings]) -> Fraction:
    """The share of invocations that run on provisioned concurrency, at the mean rate."""
    config = traffic.settings.provisioned_concurrency_config
    busy = _rate(traffic) * (traffic.settings.billed_seconds or ZERO)
    if config is None:
        return ZERO
    return smallest(ONE, config.provisioned_concurrent_executions / busy) if busy else ZERO


def _provisioned(traffic: Traffic[LambdaSettings]) -> Iterator[Usage]:
    """Environments kept warm all month."""
    settings = traffic.settings
    if settings.provisioned_concurrency_config is None:
        return
    warm = settings.provisioned_concurrency_config.provisioned_concurrent_executions
    quantity = warm * Fraction(settings.memory_size, KIB) * traffic.seconds
    words = f"{warm} × {settings.memory_size} MB ÷ 1,024 × {grouped(traffic.seconds)} s"
    meter = f"provisioned_concurrency_{settings.suffix}"
    yield Usage("provisioned_concurrency_gb_seconds", meter, quantity, words)


def check(traffic: Traffic[LambdaSettings], capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """Payloads, pollers, and the concurrency that the function reserves."""
    yield from pollers.check(traffic)
    for hop in traffic.inflows:
        yield from _payload(traffic, hop)
    reserved = traffic.settings.reserved_concurrent_executions
    if reserved is not None:
        for need in capacity:
            yield from _reserved(traffic, need, reserved)


def _payload(traffic: Traffic[LambdaSettings], hop: Hop) -> Iterator[Verdict]:
    """One message, and a batch that a poller hands over."""
    called = isinstance(hop.source_settings, LambdaSettings)
    size = hop.batch_bytes if called else hop.handed.message_size_bytes
    limit = PAYLOAD_ASYNCHRONOUS if hop.pushed else PAYLOAD_SYNCHRONOUS
    words = f"{hop.source} sends messages of {bytes_text(size)}"
    hint = "keep the payload in Amazon S3 and send its key"
    yield against(traffic, limit, size, words, hint, one_flow(hop))
    if hop.invoked == "polled":
        volume, most = hop.batch_bytes, int(PAYLOAD_SYNCHRONOUS.value)
        full = most // max(size, ONE)
        yield LimitLoad(
            "batch_above_payload_limit",
            Severity.WARNING,
            traffic.name,
            hop.where,
            "batch_payload",
            volume,
            Fraction(most),
            "bytes",
            f"a batch of {grouped(hop.batch)} messages of {bytes_text(size)} is"
            f" {bytes_text(volume)}",
            scope=PAYLOAD_SYNCHRONOUS.scope,
            bound=", over the payload limit of 6 MB",
            hint=f"batches will hold {full} messages at most; say batch: {full}",
            about=one_flow(hop),
        )


def _reserved(
    traffic: Traffic[LambdaSettings], need: Capacity, reserved: int
) -> Iterator[LimitLoad]:
    """What a function reserves: too little is an error where even the mean rate does not fit.

    Of a peak that is pushed only, `capped_consumer_without_queue` tells.
    """
    mean = ceil(_rate(traffic) * (traffic.settings.duration or ZERO))
    name = "reserved_concurrency_below_peak"
    hint = f"the mean rate needs {mean}; at the peak requests are throttled or wait"
    if mean > reserved:
        name = "reserved_concurrency_too_low"
        hint = f"even the mean rate needs {mean}: a backlog grows without end"
    elif need.required > reserved and all(hop.pushed for hop in traffic.inflows):
        return
    yield LimitLoad(
        name,
        Severity.ERROR if mean > reserved else Severity.WARNING,
        traffic.name,
        f"{traffic.name}.reserved_concurrent_executions",
        "reserved_concurrency",
        Fraction(need.required),
        Fraction(reserved),
        "concurrent executions",
        f"needs {need.required} concurrent executions ({need.formula})",
        scope="that the function reserves",
        bound=f", but reserves {reserved}",
        hint=hint,
    )


def shared_check(functions: tuple[Traffic[LambdaSettings], ...]) -> Iterator[Verdict]:
    """All functions together against the account's quotas."""
    rates = {f.name: _rate(f, peak=True) for f in functions}
    durations = {f.name: d for f in functions if (d := f.settings.duration) is not None}
    needs = {name: ceil(rates[name] * seconds) for name, seconds in durations.items()}
    yield from account.loads(functions, needs, sum(rates.values(), ZERO))


def _summary(settings: LambdaSettings) -> str:
    arm = " arm64" if settings.suffix == "arm" else ""
    return f"Lambda {settings.memory_size} MB{arm}"


LAMBDA = Service(
    type="lambda.function",
    resource_type="AWS::Lambda::Function",
    name="AWS Lambda",
    settings=LambdaSettings,
    icon=lambda _: "aws/compute/lambda.png",
    summary=_summary,
    price_file="lambda",
    deliveries=call_deliveries,
    flow_keys=FUNCTION_KEYS,
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(*METERS, *pollers.METERS),
    usage_keys=(
        "requests",
        "gb_seconds",
        "provisioned_gb_seconds",
        "ephemeral_gb_seconds",
        "provisioned_concurrency_gb_seconds",
        pollers.KEY,
    ),
    free_tiers=(
        FreeTier("free_tier_requests_per_month", ("requests_arm", "requests_x86")),
        FreeTier("free_tier_gb_seconds_per_month", ("duration_arm", "duration_x86")),
    ),
    limits=(*LIMITS, *MAPPING_LIMITS),
    semantics=(
        Semantics(
            variant="asynchronous invocation",
            ordering="none",
            delivery="at least once, 2 retries by default",
            replay="no",
            retention="up to 6 hours",
            consumers="one function",
            dead_letter="queue or topic, or on-failure destination",
            source="cfn-lint==1.58.0:schemas/AWS::Lambda::EventInvokeConfig",
            as_of="2026-11-17",
        ),
    ),
)

SERVICES = {LAMBDA.type: LAMBDA}
