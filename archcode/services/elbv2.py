"""Application and Network Load Balancers: https://aws.amazon.com/elasticloadbalancing/pricing/.

Both are charged per hour, and per capacity unit and hour at the load on average. Every request
goes to one target, in equal parts or by `share`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archcode.model import Capacity, Meter, Usage, Verdict
from archcode.services._elbv2_limits import (
    IDLE_TIMEOUT,
    KEEP_ALIVE,
    LAMBDA_REQUEST,
    LAMBDA_RESPONSE,
    LOAD_BALANCERS,
    RULES,
    TARGET_GROUPS,
)
from archcode.services._elbv2_units import LoadBalancerSettings, need
from archcode.services._rates import mean, peak
from archcode.services._service import Semantics, Service, against
from archcode.traffic import Traffic
from archcode.units import bytes_text, ceil, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator


def capacity(traffic: Traffic[LoadBalancerSettings]) -> Iterator[Capacity]:
    """Capacity units at the peak; AWS adds them by itself."""
    needed = need(traffic, peak)
    if not needed.unknown:
        formula = f"{needed.words}, rounded up"
        yield Capacity("capacity_units", ceil(needed.units), None, formula, charged=False)


def usage(
    traffic: Traffic[LoadBalancerSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Usage]:
    """Hours, and capacity units at the mean load."""
    kind, unit = ("alb", "lcu") if traffic.settings.application else ("nlb", "nlcu")
    hours = traffic.hours_per_month
    yield Usage("hours", f"{kind}_hour", hours, f"{grouped(hours)} h")
    needed = need(traffic, mean)
    meter = f"{kind}_{unit}_hour"
    if needed.unknown:
        yield Usage("capacity_unit_hours", meter, None, "", needed.unknown)
    else:
        words = f"{needed.words}; × {grouped(hours)} h"
        yield Usage("capacity_unit_hours", meter, needed.units * hours, words)


def check(
    traffic: Traffic[LoadBalancerSettings], _capacity: tuple[Capacity, ...]
) -> Iterator[Verdict]:
    """Rules and target groups, and what goes to functions and back."""
    settings = traffic.settings
    if not settings.application:
        return
    if settings.rules:
        load = f"a request is checked against {grouped(settings.rules)} rules"
        yield against(traffic, RULES, settings.rules, load, "request a higher quota")
    groups = len(traffic.outflows)
    if groups:
        load = f"it has {grouped(groups)} target groups"
        yield against(traffic, TARGET_GROUPS, groups, load, "use a second load balancer")
    functions = [hop for hop in traffic.outflows if hop.target_type == "lambda.function"]
    for hop in functions:
        size = hop.handed.message_size_bytes
        load = f"requests to {hop.target} are {bytes_text(size)}"
        hint = "upload it to Amazon S3 with a presigned URL, and send its key"
        yield against(traffic, LAMBDA_REQUEST, size, load, hint)
    for hop in traffic.inflows if functions else ():
        answer = hop.options.response_size
        if answer is not None:
            load = f"answers to {hop.source} are {bytes_text(answer)}"
            hint = "answer with a presigned URL of Amazon S3"
            yield against(traffic, LAMBDA_RESPONSE, answer, load, hint)


def shared_check(balancers: tuple[Traffic[LoadBalancerSettings], ...]) -> Iterator[Verdict]:
    """How many Application Load Balancers a region has."""
    for region in sorted({balancer.region for balancer in balancers}):
        found = [b for b in balancers if b.region == region and b.settings.application]
        if found:
            load = f"{region} has {grouped(len(found))} Application Load Balancers"
            hint = "share one by rules, or request a higher quota"
            yield against(found[-1], LOAD_BALANCERS, len(found), load, hint)


def _icon(settings: LoadBalancerSettings) -> str:
    return f"aws/network/elb-{settings.load_balancer_type}-load-balancer.png"


def _summary(settings: LoadBalancerSettings) -> str:
    if settings.application:
        return "Application Load Balancer"
    return f"Network Load Balancer, {settings.protocol or 'TCP'}"


LOAD_BALANCER = Service(
    type="elasticloadbalancingv2.load_balancer",
    resource_type="AWS::ElasticLoadBalancingV2::LoadBalancer",
    name="Elastic Load Balancing",
    settings=LoadBalancerSettings,
    icon=_icon,
    summary=_summary,
    emission="share",
    price_file="elb",
    flow_keys=frozenset({"share"}),
    capacity=capacity,
    usage=usage,
    check=check,
    shared_check=shared_check,
    meters=(
        Meter("alb_hour", "Hours", "Application Load Balancer", "Recurring"),
        Meter("alb_lcu_hour", "LCU-Hours", "Capacity units"),
        Meter("nlb_hour", "Hours", "Network Load Balancer", "Recurring"),
        Meter("nlb_nlcu_hour", "NLCU-Hours", "Capacity units"),
    ),
    usage_keys=("hours", "capacity_unit_hours"),
    limits=(
        IDLE_TIMEOUT,
        KEEP_ALIVE,
        LOAD_BALANCERS,
        RULES,
        TARGET_GROUPS,
        LAMBDA_REQUEST,
        LAMBDA_RESPONSE,
    ),
    semantics=(
        Semantics(
            variant="load balancer",
            ordering="none",
            delivery="at most once; the caller retries",
            replay="no",
            retention="none: a silent connection ends after 60 s by default",
            consumers="each request or connection to one target",
            dead_letter="no",
            source="botocore==1.44.5:data/elbv2/service-2.json#LoadBalancerAttribute.Key",
            as_of="2026-11-17",
        ),
    ),
    pushes_to=("amazonmq.broker", "msk.cluster"),
    responds=True,
)

SERVICES = {LOAD_BALANCER.type: LOAD_BALANCER}
