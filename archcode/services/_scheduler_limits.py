"""The limits of Amazon EventBridge Scheduler, each with its source and date."""

from __future__ import annotations

from archcode.model import Limit
from archcode.units import KIB

_QUOTAS = "https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html"
_SCHEMA = "cfn-lint==1.58.0:schemas/AWS::Scheduler::Schedule"
_LARGE_REGIONS = (
    "us-east-1",
    "us-east-2",
    "us-west-2",
    "ap-northeast-1",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "eu-central-1",
    "eu-west-1",
    "eu-west-2",
    "sa-east-1",
)
"""Regions with higher quotas than the others."""

SCHEDULES = Limit(
    "schedules",
    10_000_000,
    "schedules",
    "adjustable",
    "per account and region, completed ones included",
    _QUOTAS,
    "2026-08-31",
)
INVOCATIONS = Limit(
    "schedule_invocations",
    500,
    "invocations/s",
    "adjustable",
    "per account and region",
    _QUOTAS,
    "2026-08-31",
    regions=dict.fromkeys(_LARGE_REGIONS, 1000),
)
CREATIONS = Limit(
    "schedule_creations",
    250,
    "CreateSchedule calls/s",
    "adjustable",
    "per account and region",
    _QUOTAS,
    "2026-08-31",
    regions=dict.fromkeys(_LARGE_REGIONS, 5000),
)
INPUT = Limit(
    "schedule_input",
    256 * KIB,
    "bytes",
    "hard",
    "per target",
    "botocore==1.44.5:data/scheduler/service-2.json#Target.Input",
    "2026-11-17",
)
RETRY_ATTEMPTS = Limit(
    "maximum_retry_attempts",
    185,
    "retries",
    "range",
    "per schedule",
    f"{_SCHEMA}/RetryPolicy.MaximumRetryAttempts",
    "2026-10-20",
)
EVENT_AGE = Limit(
    "maximum_event_age_in_seconds",
    86_400,
    "s",
    "range",
    "per schedule, from 60",
    f"{_SCHEMA}/RetryPolicy.MaximumEventAgeInSeconds",
    "2026-10-20",
)
WINDOW = Limit(
    "maximum_window_in_minutes",
    1440,
    "minutes",
    "range",
    "per schedule, from 1",
    f"{_SCHEMA}/FlexibleTimeWindow.MaximumWindowInMinutes",
    "2026-10-20",
)

LIMITS = (
    SCHEDULES,
    INVOCATIONS,
    CREATIONS,
    INPUT,
    RETRY_ATTEMPTS,
    EVENT_AGE,
    WINDOW,
)
"""All of them, in the order they are explained."""
