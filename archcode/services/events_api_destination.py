"""Amazon EventBridge API destinations: https://aws.amazon.com/eventbridge/pricing/.

A rule, a bus or a pipe calls an HTTPS endpoint through it, drawn as a flow to a box outside. Every
try is taken to be an invocation, charged by 64 KB: say failures on the flow to the endpoint, or on
the one into the destination where a rule has a dead-letter queue. What goes out to the internet is
charged on top.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal

from archcode.fields import Settings
from archcode.model import ONE, ZERO, Finding, LimitLoad, Severity, Usage
from archcode.services._events_limits import (
    API_DESTINATION_PAYLOAD,
    API_DESTINATION_RATE,
    API_DESTINATIONS,
    RETRY_ATTEMPTS,
)
from archcode.services._events_meters import INVOCATIONS, PRICE_FILE, chunks, chunks_text
from archcode.services._promises import Promise
from archcode.services._service import Semantics, Service, against, headroom, size_against
from archcode.shape import Field
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.flow import FlowSettings
    from archcode.model import Capacity, Load, ServiceSettings, Verdict
    from archcode.traffic import Hop, Traffic


class ApiDestinationSettings(Settings):
    """Properties of AWS::Events::ApiDestination."""

    http_method: Literal["GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"] | None = None
    invocation_endpoint: str | None = Field(None, description="Its address, for the reader.")
    invocation_rate_limit_per_second: Annotated[int, Field(ge=1)] = Field(
        int(API_DESTINATION_RATE.value), description="Calls a second at most, such as 100."
    )


def deliveries(
    _settings: ApiDestinationSettings, _target: ServiceSettings, _flow: FlowSettings
) -> int | None:
    """The endpoint is tried as often as a rule retries by default, for 24 hours."""
    return 1 + int(RETRY_ATTEMPTS.value)


def _tries(traffic: Traffic[ApiDestinationSettings]) -> Fraction:
    """Calls of the endpoint for each event that comes in."""
    return max((hop.attempts for hop in traffic.outflows), default=ONE)


def sent(traffic: Traffic[ApiDestinationSettings], hop: Hop) -> Load:
    """Every call of the endpoint carries the event, also those that fail and end with the rule."""
    succeed = traffic.passed_on.messages_per_second
    return hop.delivered.times(traffic.received.messages_per_second / succeed if succeed else ONE)


def usage(
    traffic: Traffic[ApiDestinationSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Invocations in chunks of 64 KB, retries included."""
    total, words = ZERO, []
    for hop in traffic.inflows:
        calls = hop.delivered.monthly_messages * _tries(traffic)
        total += calls * chunks(hop)
        words.append(f"{hop.source}: {chunks_text(hop, calls)}")
    yield Usage("invocations", INVOCATIONS.name, total, "; ".join(words))


def check(
    traffic: Traffic[ApiDestinationSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Payloads, and the rate that the destination lets through."""
    for hop in traffic.inflows:
        hint = "let the rule's input transformer pick the fields that the endpoint needs"
        yield size_against(traffic, hop, int(API_DESTINATION_PAYLOAD.value), hint)
    most = traffic.settings.invocation_rate_limit_per_second
    # Its default is the quota itself, of which it is no load.
    if most > API_DESTINATION_RATE.value:
        load = f"sets invocation_rate_limit_per_second: {grouped(most)}"
        yield against(traffic, API_DESTINATION_RATE, most, load, "request a higher quota")
    yield _rate(traffic, most)


def _rate(traffic: Traffic[ApiDestinationSettings], most: int) -> LimitLoad:
    """Calls/s that it lets through: an error where even the mean rate does not fit.

    https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-api-destinations.html
    """
    peak = traffic.received.peak_messages_per_second * _tries(traffic)
    mean = traffic.received.messages_per_second * _tries(traffic)
    name = "invocation_rate_below_peak"
    hint = f"the mean rate is {grouped(mean)}/s; at the peak events wait"
    if mean > most:
        name = "invocation_rate_too_low"
        hint = f"the mean rate is {grouped(mean)}/s: events wait, and are dropped after 24 hours"
    severity = Severity.ERROR if mean > most else Severity.WARNING
    where = f"{traffic.name}.invocation_rate_limit_per_second"
    message = (
        f"is {grouped(most)}/s, but the endpoint is called {grouped(peak)} times/s at peak:"
        f" {headroom(peak, most)}"
    )
    return LimitLoad(
        name,
        severity,
        traffic.name,
        where,
        "invocation_rate",
        peak,
        Fraction(most),
        API_DESTINATION_RATE.unit,
        f"the endpoint is called {grouped(peak)} times/s at peak",
        scope=API_DESTINATION_RATE.scope,
        told=Finding(name, severity, where, message, hint),
    )


def shared_check(destinations: tuple[Traffic[ApiDestinationSettings], ...]) -> Iterator[Verdict]:
    """The number of API destinations of a region."""
    for region in dict.fromkeys(found.region for found in destinations):
        local = [found for found in destinations if found.region == region]
        load = f"{grouped(len(local))} API destinations"
        yield against(local[0], API_DESTINATIONS, len(local), load, "request a higher quota")


API_DESTINATION = Service(
    type="events.api_destination",
    resource_type="AWS::Events::ApiDestination",
    name="Amazon EventBridge API destination",
    settings=ApiDestinationSettings,
    icon=lambda _: "aws/integration/event-resource.png",
    summary=lambda s: f"API destination {grouped(s.invocation_rate_limit_per_second)}/s",
    emission="copy",
    price_file=PRICE_FILE,
    deliveries=deliveries,
    sent=sent,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(INVOCATIONS,),
    usage_keys=("invocations",),
    limits=(API_DESTINATION_RATE, API_DESTINATION_PAYLOAD, API_DESTINATIONS),
    semantics=(
        Semantics(
            variant="API destination",
            ordering="none",
            delivery="at least once, retried for 24 h",
            replay="no",
            retention="up to 24 h while the endpoint fails or the rate is too high",
            consumers="one HTTPS endpoint",
            dead_letter="that of the rule",
            source=API_DESTINATION_RATE.source,
            as_of="2026-09-24",
            promise=Promise("none", consumers=1),
        ),
    ),
)

SERVICES = {API_DESTINATION.type: API_DESTINATION}
