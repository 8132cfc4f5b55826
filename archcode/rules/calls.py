"""Calls through APIs, load balancers and state machines: who may call whom, and who waits."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from archcode.model import ZERO, Finding, LimitLoad, Severity
from archcode.rules._rule import rule
from archcode.services import find
from archcode.services._apigateway_limits import THROTTLE_BURST, THROTTLE_RATE
from archcode.services.lambda_ import LambdaSettings
from archcode.units import grouped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archcode.estimate import Estimate
    from archcode.model import Verdict
    from archcode.traffic import Hop, Traffic

APIS = ("apigateway.rest_api", "apigatewayv2.api")
FETCHED = (
    "amazonmq.broker",
    "dynamodb.table",
    "kinesis.stream",
    "msk.cluster",
    "msk.serverless_cluster",
    "sqs.queue",
)
"""What is fetched from, and delivers nothing by itself."""
WITHOUT_CALLER = {
    "apigateway.rest_api": FETCHED,
    "apigatewayv2.api": FETCHED,
    "stepfunctions.state_machine": (
        *FETCHED,
        "elasticloadbalancingv2.load_balancer",
        "sns.topic",
    ),
}
"""What cannot call an API, or start an execution of a state machine."""
WITHOUT_INTEGRATION = (
    "dynamodb.table",
    "kinesisfirehose.delivery_stream",
    "s3.bucket",
    "sns.topic",
)
"""Services that an HTTP API has no integration for."""


@rule(
    Severity.WARNING,
    offending=(
        "catalogue: {type: apigateway.rest_api}\n"
        "orders: {type: apigatewayv2.api, protocol_type: HTTP}\n"
        "- web -> catalogue: {rate: 4000/s, size: 1 KB, response_size: 1 KB}\n"
        "- web -> orders: {rate: 6001/s, size: 1 KB, response_size: 1 KB}"
    ),
    clean=(
        "catalogue: {type: apigateway.rest_api}\n"
        "orders: {type: apigatewayv2.api, protocol_type: HTTP}\n"
        "- web -> catalogue: {rate: 4000/s, size: 1 KB, response_size: 1 KB}\n"
        "- web -> orders: {rate: 6000/s, size: 1 KB, response_size: 1 KB}"
    ),
)
def api_requests_above_quota(estimate: Estimate) -> Iterator[Verdict]:
    """Callers are answered 429 once all APIs of an account and region together get too much.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    """
    topology = estimate.topology
    names = [name for name in topology.traffic if topology.service(name).type in APIS]
    apis = [topology.traffic[name] for name in names]
    for account, region in sorted({(api.account, api.region) for api in apis}):
        together = [api for api in apis if (api.account, api.region) == (account, region)]
        total = sum((_requests(api) for api in together), ZERO)
        most, largest = THROTTLE_RATE.in_region(region), max(together, key=_requests).name
        yield LimitLoad(
            "api_requests_above_quota",
            Severity.WARNING,
            largest,
            largest,
            THROTTLE_RATE.name,
            total,
            most,
            THROTTLE_RATE.unit,
            f"all APIs together get {grouped(total)} requests/s at peak",
            THROTTLE_RATE.kind,
            "per account and region",
            shared=True,
            hint=_burst(total, most, region),
        )


def _burst(total: Fraction, most: Fraction, region: str) -> str:
    """What to do, and how long the bucket of requests lasts where more come than may."""
    if total <= most:
        return ""
    burst = THROTTLE_BURST.in_region(region)
    return (
        f"request a higher quota; a bucket of {grouped(burst)} requests lasts"
        f" {grouped(burst / (total - most))} s"
    )


def _requests(api: Traffic[Any]) -> Fraction:
    rates = (hop.delivered.peak_messages_per_second / hop.batch for hop in api.inflows)
    return sum(rates, ZERO)


@rule(
    Severity.ERROR,
    offending=(
        "paid: {type: sns.topic}\n"
        "ship: {type: stepfunctions.state_machine, transitions: 3}\n"
        "- paid -> ship"
    ),
    clean=(
        "paid: {type: events.event_bus}\n"
        "ship: {type: stepfunctions.state_machine, transitions: 3}\n"
        "- paid -> ship"
    ),
)
def flow_without_caller(estimate: Estimate) -> Iterator[Finding]:
    """Nothing happens: an API or a state machine waits to be called, and its source calls nobody.

    https://docs.aws.amazon.com/step-functions/latest/dg/concepts-invoke-sfn.html
    """
    for hop in estimate.topology.hops:
        if hop.kind == "flow" and hop.source_type in WITHOUT_CALLER.get(hop.target_type, ()):
            source, target = find(hop.source_type).name, find(hop.target_type).name
            message = f"{source} does not call {target} by itself"
            polled = hop.source_type in FETCHED
            carrier = "a function or a pipe" if polled else "a function"
            hint = f"put {carrier} between {hop.source} and {hop.target}"
            yield Finding("flow_without_caller", Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "entry: {type: elasticloadbalancingv2.load_balancer, load_balancer_type: network}\n"
        "order: {type: lambda.function, duration: 1 ms}\n"
        "- entry -> order"
    ),
    clean=(
        "entry: {type: elasticloadbalancingv2.load_balancer, load_balancer_type: application}\n"
        "order: {type: lambda.function, duration: 1 ms}\n"
        "- entry -> order"
    ),
)
def function_behind_network_load_balancer(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: a Network Load Balancer has no functions as targets.

    It forwards to addresses and Application Load Balancers only.

    https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-target-groups.html
    """
    for hop in estimate.topology.hops:
        kind = getattr(hop.source_settings, "load_balancer_type", "")
        if kind == "network" and hop.target_type == "lambda.function":
            message = f"{hop.source} is a Network Load Balancer, which has no functions as targets"
            hint = f"set load_balancer_type: application on {hop.source}"
            name = "function_behind_network_load_balancer"
            yield Finding(name, Severity.ERROR, hop.where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "api: {type: apigateway.rest_api}\n"
        "order: {type: lambda.function, duration: 1 ms, timeout: 30}\n"
        "- api -> order"
    ),
    clean=(
        "api: {type: apigateway.rest_api}\n"
        "order: {type: lambda.function, duration: 1 ms, timeout: 29}\n"
        "- api -> order"
    ),
)
def function_timeout_above_caller_timeout(estimate: Estimate) -> Iterator[Finding]:
    """A caller that gives up gets an error, while its function works on and is paid for.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
    https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-troubleshooting.html
    """
    for hop in estimate.topology.hops:
        waits, function = hop.source_settings.answer_seconds(), hop.target_settings
        if waits is None or not isinstance(function, LambdaSettings) or hop.kind != "flow":
            continue
        if function.timeout > waits and hop.invoked == "synchronous":
            yield _outlived(hop, function, waits)


