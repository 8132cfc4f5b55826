"""The limits of AWS Step Functions, each with its source and date."""

from __future__ import annotations

from archcode.model import Limit
from archcode.units import KIB

_QUOTAS = (
    "https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html"
    " (mirror c2hans/aws-docs@8a28e5e)"
)
_AS_OF = "2026-07-01"
_LARGE_REGIONS = ("us-east-1", "us-west-2", "eu-west-1")

PAYLOAD = Limit(
    "state_payload", 256 * KIB, "bytes", "hard", "per input or output of a state", _QUOTAS, _AS_OF
)
HISTORY = Limit(
    "history_events", 25_000, "events", "hard", "per Standard execution", _QUOTAS, _AS_OF
)
STANDARD_DURATION = Limit(
    "standard_duration", 31_536_000, "s", "hard", "per Standard execution", _QUOTAS, _AS_OF
)
EXPRESS_DURATION = Limit(
    "express_duration", 300, "s", "hard", "per Express execution", _QUOTAS, _AS_OF
)
OPEN_EXECUTIONS = Limit(
    "open_executions",
    1_000_000,
    "Standard executions",
    "adjustable",
    "per account and region",
    _QUOTAS,
    _AS_OF,
)
TRANSITIONS = Limit(
    "state_transitions",
    800,
    "transitions/s",
    "adjustable",
    "of Standard workflows per account and region",
    _QUOTAS,
    _AS_OF,
    regions=dict.fromkeys(_LARGE_REGIONS, 5000),
)
STANDARD_STARTS = Limit(
    "standard_starts",
    150,
    "executions/s",
    "adjustable",
    "per account and region",
    _QUOTAS,
    _AS_OF,
    regions=dict.fromkeys(_LARGE_REGIONS, 300),
)
STANDARD_START_BURST = Limit(
    "standard_start_burst",
    800,
    "executions",
    "adjustable",
    "per account and region, refilled at the rate of starts",
    _QUOTAS,
    _AS_OF,
    regions=dict.fromkeys(_LARGE_REGIONS, 1300),
)
EXPRESS_STARTS = Limit(
    "express_starts",
    6000,
    "executions/s",
    "adjustable",
    "per account and region",
    _QUOTAS,
    _AS_OF,
)
HTTP_TASKS = Limit(
    "http_tasks", 300, "requests/s", "adjustable", "per account and region", _QUOTAS, _AS_OF
)
DATA_KEY_REUSE = Limit(
    "kms_data_key_reuse_period_seconds",
    900,
    "s",
    "range",
    "per state machine, from 60",
    "botocore==1.44.5:data/stepfunctions/service-2.json#KmsDataKeyReusePeriodSeconds",
    "2026-11-17",
)
