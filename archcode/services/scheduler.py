"""Amazon EventBridge Scheduler: https://aws.amazon.com/eventbridge/pricing/.

Every invocation of a target is charged, and so is every retry of one; the first 14 million a month
are free. A schedule with an expression fires by itself; one without is what a flow creates: each
message becomes a one-time schedule that fires once, later. A function is invoked asynchronously
and its errors are retried by Lambda, not by the schedule:
https://docs.aws.amazon.com/lambda/latest/dg/with-eventbridge-scheduler.html.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, ClassVar, Literal, Self

from archcode.fields import Bytes, Duration, Minutes, Properties, Seconds, Settings, refuse
from archcode.model import ZERO, Finding, Invocation, Meter, Production, Reference, Severity, Usage
from archcode.services import _scheduler_limits as limits
from archcode.services._promises import Promise
from archcode.services._schedules import Schedule, read, readable
from archcode.services._service import Semantics, Service, against
from archcode.services._shared_meters import KMS_FREE_TIER, KMS_REQUESTS
from archcode.shape import After, Field, model_validator
from archcode.traffic import Hop, Traffic
from archcode.units import HOURS_PER_MONTH, SECONDS_PER_HOUR, bytes_text, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, Limit, ServiceSettings, Verdict

PRECISION = 60
"""Seconds within which a schedule fires:
https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html."""
SECONDS_PER_DAY = 86_400
SUMMARY_LENGTH = 40


class FlexibleTimeWindow(Properties):
    """Minutes over which invocations are spread; OFF is within a minute."""

    mode: Literal["OFF", "FLEXIBLE"] = "OFF"
    maximum_window_in_minutes: (
        Annotated[Minutes, Field(ge=1, le=int(limits.WINDOW.value))] | None
    ) = None

    @model_validator(mode="after")
    def _a_window_belongs_to_the_mode(self) -> Self:
        flexible = self.mode == "FLEXIBLE"
        if flexible is (self.maximum_window_in_minutes is None):
            text = (
                "has mode: FLEXIBLE, which needs maximum_window_in_minutes"
                if flexible
                else "sets maximum_window_in_minutes, which needs mode: FLEXIBLE"
            )
            refuse("flexible_window_without_mode", text)
        return self


class ScheduleRetryPolicy(Properties):
    """How often, and for how long, a failed invocation is tried again."""

    maximum_retry_attempts: Annotated[int, Field(ge=0, le=int(limits.RETRY_ATTEMPTS.value))] = 185
    maximum_event_age_in_seconds: Annotated[
        Seconds, Field(ge=60, le=int(limits.EVENT_AGE.value))
    ] = 86_400


class ScheduleDeadLetterConfig(Properties):
    """Where invocations go that failed on every try: the name of a queue in the spec."""

    arn: str = Field(description="The queue's name in the spec.")


class ScheduleSettings(Settings):
    """Properties of AWS::Scheduler::Schedule and of its target; times in seconds."""

    key_setting: ClassVar[str] = "kms_key_arn"
    own_rate: ClassVar[str] = "schedule_expression"
    invokes: ClassVar[Invocation] = "asynchronous"

    schedule_expression: (
        Annotated[str, Field(min_length=1, max_length=256), After(readable)] | None
    ) = Field(
        None,
        description="When it fires, such as rate(5 minutes) or cron(0 12 * * ? *); left out where"
        " a flow creates one-time schedules.",
    )
    schedule_expression_timezone: Annotated[str, Field(min_length=1, max_length=50)] = "UTC"
    state: Literal["ENABLED", "DISABLED"] = "ENABLED"
    flexible_time_window: FlexibleTimeWindow = FlexibleTimeWindow()
    retry_policy: ScheduleRetryPolicy = ScheduleRetryPolicy()
    dead_letter_config: ScheduleDeadLetterConfig | None = None
    action_after_completion: Literal["NONE", "DELETE"] = "NONE"
    kms_key_arn: Annotated[str, Field(min_length=1, max_length=2048)] | None = None
    size: Bytes | None = Field(
        None, description="Mean size of the input that a target gets, such as 500 B."
    )
    schedules: Annotated[int, Field(ge=1, le=10**12)] = Field(
        1, description="Schedules of this kind, all with this expression."
    )
    ahead: Duration | None = Field(
        None, description="Mean time from the creation of a one-time schedule to its invocation."
    )

    @model_validator(mode="after")
    def _an_input_has_a_size(self) -> Self:
        if self.schedule_expression is not None and self.size is None:
            refuse("schedule_without_size", "has a schedule_expression, but no size of its input")
        if self.schedule_expression is not None and self.ahead is not None:
            text = (
                "sets ahead, which is of schedules that a flow creates, and a schedule_expression"
            )
            refuse("ahead_of_recurring_schedule", text)
        return self

    @property
    def schedule(self) -> Schedule | None:
        """When it fires, where it says so."""
        return None if self.schedule_expression is None else read(self.schedule_expression)

    @property
    def window(self) -> int:
        """Seconds over which all schedules of one time fire."""
        return (self.flexible_time_window.maximum_window_in_minutes or 1) * PRECISION

    def references(self) -> tuple[Reference, ...]:
        """The dead-letter queue."""
        if self.dead_letter_config is None:
            return ()
        target = self.dead_letter_config.arn
        return (Reference(("dead_letter_config", "arn"), target, ("sqs.queue",)),)

    def dead_letter_target(self) -> str | None:
        """Where invocations go that failed on every try."""
        return self.dead_letter_config.arn if self.dead_letter_config else None

    def produced(self) -> Production | None:
        """All schedules together; at the peak they fire in the same minute, or window.

        One-time schedules fire once in the month that is estimated, of 730 hours.
        """
        schedule = self.schedule
        if schedule is None or self.size is None:
            return None
        if self.state == "DISABLED":
            return Production(ZERO, ZERO, self.size)
        each = schedule.per_second
        if schedule.kind == "at":
            each = Fraction(1, HOURS_PER_MONTH * SECONDS_PER_HOUR)
        mean = self.schedules * each
        return Production(mean, max(mean, Fraction(self.schedules, self.window)), self.size)


def deliveries(
    settings: ScheduleSettings, target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """A function's errors are retried by Lambda; calls of other targets by the retry policy."""
    if target.retries_events:
        return target.asynchronous_deliveries()
    return 1 + settings.retry_policy.maximum_retry_attempts


