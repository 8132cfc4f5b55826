"""The limits of Elastic Load Balancing, each with its source and date."""

from __future__ import annotations

from archcode.model import Limit
from archcode.units import MIB

_GUIDE = "https://docs.aws.amazon.com/elasticloadbalancing/latest/application"
_QUOTAS = f"{_GUIDE}/load-balancer-limits.html (mirror c2hans/aws-docs@63cf41d)"
_LAMBDA = f"{_GUIDE}/lambda-functions.html (mirror c2hans/aws-docs@63cf41d)"
_ATTRIBUTES = "botocore==1.44.5:data/elbv2/service-2.json#LoadBalancerAttribute.Key"
_AS_OF = "2026-08-31"

IDLE_TIMEOUT = Limit(
    "idle_timeout",
    4000,
    "s",
    "range",
    "per Application Load Balancer, from 1",
    _ATTRIBUTES,
    "2026-11-17",
)
KEEP_ALIVE = Limit(
    "client_keep_alive",
    604_800,
    "s",
    "range",
    "per Application Load Balancer, from 60",
    _ATTRIBUTES,
    "2026-11-17",
)
LOAD_BALANCERS = Limit(
    "application_load_balancers",
    50,
    "load balancers",
    "adjustable",
    "per account and region",
    _QUOTAS,
    _AS_OF,
)
RULES = Limit(
    "listener_rules", 100, "rules", "adjustable", "per Application Load Balancer", _QUOTAS, _AS_OF
)
TARGET_GROUPS = Limit(
    "target_groups",
    100,
    "target groups",
    "hard",
    "per Application Load Balancer",
    _QUOTAS,
    _AS_OF,
)
LAMBDA_REQUEST = Limit(
    "request_to_function", MIB, "bytes", "hard", "per request to a function", _LAMBDA, _AS_OF
)
LAMBDA_RESPONSE = Limit(
    "response_of_function", MIB, "bytes", "hard", "per response of a function", _LAMBDA, _AS_OF
)
