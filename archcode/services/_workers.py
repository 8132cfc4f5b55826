"""Consumers that run all the time: how many of them a rate needs, and how many are paid for.

By Little's law, calls/s x seconds a call are the calls in work at a time; a worker has
`concurrency` of them. What is paid for is the stated number, else with auto scaling what the
mean rate needs within its bounds, else what the peak needs.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Any, Self

from archcode.fields import ConsumerSettings, Duration, Properties, refuse
from archcode.model import ZERO, Capacity, Finding, Severity
from archcode.rationals import largest, smallest
from archcode.services._service import headroom
from archcode.shape import Field, model_validator
from archcode.units import ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.traffic import Traffic

Number = Annotated[int, Field(ge=1, le=1_000_000)]


class ScalableTarget(Properties):
    """Bounds of a scalable target: https://docs.aws.amazon.com/autoscaling/application/userguide/."""

    min_capacity: Annotated[int, Field(ge=0, le=1_000_000)]
    max_capacity: Number

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.min_capacity > self.max_capacity:
            text = f"has a min_capacity of {self.min_capacity}, above {self.max_capacity}"
            refuse("capacity_bounds_reversed", text)
        return self


class WorkerSettings(ConsumerSettings):
    """What a worker takes for one call, and how many calls it works on at a time."""

    auto_scaling: ScalableTarget | None = Field(
        None, description="Bounds between which the number follows the rate."
    )
    duration: Duration | None = Field(
        None, description="Mean time of work on one call, such as 80 ms; a batch is one."
    )
    concurrency: Annotated[int, Field(ge=1, le=100_000)] = Field(
        1, description="Calls that one of them works on at a time."
    )

    def processing_seconds(self) -> Fraction | None:
        """The mean time of work on one call."""
        return self.duration

    @property
    def stated(self) -> int | None:
        """The number that the author configured."""
        raise NotImplementedError


def _calls(traffic: Traffic[Any], *, peak: bool) -> Fraction:
    """Calls/s of all flows in, redeliveries included."""
    loads = [(hop.delivered, hop.batch) for hop in traffic.inflows]
    return sum(
        (
            (load.peak_messages_per_second if peak else load.messages_per_second) / batch
            for load, batch in loads
        ),
        ZERO,
    )


def needed(traffic: Traffic[Any], *, peak: bool) -> int | None:
    """Workers that a rate keeps busy, one at least; None where the duration is not stated."""
    settings = traffic.settings
    if settings.duration is None:
        return None
    busy = _calls(traffic, peak=peak) * settings.duration / settings.concurrency
    return largest(1, ceil(busy))


def capacity(traffic: Traffic[Any], noun: str) -> Iterator[Capacity]:
    """How many the peak needs, against the stated number or the upper bound of scaling."""
    required, settings = needed(traffic, peak=True), traffic.settings
    if required is None:
        return
    scaling = settings.auto_scaling
    configured = scaling.max_capacity if scaling else settings.stated
    rate = grouped(_calls(traffic, peak=True))
    words = (
        f"{rate} calls/s at peak × {grouped(settings.duration, 6)} s ÷ {settings.concurrency}"
        " at a time, rounded up"
    )
    yield Capacity(noun, required, configured, words)


def paid(traffic: Traffic[Any], noun: str) -> tuple[int | None, str]:
    """How many are paid for all month, and why; None where nothing tells."""
    settings = traffic.settings
    if settings.auto_scaling is not None:
        low, high = settings.auto_scaling.min_capacity, settings.auto_scaling.max_capacity
        mean = needed(traffic, peak=False)
        if mean is None:
            return None, ""
        number = smallest(largest(mean, low), high)
        return number, f"{number} {noun} ({mean} at the mean rate, between {low} and {high})"
    if settings.stated is not None:
        return settings.stated, f"{settings.stated} {noun}"
    peak = needed(traffic, peak=True)
    return peak, f"{peak} {noun} for the peak"


def number_text(settings: WorkerSettings, sizes: tuple[Capacity, ...]) -> str:
    """The number that runs, for a picture: the bounds of scaling, or one number."""
    if settings.auto_scaling is not None:
        return f"{settings.auto_scaling.min_capacity}–{settings.auto_scaling.max_capacity}"
    return str(max((size.provided for size in sizes), default=settings.stated or 1))


def check(traffic: Traffic[Any], sizes: tuple[Capacity, ...], where: str) -> Iterator[Finding]:
    """Too few for the mean rate is an error: a backlog grows; for the peak, a warning."""
    mean = needed(traffic, peak=False)
    for size in sizes:
        most = size.configured
        if mean is None or most is None or size.required <= most:
            continue
        place = f"{traffic.name}.{where}"
        if mean > most:
            message = f"{mean} {size.name} are busy at the mean rate, and {most} run at most"
            left = headroom(mean, most)
            hint = "a backlog grows without end: run more, batch more or shorten the work"
            yield Finding("too_few_workers", Severity.ERROR, place, f"{message}: {left}", hint)
            continue
        message = (
            f"{size.required} {size.name} are busy at the peak ({size.formula}), and {most} run at"
            f" most: {headroom(size.required, most)}"
        )
        hint = "messages wait until the peak is over, or callers time out"
        yield Finding("workers_below_peak", Severity.WARNING, place, message, hint)