def _invocations(traffic: Traffic[ScheduleSettings], hop: Hop) -> tuple[Fraction, str]:
    """Invocations of a target in a month, and in words."""
    load = hop.handed if hop.target_settings.retries_events else hop.delivered
    fires, again = hop.handed.monthly_messages, load.monthly_messages - hop.handed.monthly_messages
    words = f"{hop.target}: {_fires(traffic, fires)}"
    if again:
        words += f" + {grouped(again)} retries"
    return load.monthly_messages, words


def _fires(traffic: Traffic[ScheduleSettings], fires: Fraction) -> str:
    """Where the invocations of a month come from."""
    settings = traffic.settings
    if settings.schedule_expression is None:
        return f"{grouped(fires)} one-time schedules"
    each = grouped(fires / settings.schedules, 6)
    words = f"{settings.schedule_expression}, {each} times in {grouped(traffic.seconds)} s"
    return (
        words if settings.schedules == 1 else f"{grouped(settings.schedules)} schedules × {words}"
    )


def _targets(traffic: Traffic[ScheduleSettings]) -> list[Hop]:
    return [hop for hop in traffic.outflows if hop.kind == "flow"]


def usage(traffic: Traffic[ScheduleSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Usage]:
    """Invocations, and requests to a key of one's own."""
    parts = [_invocations(traffic, hop) for hop in _targets(traffic)]
    words = "; ".join(text for _, text in parts)
    total = sum((number for number, _ in parts), ZERO)
    yield Usage("invocations", "scheduler_invocations", total, words)
    if traffic.settings.kms_key_arn is not None:
        reason = "how often EventBridge Scheduler uses the key"
        yield Usage("kms_requests", KMS_REQUESTS.name, None, "", reason)


def check(traffic: Traffic[ScheduleSettings], _capacity: tuple[Capacity, ...]) -> Iterator[Verdict]:
    """The size of the input, and one-time schedules that pile up."""
    size = traffic.passed_on.message_size_bytes
    hint = "keep the payload in Amazon S3 and send its key"
    yield against(traffic, limits.INPUT, size, f"an input of {bytes_text(size)}", hint)
    if traffic.settings.schedule_expression is not None:
        yield from _created_and_recurring(traffic)
    elif traffic.inflows and traffic.settings.action_after_completion == "NONE":
        yield from _never_deleted(traffic)


def _created_and_recurring(traffic: Traffic[ScheduleSettings]) -> Iterator[Verdict]:
    """A flow creates one-time schedules, which have a time of their own each."""
    for hop in traffic.inflows:
        message = f"creates schedules, but {traffic.name} has an expression of its own"
        hint = "leave schedule_expression out, or the flow"
        name = "flow_into_schedule_with_expression"
        yield Finding(name, Severity.ERROR, hop.where, message, hint)


def _never_deleted(traffic: Traffic[ScheduleSettings]) -> Iterator[Verdict]:
    """Schedules that have fired count towards the quota until they are deleted."""
    rate = traffic.received.messages_per_second
    if rate == 0:
        return
    days = limits.SCHEDULES.value / rate / SECONDS_PER_DAY
    message = (
        f"keeps every schedule that has fired: {grouped(rate, 4)}/s reach the default quota of"
        f" {grouped(limits.SCHEDULES.value)} in {grouped(days)} days"
    )
    hint = "set action_after_completion: DELETE"
    yield Finding("schedules_never_deleted", Severity.WARNING, traffic.name, message, hint)


def shared_check(all_schedules: tuple[Traffic[ScheduleSettings], ...]) -> Iterator[Verdict]:
    """All schedules together against the quotas of the account."""
    yield from _together(
        limits.INVOCATIONS,
        [(t, _peak(t)) for t in all_schedules],
        "all schedules together make {} invocations/s at peak",
        "set a flexible_time_window, or request a higher quota: the rest is delayed",
    )
    yield from _together(
        limits.CREATIONS,
        [(t, t.received.peak_messages_per_second) for t in all_schedules],
        "all flows together create {} schedules/s at peak",
        "smooth the peak with a queue, or request a higher quota",
    )
    yield from _together(
        limits.SCHEDULES,
        [(t, _existing(t)) for t in all_schedules],
        "all components together have {} schedules at a time",
        "request a higher quota",
    )


def _peak(traffic: Traffic[ScheduleSettings]) -> Fraction:
    """Invocations/s at the peak."""
    return sum((hop.handed.peak_messages_per_second for hop in _targets(traffic)), ZERO)


def _existing(traffic: Traffic[ScheduleSettings]) -> Fraction:
    """Schedules at a time: as stated, or created/s x the time until they fire (Little's law)."""
    settings = traffic.settings
    if settings.schedule_expression is not None:
        return Fraction(settings.schedules)
    return traffic.received.messages_per_second * (settings.ahead or ZERO)


def _together(
    limit: Limit, loads: list[tuple[Traffic[ScheduleSettings], Fraction]], words: str, hint: str
) -> Iterator[Verdict]:
    """What all load a quota with together, told of the largest of them."""
    total = sum((load for _, load in loads), ZERO)
    if total:
        largest, _ = max(loads, key=lambda pair: pair[1])
        yield against(largest, limit, total, words.format(grouped(total)), hint)


def _summary(settings: ScheduleSettings) -> str:
    """The expression, where it is short enough to be read in a picture."""
    schedule = settings.schedule
    if schedule is None:
        return "Scheduler, one-time"
    words = f"Scheduler {settings.schedule_expression}"
    return words if len(words) <= SUMMARY_LENGTH else f"Scheduler {schedule.kind}"


def _keeps(traffic: Traffic[ScheduleSettings], _hop: Hop | None, best: Promise) -> Promise | None:
    """A schedule that a flow creates carries its message on; one that recurs makes its own."""
    return best if traffic.settings.schedule_expression is None else None


SCHEDULE = Service(
    type="scheduler.schedule",
    resource_type="AWS::Scheduler::Schedule",
    name="Amazon EventBridge Scheduler",
    settings=ScheduleSettings,
    icon=lambda _: "aws/integration/eventbridge-scheduler.png",
    summary=_summary,
    price_file="eventbridge",
    deliveries=deliveries,
    keeps=_keeps,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("scheduler_invocations", "Invocations", "Scheduled invocations"),
        KMS_REQUESTS,
    ),
    usage_keys=("invocations", "kms_requests"),
    free_tiers=(KMS_FREE_TIER,),
    limits=limits.LIMITS,
    semantics=(
        Semantics(
            variant="schedule",
            ordering="none",
            delivery="at least once",
            replay="no",
            retention="retries for 60 s to 24 hours, 24 hours by default",
            consumers="one target of each schedule",
            dead_letter="standard queue by dead-letter config",
            source="cfn-lint==1.58.0:schemas/AWS::Scheduler::Schedule",
            as_of="2026-10-20",
            promise=Promise("none", consumers=1),
        ),
    ),
)

SERVICES = {SCHEDULE.type: SCHEDULE}
