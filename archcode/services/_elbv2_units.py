"""Capacity units of load balancers: https://aws.amazon.com/elasticloadbalancing/pricing/.

A unit holds so many new connections/s, connections open in a minute, GB/h and, for an Application
Load Balancer, rule evaluations/s; what needs the most units in an hour is charged.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Annotated, Literal, Self

from msgspec import Struct

from archcode.fields import Duration, Seconds, Settings, refuse
from archcode.model import ONE, ZERO
from archcode.rationals import largest
from archcode.services._elbv2_limits import IDLE_TIMEOUT, KEEP_ALIVE
from archcode.shape import Field, model_validator
from archcode.units import GIB, SECONDS_PER_HOUR, grouped

if TYPE_CHECKING:
    from archcode.services._rates import Rate
    from archcode.traffic import Hop, Traffic

FREE_RULES = 10
RULE_EVALUATIONS = 1000
APPLICATION_ONLY = ("idle_timeout", "client_keep_alive", "rules")


class Unit(Struct, frozen=True):
    """What one capacity unit holds; `function_gb` where functions are the targets."""

    new_connections: int
    open_connections: int
    gb: Fraction = ONE
    function_gb: Fraction = ONE


UNITS = {
    "HTTP": Unit(25, 3000, function_gb=Fraction(2, 5)),
    "TCP": Unit(800, 100_000),
    "UDP": Unit(400, 50_000),
    "TLS": Unit(50, 3000),
}
"""By protocol of the listener; HTTP is that of Application Load Balancers."""


class LoadBalancerSettings(Settings):
    """Properties of AWS::ElasticLoadBalancingV2::LoadBalancer; `Type` is load_balancer_type."""

    load_balancer_type: Literal["application", "network"] = "application"
    idle_timeout: Annotated[Seconds, Field(ge=1, le=int(IDLE_TIMEOUT.value))] = 60
    client_keep_alive: Annotated[Seconds, Field(ge=60, le=int(KEEP_ALIVE.value))] = 3600
    protocol: Literal["TCP", "UDP", "TLS"] | None = Field(
        None, description="Of a Network Load Balancer's listener; TCP by default."
    )
    rules: Annotated[int, Field(ge=0, le=10_000)] = Field(
        0, description="Listener rules a request is checked against; the first 10 are free."
    )
    requests_per_connection: Annotated[int, Field(ge=1, le=1_000_000)] | None = Field(
        None, description="Requests that a client sends over one connection, on average."
    )
    connection_duration: Duration | None = Field(
        None, description="Mean time that a client's connection is open, such as 30 s."
    )

    @model_validator(mode="after")
    def _settings_are_those_of_the_type(self) -> Self:
        if self.application and self.protocol:
            refuse("protocol_of_application_load_balancer", _needs("protocol", "network"))
        for name in APPLICATION_ONLY:
            if not self.application and name in self.model_fields_set:
                text = _needs(name, "application")
                refuse("application_setting_on_network_load_balancer", text)
        return self

    @model_validator(mode="after")
    def _connections_end_with_their_keep_alive(self) -> Self:
        duration, longest = self.connection_duration, self.client_keep_alive
        if self.application and duration is not None and duration > longest:
            text = (
                f"has a connection_duration of {grouped(duration)} s, above its client_keep_alive"
                f" of {longest} s"
            )
            refuse("connection_above_keep_alive", text)
        return self

    def answer_seconds(self) -> Fraction | None:
        """An Application Load Balancer gives a silent target up after its idle timeout."""
        return Fraction(self.idle_timeout) if self.application else None

    @property
    def application(self) -> bool:
        """Whether it routes HTTP requests, not connections."""
        return self.load_balancer_type == "application"

    @property
    def unit(self) -> Unit:
        """What a capacity unit of it holds."""
        return UNITS["HTTP" if self.application else self.protocol or "TCP"]


def _needs(name: str, kind: str) -> str:
    return f"sets {name}, which needs load_balancer_type: {kind}"


class Need(Struct, frozen=True):
    """Capacity units by what needs them, with the words; or what is not stated."""

    parts: tuple[tuple[Fraction, str], ...]
    unknown: str = ""

    @property
    def units(self) -> Fraction:
        """The largest part."""
        return largest(*(units for units, _ in self.parts))

    @property
    def words(self) -> str:
        """All parts and their largest."""
        return f"the most of {'; '.join(words for _, words in self.parts)}"


def need(balancer: Traffic[LoadBalancerSettings], rate: Rate) -> Need:
    """The capacity units of a load, at its mean or its peak."""
    unknown = _unsaid(balancer)
    if unknown:
        return Need((), unknown)
    requests = sum((rate(hop.delivered) / hop.batch for hop in balancer.inflows), ZERO)
    parts = [*_connections(balancer.settings, requests), _bytes(balancer, rate)]
    if balancer.settings.application:
        parts.append(_rules(balancer.settings, requests))
    return Need(tuple(parts))


def _unsaid(balancer: Traffic[LoadBalancerSettings]) -> str:
    """What capacity units depend on, and the spec does not say."""
    if not balancer.inflows:
        return ""
    words = ("requests_per_connection", "connection_duration")
    missing = [word for word in words if getattr(balancer.settings, word) is None]
    silent = [hop.where for hop in balancer.inflows if hop.options.response_size is None]
    missing += [f"the response_size of {where}" for where in silent]
    return " and ".join(missing)


def _connections(
    settings: LoadBalancerSettings, requests: Fraction
) -> tuple[tuple[Fraction, str], tuple[Fraction, str]]:
    """New connections in a second, and those that are open."""
    unit, shared = settings.unit, settings.requests_per_connection or 1
    opened, seconds = requests / shared, settings.connection_duration or ZERO
    fresh = f"new connections {grouped(requests)}/s ÷ {shared} ÷ {unit.new_connections}"
    kept = f"open {grouped(opened)}/s × {grouped(seconds)} s ÷ {grouped(unit.open_connections)}"
    return (
        _part(opened / unit.new_connections, fresh),
        _part(opened * seconds / unit.open_connections, kept),
    )


def _part(units: Fraction, words: str) -> tuple[Fraction, str]:
    return units, f"{words} = {grouped(units)}"


def _bytes(balancer: Traffic[LoadBalancerSettings], rate: Rate) -> tuple[Fraction, str]:
    """GB/h of requests and responses; what goes to functions counts more."""
    unit, functions = balancer.settings.unit, _to_functions(balancer)
    hourly = sum((_size(hop) * rate(hop.delivered) for hop in balancer.inflows), ZERO)
    processed = hourly * SECONDS_PER_HOUR / GIB
    held = 1 / (functions / unit.function_gb + (1 - functions) / unit.gb)
    words = f"{grouped(processed)} GB/h ÷ {grouped(held)} GB/h"
    return _part(processed / held, words)


def _size(hop: Hop) -> Fraction:
    return hop.handed.message_size_bytes + (hop.options.response_size or ZERO)


def _to_functions(balancer: Traffic[LoadBalancerSettings]) -> Fraction:
    """The share of requests that functions answer."""
    rates = [
        (hop.handed.messages_per_second, hop.target_type == "lambda.function")
        for hop in balancer.outflows
    ]
    total = sum((rate for rate, _ in rates), ZERO)
    return sum((rate for rate, function in rates if function), ZERO) / total if total else ZERO


def _rules(settings: LoadBalancerSettings, requests: Fraction) -> tuple[Fraction, str]:
    """Rules that are checked beyond the free ones."""
    paid = max(settings.rules - FREE_RULES, 0)
    words = f"rules {grouped(requests)}/s × {paid} above 10 ÷ {grouped(RULE_EVALUATIONS)}"
    return _part(requests * paid / RULE_EVALUATIONS, words)