def _outlived(hop: Hop, function: LambdaSettings, waits: Fraction) -> Finding:
    """An error where even the mean duration is too long."""
    where = f"{hop.target}.timeout"
    name = "function_timeout_above_caller_timeout"
    answer = f"{hop.source} waits {grouped(waits)} s for an answer"
    if function.duration is not None and function.duration > waits:
        message = f"{answer}, and {hop.target} takes {grouped(function.duration)} s"
        hint = "answer at once and do the work behind a queue or a state machine"
        return Finding(name, Severity.ERROR, where, message, hint)
    message = f"is {function.timeout} s, but {answer}"
    hint = f"set it to {int(waits)} s or less, or do the work behind a queue"
    return Finding(name, Severity.WARNING, where, message, hint)


@rule(
    Severity.ERROR,
    offending=(
        "api: {type: apigatewayv2.api, protocol_type: HTTP}\n"
        "events: {type: sns.topic}\n"
        "- api -> events"
    ),
    clean="api: {type: apigateway.rest_api}\nevents: {type: sns.topic}\n- api -> events",
)
def http_api_without_integration(estimate: Estimate) -> Iterator[Finding]:
    """The deployment fails: an HTTP API has no integration with this service.

    It calls EventBridge, SQS, Kinesis and Step Functions by itself, others through a function.

    https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html
    """
    for hop in estimate.topology.hops:
        if hop.source_type == "apigatewayv2.api" and hop.target_type in WITHOUT_INTEGRATION:
            message = f"{hop.source} has no integration with {find(hop.target_type).name}"
            hint = f"use an apigateway.rest_api, or put a function before {hop.target}"
            yield Finding("http_api_without_integration", Severity.ERROR, hop.where, message, hint)


RULES = (
    api_requests_above_quota,
    flow_without_caller,
    function_behind_network_load_balancer,
    function_timeout_above_caller_timeout,
    http_api_without_integration,
)
